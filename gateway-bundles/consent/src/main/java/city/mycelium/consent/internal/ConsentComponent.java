package city.mycelium.consent.internal;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.registry.Registry;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Gives {@link GrantBook} its Grants. Required: while consent is not loaded there is no gate, and
 * so nothing is sent at all. The packaged defaults hold an empty list: then everything is withheld.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.consent",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConsentComponent.Config.class)
public final class ConsentComponent {

  @ObjectClassDefinition(
      name = "Consent",
      description = "What may leave the gateway, for whom, how exactly and until when.")
  @interface Config {
    @AttributeDefinition(
        name = "Grants",
        description =
            "JSON objects: owner, recipient, datastreams (patterns with *), resolution ('raw' or an ISO"
                + " 8601 duration), until (ISO 8601 date or instant), locationDecimals (0 to 7), purpose")
    String[] grants() default {};
  }

  private final GrantBook book;
  private final ServiceRegistration<Consent> service;

  @Activate
  public ConsentComponent(BundleContext context, Config config, @Reference Registry registry) {
    book = new GrantBook(registry);
    book.configure(config.grants());
    service = context.registerService(Consent.class, book, null);
  }

  @Modified
  void modified(Config config) {
    book.configure(config.grants());
  }

  @Deactivate
  void deactivate() {
    service.unregister();
  }
}

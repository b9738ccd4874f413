package city.mycelium.registry.internal;

import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
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

/** Gives {@link LoggedRegistry} its file and its configuration. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.registry",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RegistryComponent.Config.class)
public final class RegistryComponent {

  @ObjectClassDefinition(
      name = "Registry",
      description = "What is observed, whose it is, and which devices belong to it.")
  @interface Config {
    @AttributeDefinition(
        name = "Things",
        description =
            "JSON objects: id, name, owner (a party), latitude and longitude (WGS 84 degrees, optional)")
    String[] things() default {};

    @AttributeDefinition(
        name = "Devices",
        description =
            "JSON objects: id (as its driver names it), thing. More are adopted by command.")
    String[] devices() default {};
  }

  private final LoggedRegistry registry;
  private final ServiceRegistration<Registry> service;

  @Activate
  public RegistryComponent(BundleContext context, Config config, @Reference Clock clock)
      throws IOException {
    registry =
        LoggedRegistry.open(
            Path.of(context.getProperty("mycelium.data")).resolve("registry.jsonl"),
            config.things(),
            config.devices(),
            clock);
    service = context.registerService(Registry.class, registry, null);
  }

  /** Without a restart of whoever uses the registry: a new Thing interrupts nobody's readings. */
  @Modified
  void modified(Config config) {
    registry.configure(config.things(), config.devices());
  }

  @Deactivate
  void deactivate() {
    service.unregister();
  }
}

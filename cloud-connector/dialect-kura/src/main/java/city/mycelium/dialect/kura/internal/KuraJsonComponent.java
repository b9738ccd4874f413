package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.DialectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code kura-json}. */
@Component(service = DialectKind.class)
public final class KuraJsonComponent extends KuraKind {

  @Activate
  public KuraJsonComponent() {
    super(new JsonForm());
  }

  @Override
  public String name() {
    return "kura-json";
  }

  @Override
  public String title() {
    return "Eclipse Kura and Kapua: their topics and payloads in JSON";
  }
}

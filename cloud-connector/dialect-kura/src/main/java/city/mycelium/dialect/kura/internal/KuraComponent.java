package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.DialectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code kura}. */
@Component(service = DialectKind.class)
public final class KuraComponent extends KuraKind {

  @Activate
  public KuraComponent() {
    super(new ProtobufForm());
  }

  @Override
  public String name() {
    return "kura";
  }

  @Override
  public String title() {
    return "Eclipse Kura and Kapua: their topics and payloads in Protocol Buffers, zipped if shorter";
  }
}

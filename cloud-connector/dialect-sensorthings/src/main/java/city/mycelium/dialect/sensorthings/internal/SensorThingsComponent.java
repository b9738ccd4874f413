package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code sensorthings}. */
@Component(service = DialectKind.class)
public final class SensorThingsComponent implements DialectKind {

  @Activate
  public SensorThingsComponent() {}

  @Override
  public String name() {
    return "sensorthings";
  }

  @Override
  public String title() {
    return "OGC SensorThings 1.1: entities made once, every row proven, repeats recognised";
  }

  @Override
  public Dialect dialect(Settings settings, Names names) {
    return new SensorThingsDialect(new Catalog(names));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return new SensorThingsReader();
  }
}

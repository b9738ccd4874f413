package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code thingsboard}. */
@Component(service = DialectKind.class)
public final class ThingsBoardComponent implements DialectKind {

  @Activate
  public ThingsBoardComponent() {}

  @Override
  public String name() {
    return "thingsboard";
  }

  @Override
  public String title() {
    return "ThingsBoard's gateway API over MQTT; repeats overwrite themselves";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "maxBytes",
            "60000",
            "the largest payload of a message, 1000 to 10000000 bytes; ThingsBoard itself ends the"
                + " connection at 65536 unless it is set up otherwise"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new ThingsBoardDialect(
        new ThingsBoardNames(names), settings.whole("maxBytes", 1_000, 10_000_000));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return new ThingsBoardReader();
  }
}

package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
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

/** Offers {@code sensor-community}. */
@Component(service = DialectKind.class)
public final class SensorCommunityComponent implements DialectKind {

  @Activate
  public SensorCommunityComponent() {}

  @Override
  public String name() {
    return "sensor-community";
  }

  @Override
  public String title() {
    return "Sensor.Community (Luftdaten): current values, one message per physical sensor";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "nodePrefix",
            "mycelium-",
            "X-Sensor of a device that the mapping file does not name: this and the device's id,"
                + " as you registered it"),
        new Option(
            "lateSeconds",
            "300",
            "10 to 3600: what is older is rejected, for Sensor.Community would take it as of now"),
        new Option(
            "pins",
            "",
            "pins of sensors other than SDS011, BME280, SCD30 and DNMS, such as"
                + " temperature=7,humidity=7 for an SHT3x (the firmware's list)"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new SensorCommunityDialect(
        new PhysicalSensors(settings.text("nodePrefix"), settings.text("pins"), names),
        settings.whole("lateSeconds", 10, 3_600));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return (Message message) -> SensorCommunityBody.read(message);
  }
}

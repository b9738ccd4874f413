package city.mycelium.driver.serial.internal.gnss;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.net.URI;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/**
 * A satellite receiver: where it is, how it knows, and whether its time can be believed.
 *
 * <p>Source: NMEA 0183 (IEC 61162-1) as described in "NMEA Revealed" 2.24 (gpsd).
 */
@Component
public final class Gnss implements SerialSensor {

  static final String POSITION = "position";
  static final String FIX = "fix";
  static final String SATELLITES = "satellites";
  static final String HDOP = "hdop";
  static final String TIME_VALID = "time-valid";

  /** What most receivers speak from the factory; the standard's own 4800 has become rare. */
  private static final int BAUD = 9600;

  @Override
  public DeviceDescription description() {
    // No public vocabulary defines how well a receiver does.
    return DeviceDescription.of("gnss", "GNSS receiver (NMEA 0183)")
        .gives(POSITION, Vocabulary.POSITION, Unit.DEGREE)
        .gives(FIX, words(FIX), Unit.ONE)
        .gives(SATELLITES, number(SATELLITES, 99), Unit.ONE)
        .gives(HDOP, number(HDOP, 50), Unit.ONE)
        .gives(TIME_VALID, words(TIME_VALID), Unit.ONE);
  }

  @Override
  public SerialSettings line() {
    return SerialSettings.of(BAUD);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) {
    return new GnssDevice(interval);
  }

  private static ObservedProperty number(String name, double max) {
    return ofReceiver(name, 0, max);
  }

  /** A property whose results are no numbers. */
  private static ObservedProperty words(String name) {
    return ofReceiver(name, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static ObservedProperty ofReceiver(String name, double min, double max) {
    return new ObservedProperty(
        "gnss-" + name, URI.create("urn:x-mycelium:property:gnss-" + name), Unit.ONE, min, max);
  }
}

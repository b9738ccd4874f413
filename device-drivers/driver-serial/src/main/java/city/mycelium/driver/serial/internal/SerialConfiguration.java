package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.observation.DeviceId;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is configured of a device.
 *
 * @param port as {@link city.mycelium.api.driver.SerialLines#open} takes it
 * @param type the name of its kind
 * @param intervalSeconds 0 for the kind's own
 * @param line how the line is set, where it is not as the kind speaks from the factory
 * @param options what is set of the device itself
 */
record SerialConfiguration(
    DeviceId device,
    String port,
    String type,
    int intervalSeconds,
    Line line,
    Map<String, String> options) {

  /**
   * How the line is to be set.
   *
   * @param baud 0 for the kind's own
   * @param dataBits 0 for the kind's own
   * @param parity empty for the kind's own
   * @param stopBits 0 for the kind's own
   */
  record Line(int baud, int dataBits, String parity, int stopBits) {}

  SerialConfiguration {
    options = Map.copyOf(options);
  }

  /**
   * What is set of the device itself: all keys but the bus's own and those of the framework, which
   * have a dot or a colon in them. What is empty is not set. A list becomes lines.
   */
  static Map<String, String> options(Map<String, ?> properties, Set<String> busKeys) {
    Map<String, String> options = new LinkedHashMap<>();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              String text = text(value);
              if (key.matches("[A-Za-z0-9_-]+") && !busKeys.contains(key) && !text.isBlank()) {
                options.put(key, text);
              }
            });
    return options;
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> String.valueOf(Array.get(value, i)))
          .collect(Collectors.joining("\n"));
    }
    return value.toString();
  }

  /** How often results are wanted. */
  Duration intervalOr(Duration own) throws DeviceException {
    if (intervalSeconds < 0) {
      throw DeviceException.config(
          "intervalSeconds is 1 or more, or 0 for the device's own, not " + intervalSeconds);
    }
    return intervalSeconds == 0 ? own : Duration.ofSeconds(intervalSeconds);
  }

  /** How the line is set. */
  SerialSettings lineOr(SerialSettings own) throws DeviceException {
    try {
      return new SerialSettings(
          line.baud() == 0 ? own.baud() : line.baud(),
          line.dataBits() == 0 ? own.dataBits() : line.dataBits(),
          parityOr(own.parity()),
          line.stopBits() == 0 ? own.stopBits() : line.stopBits());
    } catch (IllegalArgumentException e) {
      throw DeviceException.config(String.valueOf(e.getMessage()));
    }
  }

  private SerialSettings.Parity parityOr(SerialSettings.Parity own) throws DeviceException {
    return switch (line.parity().toLowerCase(Locale.ROOT)) {
      case "" -> own;
      case "none" -> SerialSettings.Parity.NONE;
      case "even" -> SerialSettings.Parity.EVEN;
      case "odd" -> SerialSettings.Parity.ODD;
      default ->
          throw DeviceException.config(
              "parity is one of none, even, odd, not '" + line.parity() + "'");
    };
  }
}

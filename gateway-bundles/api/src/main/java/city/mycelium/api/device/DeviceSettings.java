package city.mycelium.api.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is set of one device, checked against what its kind takes. Immutable. */
public final class DeviceSettings {

  private final DeviceDescription kind;
  private final Map<String, String> values;

  private DeviceSettings(DeviceDescription kind, Map<String, String> values) {
    this.kind = kind;
    this.values = values;
  }

  /**
   * What was set, with the presets for what was not.
   *
   * @throws DeviceException if something is set that this kind does not take, or not set that has
   *     to be
   */
  public static DeviceSettings of(DeviceDescription kind, Map<String, String> set)
      throws DeviceException {
    Map<String, String> unknown = new TreeMap<>(set);
    Map<String, String> values = new LinkedHashMap<>();
    for (DeviceDescription.Option option : kind.options()) {
      String value = set.getOrDefault(option.name(), option.preset()).strip();
      if (value.isEmpty() && option.preset().isEmpty()) {
        throw DeviceException.config(
            "a " + kind.name() + " needs " + option.name() + ": " + option.meaning());
      }
      values.put(option.name(), value);
      unknown.remove(option.name());
    }
    if (!unknown.isEmpty()) {
      throw DeviceException.config(
          "a "
              + kind.name()
              + " does not take "
              + String.join(", ", unknown.keySet())
              + (kind.options().isEmpty()
                  ? ": take it out of the configuration"
                  : "; it takes "
                      + kind.options().stream()
                          .map(DeviceDescription.Option::name)
                          .collect(Collectors.joining(", "))));
    }
    return new DeviceSettings(kind, values);
  }

  /** What holds where nothing is set; for a kind of which something has to be set it fails. */
  public static DeviceSettings preset(DeviceDescription kind) throws DeviceException {
    return of(kind, Map.of());
  }

  /** The value as it was set. */
  public String text(String option) {
    String value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException("a " + kind.name() + " says nothing of " + option);
    }
    return value;
  }

  /**
   * A number.
   *
   * @throws DeviceException if it is none, or outside of the range, which is inclusive
   */
  public double number(String option, double min, double max) throws DeviceException {
    String text = text(option);
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw DeviceException.config(
        option + " is a number from " + min + " to " + max + ", not '" + text + "'");
  }

  /**
   * A whole number, decimal or hexadecimal with {@code 0x}.
   *
   * @throws DeviceException if it is none, or outside of the range, which is inclusive
   */
  public int whole(String option, int min, int max) throws DeviceException {
    String text = text(option);
    try {
      int value = Integer.decode(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw DeviceException.config(
        option + " is a whole number from " + min + " to " + max + ", not '" + text + "'");
  }

  /**
   * One of a few words.
   *
   * @throws DeviceException if it is none of them
   */
  public String choice(String option, List<String> words) throws DeviceException {
    String text = text(option);
    if (!words.contains(text)) {
      throw DeviceException.config(
          option + " is one of " + String.join(", ", words) + ", not '" + text + "'");
    }
    return text;
  }
}

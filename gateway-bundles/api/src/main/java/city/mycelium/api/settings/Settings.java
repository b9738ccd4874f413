package city.mycelium.api.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is set of one thing, checked against what it takes. Immutable. */
public final class Settings {

  private final String owner;
  private final Map<String, String> values;

  private Settings(String owner, Map<String, String> values) {
    this.owner = owner;
    this.values = values;
  }

  /**
   * What was set, with the presets for what was not.
   *
   * @param owner what takes them, for messages: {@code the dialect influx}
   * @throws SettingsException if something is set that it does not take, or not set that has to be
   */
  public static Settings of(String owner, List<Option> options, Map<String, String> set)
      throws SettingsException {
    Map<String, String> unknown = new TreeMap<>(set);
    Map<String, String> values = new LinkedHashMap<>();
    for (Option option : options) {
      unknown.remove(option.name());
      String value = set.getOrDefault(option.name(), "").strip();
      String preset = option.preset();
      if (value.isEmpty() && preset == null) {
        throw new SettingsException(owner + " needs " + option.name() + ": " + option.meaning());
      }
      values.put(option.name(), value.isEmpty() && preset != null ? preset : value);
    }
    if (!unknown.isEmpty()) {
      throw new SettingsException(
          owner
              + " does not take "
              + String.join(", ", unknown.keySet())
              + (options.isEmpty()
                  ? ": take it out of the configuration"
                  : "; it takes "
                      + options.stream().map(Option::name).collect(Collectors.joining(", "))));
    }
    return new Settings(owner, values);
  }

  /** The value as it was set, or its preset. */
  public String text(String option) {
    String value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException(owner + " says nothing of " + option);
    }
    return value;
  }

  /**
   * A number.
   *
   * @throws SettingsException if it is none, or outside of the range, which is inclusive
   */
  public double number(String option, double min, double max) throws SettingsException {
    String text = text(option);
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new SettingsException(
        option + " is a number from " + min + " to " + max + ", not '" + text + "'");
  }

  /**
   * A whole number, decimal or hexadecimal with {@code 0x}.
   *
   * @throws SettingsException if it is none, or outside of the range, which is inclusive
   */
  public int whole(String option, int min, int max) throws SettingsException {
    String text = text(option);
    try {
      int value = Integer.decode(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new SettingsException(
        option + " is a whole number from " + min + " to " + max + ", not '" + text + "'");
  }

  /**
   * Yes or no.
   *
   * @throws SettingsException if it is neither {@code true} nor {@code false}
   */
  public boolean truth(String option) throws SettingsException {
    return choice(option, List.of("true", "false")).equals("true");
  }

  /**
   * One of a few words.
   *
   * @throws SettingsException if it is none of them
   */
  public String choice(String option, List<String> words) throws SettingsException {
    String text = text(option);
    if (!words.contains(text)) {
      throw new SettingsException(
          option + " is one of " + String.join(", ", words) + ", not '" + text + "'");
    }
    return text;
  }
}

package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line that says what a part of a frame means: {@code output property unit key=value…}, such as
 * {@code level water-level m group=level factor=0.001}. Immutable.
 *
 * @param output name of the output
 * @param more what the kind of frame asks for beside: a group, or a place and a type
 */
record FieldText(
    String output,
    ObservedProperty property,
    Unit unit,
    double factor,
    double offset,
    boolean counter,
    Map<String, String> more) {

  private static final double ANY = 1e15;

  private static final Set<String> OWN_KEYS = Set.of("factor", "offset", "as", "definition");

  FieldText {
    more = Map.copyOf(more);
  }

  /**
   * Reads all lines.
   *
   * @param keys what may stand in a line beside factor, offset, as and definition
   */
  static List<FieldText> parse(String option, String text, Set<String> keys)
      throws DeviceException {
    List<FieldText> fields = new ArrayList<>();
    Set<String> outputs = new TreeSet<>();
    for (String line : text.split("[\n;]", -1)) {
      if (!line.isBlank()) {
        FieldText field = line(option, line.strip(), keys);
        if (!outputs.add(field.output())) {
          throw DeviceException.config(option + " names the output " + field.output() + " twice");
        }
        fields.add(field);
      }
    }
    if (fields.isEmpty()) {
      throw DeviceException.config(option + " names no output");
    }
    return fields;
  }

  private static FieldText line(String option, String line, Set<String> keys)
      throws DeviceException {
    String[] words = line.split("\\s+", -1);
    if (words.length < 3) {
      throw DeviceException.config(
          option
              + " has lines of 'output property unit key=value…', such as 'level water-level m …',"
              + " not '"
              + line
              + "'");
    }
    Map<String, String> set = new HashMap<>();
    for (int i = 3; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      if (pair.length < 2 || !(keys.contains(pair[0]) || OWN_KEYS.contains(pair[0]))) {
        Set<String> known = new TreeSet<>(keys);
        known.addAll(OWN_KEYS);
        throw DeviceException.config(
            option + ": '" + words[i] + "' in '" + line + "' is none of " + known);
      }
      set.put(pair[0], pair[1]);
    }
    Unit unit =
        Unit.ofCode(words[2])
            .orElseThrow(
                () ->
                    DeviceException.config(
                        option
                            + ": '"
                            + words[2]
                            + "' is no unit that is known; units are UCUM codes such as Cel, ug/m3,"
                            + " mm, 1"));
    return new FieldText(
        output(option, words[0]),
        property(option, words[1], unit, set),
        unit,
        number(option, set, "factor", 1),
        number(option, set, "offset", 0),
        isCounter(option, set),
        set);
  }

  private static String output(String option, String name) throws DeviceException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9\\-._]{0,39}")) {
      throw DeviceException.config(
          option + ": an output is called by 1 to 40 of A-Z a-z 0-9 - . _, not '" + name + "'");
    }
    return name;
  }

  private static ObservedProperty property(
      String option, String name, Unit unit, Map<String, String> set) throws DeviceException {
    String definition = set.get("definition");
    try {
      ObservedProperty property =
          definition == null
              ? Vocabulary.named(name)
                  .orElseThrow(
                      () ->
                          DeviceException.config(
                              option
                                  + ": no property is called '"
                                  + name
                                  + "'; give its public definition too, as"
                                  + " definition=https://…"))
              : new ObservedProperty(name, URI.create(definition), unit, -ANY, ANY);
      if (!unit.measures(property)) {
        throw DeviceException.config(option + ": " + name + " cannot be given in " + unit.code());
      }
      return property;
    } catch (IllegalArgumentException e) {
      throw DeviceException.config(option + ": " + e.getMessage());
    }
  }

  private static double number(String option, Map<String, String> set, String key, double preset)
      throws DeviceException {
    String text = set.getOrDefault(key, Double.toString(preset));
    try {
      double number = Double.parseDouble(text);
      if (Math.abs(number) <= ANY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw DeviceException.config(option + ": " + key + " is a number, not '" + text + "'");
  }

  private static boolean isCounter(String option, Map<String, String> set) throws DeviceException {
    String as = set.getOrDefault("as", "number");
    if (!as.equals("number") && !as.equals("counter")) {
      throw DeviceException.config(option + ": as is number or counter, not '" + as + "'");
    }
    return as.equals("counter");
  }

  /** What a kind of frame asks for beside, which has to be there. */
  String required(String option, String key) throws DeviceException {
    String value = more.get(key);
    if (value == null) {
      throw DeviceException.config(option + ": " + output + " needs " + key + "=…");
    }
    return value;
  }

  /** Hands over what was read. */
  void put(double raw, Results results) throws DeviceException {
    double value = raw * factor + offset;
    if (!Double.isFinite(value) || Math.abs(value) > ANY || (counter && value < 0)) {
      throw DeviceException.corrupt(
          "it says " + raw + " for " + output + ", which cannot be: check the description");
    }
    if (counter) {
      results.counter(output, Math.round(value));
    } else {
      results.number(output, value);
    }
  }
}

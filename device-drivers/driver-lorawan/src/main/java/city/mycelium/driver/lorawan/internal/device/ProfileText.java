package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@code profile.json}, and says in words what is wrong with it. */
final class ProfileText {

  private static final Set<String> KNOWN =
      Set.of("title", "vendor", "codec", "trusted", "uplinkPeriod", "fields", "ignore");
  private static final Set<String> FIELD_KNOWN =
      Set.of(
          "path",
          "channel",
          "property",
          "unit",
          "kind",
          "scale",
          "offset",
          "values",
          "onlyIf",
          "latitude",
          "longitude",
          "altitude",
          "note");
  private static final DeviceId SOMEBODY = new DeviceId("somebody");

  private ProfileText() {}

  /**
   * Reads a profile.
   *
   * @param trusted what holds if it does not say itself
   * @throws Mistake if it cannot be used
   */
  static Profile read(String name, String text, boolean trusted) throws Mistake {
    Node root = LocatedJson.read(text);
    Map<String, Node> members = root.object("the file");
    Node.known(members, KNOWN);
    List<Field> fields = new ArrayList<>();
    Set<String> channels = new HashSet<>();
    for (Node field : root.member("fields").array("fields")) {
      Field read = field(field);
      if (!channels.add(read.channel())) {
        throw new Mistake(
            field.line(),
            "channel '" + read.channel() + "' is there already; each field needs its own");
      }
      fields.add(read);
    }
    List<JsonPath> ignore = new ArrayList<>();
    Node ignored = members.get("ignore");
    if (ignored != null) {
      for (Node path : ignored.array("ignore")) {
        ignore.add(path(path, "ignore"));
      }
    }
    Node trust = members.get("trusted");
    return new Profile(
        name,
        optional(members, "title", name),
        optional(members, "vendor", ""),
        codec(members),
        trust == null ? trusted : trust.truth("trusted"),
        period(members.get("uplinkPeriod")),
        fields,
        ignore);
  }

  private static String optional(Map<String, Node> members, String name, String otherwise)
      throws Mistake {
    Node node = members.get(name);
    return node == null ? otherwise : node.text(name);
  }

  private static String codec(Map<String, Node> members) throws Mistake {
    Node node = members.get("codec");
    String codec = node == null ? "codec.js" : node.text("codec");
    if (!codec.matches("([A-Za-z0-9][A-Za-z0-9._-]*)?")) {
      throw new Mistake(
          node == null ? 0 : node.line(),
          "codec is the name of a file beside the profile, without a path, such as codec.js; \"\" if"
              + " the network decodes");
    }
    return codec;
  }

  private static @Nullable Duration period(@Nullable Node node) throws Mistake {
    if (node == null) {
      return null;
    }
    try {
      Duration period = Duration.parse(node.text("uplinkPeriod"));
      if (period.isZero() || period.isNegative()) {
        throw new Mistake(node.line(), "uplinkPeriod must be longer than nothing");
      }
      return period;
    } catch (DateTimeParseException e) {
      throw new Mistake(
          node.line(), "uplinkPeriod is an ISO 8601 duration, such as \"PT10M\" or \"PT24H\"");
    }
  }

  private static JsonPath path(Node node, String what) throws Mistake {
    try {
      return JsonPath.parse(node.text(what));
    } catch (IllegalArgumentException e) {
      throw new Mistake(node.line(), what + ": " + e.getMessage());
    }
  }

  private static Field field(Node node) throws Mistake {
    Map<String, Node> members = node.object("a field");
    Node.known(members, FIELD_KNOWN);
    // Without a path a position stands in the data itself, beside everything else.
    boolean isRoot =
        !members.containsKey("path")
            && members.containsKey("kind")
            && members.containsKey("latitude");
    JsonPath path = isRoot ? JsonPath.ROOT : path(node.member("path"), "path");
    ObservedProperty property = property(node.member("property"));
    Unit unit = unit(members.get("unit"), property);
    Map<String, String> values = values(members.get("values"));
    Field.Kind kind = kind(members.get("kind"), values);
    Field field =
        new Field(
            path,
            channel(node, path, property, unit),
            property,
            unit,
            kind,
            number(members.get("scale"), "scale", 1),
            number(members.get("offset"), "offset", 0),
            values,
            conditions(members.get("onlyIf")),
            kind == Field.Kind.POSITION ? Optional.of(place(node)) : Optional.empty());
    boolean isNumber = kind == Field.Kind.NUMBER || kind == Field.Kind.COUNTER;
    if (!isNumber && (members.containsKey("scale") || members.containsKey("offset"))) {
      throw new Mistake(node.line(), "scale and offset are for numbers");
    }
    if (isNumber && field.scale() == 0) {
      throw new Mistake(node.line(), "a scale of 0 makes every value the same");
    }
    return field;
  }

  private static ObservedProperty property(Node node) throws Mistake {
    String name = node.text("property");
    return Vocabulary.named(name)
        .orElseThrow(
            () ->
                new Mistake(
                    node.line(),
                    "no observed property is called '"
                        + name
                        + "'; there are "
                        + Vocabulary.all().stream().map(ObservedProperty::name).sorted().toList()));
  }

  private static Unit unit(@Nullable Node node, ObservedProperty property) throws Mistake {
    if (node == null) {
      return property.unit();
    }
    String code = node.text("unit");
    Unit unit =
        Unit.ofCode(code)
            .orElseThrow(
                () ->
                    new Mistake(
                        node.line(),
                        "'"
                            + code
                            + "' is no unit known here; units are UCUM codes, such as "
                            + property.unit().code()));
    if (!unit.measures(property)) {
      throw new Mistake(
          node.line(),
          property.name() + " cannot be given in " + code + ", but in " + property.unit().code());
    }
    return unit;
  }

  private static String channel(Node field, JsonPath path, ObservedProperty property, Unit unit)
      throws Mistake {
    Node node = field.member("channel");
    String channel = node.text("channel");
    if (path.hasStar() != channel.endsWith("*")
        || (channel.contains("*") && channel.indexOf('*') < channel.length() - 1)) {
      throw new Mistake(
          node.line(), "a path with * needs a channel that ends with *, and no other does");
    }
    if (Profile.RESERVED.contains(channel)) {
      throw new Mistake(
          node.line(),
          "the gateway itself says '" + channel + "' of each device: call this one otherwise");
    }
    try {
      var unused = new Channel(SOMEBODY, channel.replace("*", "1"), property, unit, null);
    } catch (IllegalArgumentException e) {
      throw new Mistake(node.line(), String.valueOf(e.getMessage()));
    }
    return channel;
  }

  private static double number(@Nullable Node node, String what, double otherwise) throws Mistake {
    return node == null ? otherwise : node.number(what);
  }

  private static Map<String, String> values(@Nullable Node node) throws Mistake {
    if (node == null) {
      return Map.of();
    }
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, Node> value : node.object("values").entrySet()) {
      String word = value.getValue().text("each of the values");
      if (word.isEmpty() || word.length() > 128) {
        throw new Mistake(value.getValue().line(), "a word of values has 1 to 128 characters");
      }
      values.put(value.getKey(), word);
    }
    if (values.isEmpty()) {
      throw new Mistake(node.line(), "values is empty: leave it out, or say what each word means");
    }
    return values;
  }

  private static Field.Kind kind(@Nullable Node node, Map<String, String> values) throws Mistake {
    if (node == null) {
      return values.isEmpty() ? Field.Kind.NUMBER : Field.Kind.CATEGORY;
    }
    String kind = node.text("kind");
    for (Field.Kind known : Field.Kind.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(kind)) {
        if (!values.isEmpty() && known != Field.Kind.CATEGORY) {
          throw new Mistake(node.line(), "a field with values is a category");
        }
        return known;
      }
    }
    throw new Mistake(node.line(), "kind is number, counter, truth, text, category or position");
  }

  private static Map<JsonPath, String> conditions(@Nullable Node node) throws Mistake {
    if (node == null) {
      return Map.of();
    }
    Map<JsonPath, String> conditions = new HashMap<>();
    for (Map.Entry<String, Node> condition : node.object("onlyIf").entrySet()) {
      Node expected = condition.getValue();
      JsonPath path;
      try {
        path = JsonPath.parse(condition.getKey());
      } catch (IllegalArgumentException e) {
        throw new Mistake(expected.line(), "onlyIf: " + e.getMessage());
      }
      conditions.put(path, literal(expected));
    }
    return conditions;
  }

  private static String literal(Node node) throws Mistake {
    if (node.value() instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    if (node.value() instanceof String || node.value() instanceof Boolean) {
      return node.value().toString();
    }
    throw new Mistake(node.line(), "onlyIf compares with a text, a number, true or false");
  }

  private static Field.Place place(Node node) throws Mistake {
    Map<String, Node> members = node.object("a field");
    return new Field.Place(
        coordinate(members, "latitude"),
        coordinate(members, "longitude"),
        coordinate(members, "altitude"));
  }

  private static JsonPath coordinate(Map<String, Node> members, String name) throws Mistake {
    Node node = members.get(name);
    return node == null ? JsonPath.parse(name) : path(node, name);
  }
}

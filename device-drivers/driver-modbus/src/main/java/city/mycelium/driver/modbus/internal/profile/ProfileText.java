package city.mycelium.driver.modbus.internal.profile;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the text of a profile, and says in words what is wrong with it. */
final class ProfileText {

  private static final Set<String> KNOWN =
      Set.of(
          "title",
          "source",
          "note",
          "line",
          "intervalSeconds",
          "order",
          "maxRegisters",
          "maxBits",
          "gap",
          "identity",
          "status",
          "values");
  private static final Set<String> LINE = Set.of("baud", "parity", "stopBits");
  private static final Set<String> EXPECTATION =
      Set.of("function", "address", "type", "order", "mask", "equals", "says");
  private static final Set<String> VALUE =
      Set.of(
          "name",
          "function",
          "address",
          "type",
          "order",
          "mask",
          "property",
          "unit",
          "kind",
          "scale",
          "offset",
          "invalid",
          "words",
          "note");

  private static final int LAST_ADDRESS = 0xFFFF;
  private static final int USUAL_SECONDS = 60;
  private static final int DAY_SECONDS = 86_400;
  private static final int USUAL_BAUD = 19_200;
  private static final int LEAST_BAUD = 50;
  private static final int MOST_BAUD = 4_000_000;
  private static final DeviceId SOMEBODY = new DeviceId("somebody");

  private final ByteOrder order;

  private ProfileText(ByteOrder order) {
    this.order = order;
  }

  /**
   * Reads a profile.
   *
   * @param name what it is called: 1 to 40 of a-z 0-9 -
   */
  static Profile read(String name, String text) throws ProfileException {
    Fields root = Fields.of("", json(text), KNOWN);
    ProfileText reader = new ProfileText(root.has("order") ? order(root) : ByteOrder.ABCD);
    List<RegisterValue> values = new ArrayList<>();
    for (Fields value : root.objects("values", VALUE)) {
      values.add(reader.value(value));
    }
    if (values.isEmpty()) {
      throw root.mistake("values", "is missing: a profile without values reads nothing");
    }
    requireApart(root, values);
    Profile.Limits limits =
        new Profile.Limits(
            root.whole(
                "maxRegisters", 1, Profile.Limits.MOST_REGISTERS, Profile.Limits.MOST_REGISTERS),
            root.whole("maxBits", 1, Profile.Limits.MOST_BITS, Profile.Limits.MOST_BITS),
            root.whole("gap", 0, Profile.Limits.MOST_REGISTERS, 0));
    for (RegisterValue value : values) {
      if (value.register().type().addresses() > limits.registers()) {
        throw root.mistake(
            "maxRegisters", "is too small for '" + value.name() + "', which would be cut in two");
      }
    }
    return new Profile(
        name,
        root.text("title"),
        root.text("source"),
        line(root.object("line", LINE)),
        Duration.ofSeconds(root.whole("intervalSeconds", 1, DAY_SECONDS, USUAL_SECONDS)),
        limits,
        reader.expectations(root, "identity"),
        reader.expectations(root, "status"),
        values);
  }

  private static JsonValue json(String text) throws ProfileException {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) { // malformed, with line and column in its message
      throw new ProfileException("is no JSON: " + e.getMessage());
    }
  }

  /** What is not said is as MODBUS over Serial Line V1.02 presets it (2.5.1, 3.3). */
  private static SerialSettings line(Fields line) throws ProfileException {
    SerialSettings.Parity parity =
        line.has("parity")
            ? line.word("parity", ProfileText::parity, List.of("none", "even", "odd"))
            : SerialSettings.Parity.EVEN;
    return new SerialSettings(
        line.whole("baud", LEAST_BAUD, MOST_BAUD, USUAL_BAUD),
        8,
        parity,
        line.whole("stopBits", 1, 2, 1));
  }

  /** A parity by its name, none in small letters. */
  static Optional<SerialSettings.Parity> parity(String word) {
    return Arrays.stream(SerialSettings.Parity.values())
        .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private List<Expectation> expectations(Fields root, String name) throws ProfileException {
    List<Expectation> all = new ArrayList<>();
    for (Fields fields : root.objects(name, EXPECTATION)) {
      all.add(new Expectation(register(fields), fields.decimal("equals"), fields.text("says")));
    }
    return all;
  }

  private Register register(Fields fields) throws ProfileException {
    Table table =
        fields.word(
            "function", Table::named, Arrays.stream(Table.values()).map(Table::word).toList());
    RegisterType type =
        table.isBits() && !fields.has("type")
            ? RegisterType.BIT
            : fields.word(
                "type",
                RegisterType::named,
                Arrays.stream(RegisterType.values()).map(RegisterType::word).toList());
    if (table.isBits() != (type == RegisterType.BIT)) {
      throw fields.mistake(
          "type",
          "is bit for coil and discrete, and another for holding and input; one bit of a register"
              + " is a uint16 with a mask");
    }
    int address = fields.whole("address", 0, LAST_ADDRESS);
    if (address + type.addresses() - 1 > LAST_ADDRESS) {
      throw fields.mistake("address", "is too high for a " + type.word());
    }
    return new Register(
        table, address, type, fields.has("order") ? order(fields) : order, mask(fields, type));
  }

  private static ByteOrder order(Fields fields) throws ProfileException {
    List<String> words = Arrays.stream(ByteOrder.values()).map(ByteOrder::name).toList();
    return fields.word(
        "order",
        word -> words.contains(word) ? Optional.of(ByteOrder.valueOf(word)) : Optional.empty(),
        words);
  }

  private static long mask(Fields fields, RegisterType type) throws ProfileException {
    long all = type.width() == Long.SIZE ? -1 : (1L << type.width()) - 1;
    if (!fields.has("mask")) {
      return all;
    }
    BigDecimal mask = fields.decimal("mask");
    if (!type.isUnsigned() || mask.signum() <= 0 || mask.compareTo(BigDecimal.valueOf(all)) > 0) {
      throw fields.mistake(
          "mask", "picks bits out of a uint16 or uint32, such as \"0x00FF\"; at least one");
    }
    return mask.longValue();
  }

  private RegisterValue value(Fields fields) throws ProfileException {
    Register register = register(fields);
    RegisterValue.Kind kind = kind(fields, register);
    ObservedProperty property =
        fields.word(
            "property",
            Vocabulary::named,
            Vocabulary.all().stream().map(ObservedProperty::name).sorted().toList());
    Unit unit = unit(fields, property);
    String name = fields.text("name");
    try {
      var unused = new Channel(SOMEBODY, name, property, unit, null);
    } catch (IllegalArgumentException e) { // it says what is allowed
      throw fields.mistake("name", "cannot be: " + e.getMessage());
    }
    boolean isNumber = kind == RegisterValue.Kind.NUMBER || kind == RegisterValue.Kind.COUNTER;
    BigDecimal scale = fields.decimal("scale", BigDecimal.ONE);
    if (scale.signum() == 0 || (!isNumber && (fields.has("scale") || fields.has("offset")))) {
      throw fields.mistake("scale", "is not 0, and only for the kinds number and counter");
    }
    return new RegisterValue(
        name,
        register,
        property,
        unit,
        kind,
        scale,
        fields.decimal("offset", BigDecimal.ZERO),
        sentinels(fields),
        kind == RegisterValue.Kind.CATEGORY ? words(fields) : Map.of());
  }

  private static RegisterValue.Kind kind(Fields fields, Register register) throws ProfileException {
    if (!fields.has("kind")) {
      return register.type() == RegisterType.BIT
          ? RegisterValue.Kind.TRUTH
          : RegisterValue.Kind.NUMBER;
    }
    return fields.word(
        "kind",
        RegisterValue.Kind::named,
        Arrays.stream(RegisterValue.Kind.values()).map(RegisterValue.Kind::word).toList());
  }

  private static Unit unit(Fields fields, ObservedProperty property) throws ProfileException {
    if (!fields.has("unit")) {
      return property.unit();
    }
    List<String> fitting =
        Arrays.stream(Unit.values()).filter(u -> u.measures(property)).map(Unit::code).toList();
    return fields.word(
        "unit", code -> Unit.ofCode(code).filter(u -> u.measures(property)), fitting);
  }

  private static List<RegisterValue.Sentinel> sentinels(Fields fields) throws ProfileException {
    List<RegisterValue.Sentinel> all = new ArrayList<>();
    for (JsonValue value : fields.list("invalid")) {
      Optional<Long> bits = Fields.hex(value);
      Optional<BigDecimal> number = Fields.number(value);
      if (bits.isPresent()) {
        all.add(new RegisterValue.Sentinel.Bits(bits.get()));
      } else if (number.isPresent()) {
        all.add(new RegisterValue.Sentinel.Value(number.get()));
      } else {
        throw fields.mistake(
            "invalid",
            "is a list of numbers as they stand in the register, or of bits such as \"0x7FFF\", not"
                + " of "
                + value);
      }
    }
    return all;
  }

  private static Map<BigDecimal, String> words(Fields fields) throws ProfileException {
    Map<BigDecimal, String> words = new HashMap<>();
    for (Map.Entry<String, String> word : fields.texts("words").entrySet()) {
      try {
        words.put(
            BigDecimal.valueOf(Long.decode(word.getKey())).stripTrailingZeros(), word.getValue());
      } catch (NumberFormatException e) {
        throw fields.mistake(
            "words", "has a word for each whole number, but '" + word.getKey() + "' is none");
      }
    }
    return words;
  }

  /** No name twice, and no register that means two things. */
  private static void requireApart(Fields root, List<RegisterValue> values)
      throws ProfileException {
    for (int i = 0; i < values.size(); i++) {
      RegisterValue value = values.get(i);
      for (int j = 0; j < i; j++) {
        RegisterValue other = values.get(j);
        if (value.name().equals(other.name())) {
          throw root.mistake(
              "values[" + i + "]", "is called '" + value.name() + "', as values[" + j + "] is");
        }
        if (value.register().overlaps(other.register())
            && !value.register().isBeside(other.register())) {
          throw root.mistake(
              "values[" + i + "]",
              "'"
                  + value.name()
                  + "' ("
                  + value.register().place()
                  + ", "
                  + value.register().type().word()
                  + ") overlaps values["
                  + j
                  + "] '"
                  + other.name()
                  + "' ("
                  + other.register().place()
                  + ", "
                  + other.register().type().word()
                  + "): one of the two has a wrong address or type");
        }
      }
    }
  }
}

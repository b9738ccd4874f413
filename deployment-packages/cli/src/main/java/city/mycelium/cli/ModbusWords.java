package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.modbus.internal.RegisterDump;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.ProfileException;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import city.mycelium.driver.modbus.internal.wire.LineAddress;
import city.mycelium.driver.modbus.internal.wire.ModbusBus;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code mycelium modbus read}: tries a profile on a device. Needs no gateway; one that has the
 * serial port has to be stopped, or the device taken out of its configuration.
 */
final class ModbusWords {

  private static final List<String> READ = List.of("modbus", "read");
  private static final String TCP_PORT = "502";
  private static final String TIMEOUT_MILLIS = "1000";
  private static final int LAST_UNIT = 255;
  private static final int LAST_TCP_PORT = 65_535;
  private static final int MOST_BAUD = 4_000_000;
  private static final int LONGEST_MILLIS = 60_000;

  private ModbusWords() {}

  /**
   * Reads every register of a profile; the answer is not {@code sound} if any is not as the profile
   * says.
   *
   * @throws UsageException if it is not said which device and which profile
   * @throws CommandException if the device does not answer, or the profile has a mistake
   */
  static JsonObject run(CommandLine line, SerialLines lines, Clock clock)
      throws UsageException, CommandException {
    if (!line.words().equals(READ)) {
      throw new UsageException("there is no command '" + String.join(" ", line.words()) + "'");
    }
    Profile profile = profile(line);
    int unit = number(line, "unit", "1", 0, LAST_UNIT);
    Duration timeout =
        Duration.ofMillis(number(line, "timeout", TIMEOUT_MILLIS, 1, LONGEST_MILLIS));
    try (ModbusBus bus = new ModbusBus(address(line, profile), lines, clock)) {
      List<RegisterDump.Row> rows =
          RegisterDump.of(profile, question -> bus.ask(unit, question, timeout));
      return json(profile, rows);
    } catch (DeviceException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Profile profile(CommandLine line) throws UsageException, CommandException {
    if (line.has("type") == line.has("profile")) {
      throw new UsageException(
          "say which registers: --profile FILE, or --type with one of "
              + String.join(", ", Profiles.builtIn()));
    }
    try {
      return line.has("type")
          ? Profiles.named(line.option("type").orElseThrow())
          : Profiles.file(
              Path.of(line.option("profile").orElseThrow()).toAbsolutePath().toString());
    } catch (ProfileException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static LineAddress address(CommandLine line, Profile profile) throws UsageException {
    if (line.has("port") == line.has("host")) {
      throw new UsageException("say where the device is: --port /dev/…, or --host NAME");
    }
    if (line.has("host")) {
      return new LineAddress.Tcp(
          line.option("host").orElseThrow(),
          number(line, "tcp-port", TCP_PORT, 1, LAST_TCP_PORT),
          line.has("rtu-over-tcp"));
    }
    SerialSettings factory = profile.line();
    return new LineAddress.Serial(
        line.option("port").orElseThrow(),
        new SerialSettings(
            number(line, "baud", String.valueOf(factory.baud()), 50, MOST_BAUD),
            factory.dataBits(),
            parity(line, factory),
            number(line, "stop-bits", String.valueOf(factory.stopBits()), 1, 2)));
  }

  private static SerialSettings.Parity parity(CommandLine line, SerialSettings factory)
      throws UsageException {
    String word = line.option("parity").orElse("");
    return switch (word) {
      case "" -> factory.parity();
      case "none" -> SerialSettings.Parity.NONE;
      case "even" -> SerialSettings.Parity.EVEN;
      case "odd" -> SerialSettings.Parity.ODD;
      default -> throw new UsageException("--parity is none, even or odd, not '" + word + "'");
    };
  }

  private static int number(CommandLine line, String option, String preset, int min, int max)
      throws UsageException {
    String text = line.option(option).orElse(preset);
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UsageException(
        "--" + option + " is a whole number from " + min + " to " + max + ", not '" + text + "'");
  }

  private static JsonObject json(Profile profile, List<RegisterDump.Row> rows) {
    JsonArrayBuilder values = Json.createArrayBuilder();
    for (RegisterDump.Row row : rows) {
      values.add(
          Json.createObjectBuilder()
              .add("name", row.name())
              .add("where", row.place())
              .add("raw", row.raw())
              .add("value", row.value()));
    }
    return Json.createObjectBuilder()
        .add("profile", profile.title())
        .add("sound", rows.stream().allMatch(RegisterDump.Row::good))
        .add("values", values)
        .build();
  }
}

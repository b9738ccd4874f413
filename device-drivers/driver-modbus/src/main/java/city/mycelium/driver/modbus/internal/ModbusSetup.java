package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.ProfileException;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import city.mycelium.driver.modbus.internal.wire.LineAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a configuration says of a device, checked. */
record ModbusSetup(
    LineAddress address,
    int unit,
    ProfileDevice kind,
    DeviceSettings settings,
    Duration interval,
    Duration timeout,
    String profileFile) {

  static final int TCP_PORT = 502;
  static final int USUAL_TIMEOUT_MILLIS = 1000;

  /** The member that names a profile that is a file. */
  static final String PROFILE = "profile";

  private static final int LEAST_TIMEOUT_MILLIS = 50;
  private static final int MOST_TIMEOUT_MILLIS = 3000;
  private static final int LAST_UNIT = 255;
  private static final int LAST_TCP_PORT = 65_535;
  private static final int DAY_SECONDS = 86_400;

  private static final Set<String> KNOWN =
      Set.of(
          "deviceId",
          "type",
          "profile",
          "port",
          "baud",
          "parity",
          "stopBits",
          "host",
          "tcpPort",
          "rtuOverTcp",
          "unitId",
          "intervalSeconds",
          "timeoutMillis");

  /**
   * What a configuration says.
   *
   * @param all its members, so that one that means nothing is noticed
   * @throws DeviceException CONFIG, with what is wrong and what may be
   */
  static ModbusSetup of(ModbusDriverComponent.Config config, Map<String, Object> all)
      throws DeviceException {
    Profile profile = profile(config);
    ProfileDevice kind = new ProfileDevice(profile);
    boolean serial = isSerial(config);
    within("unitId", config.unitId(), serial ? 1 : 0, LAST_UNIT);
    within("timeoutMillis", config.timeoutMillis(), LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS);
    within("intervalSeconds", config.intervalSeconds(), 0, DAY_SECONDS);
    return new ModbusSetup(
        serial ? new LineAddress.Serial(config.port(), line(config, profile.line())) : tcp(config),
        config.unitId(),
        kind,
        DeviceSettings.of(kind.description(), others(all)),
        config.intervalSeconds() == 0
            ? profile.interval()
            : Duration.ofSeconds(config.intervalSeconds()),
        Duration.ofMillis(config.timeoutMillis()),
        config.profile());
  }

  /** What whoever replays a record has to know of it, beside the name of its profile. */
  Map<String, String> record() {
    return profileFile.isEmpty()
        ? Map.of("unitId", String.valueOf(unit))
        : Map.of("unitId", String.valueOf(unit), PROFILE, profileFile);
  }

  /** Bus and unit, for a person. */
  String where() {
    return "unit " + unit + " on " + address.bus() + " (" + address.setting() + ")";
  }

  private static Profile profile(ModbusDriverComponent.Config config) throws DeviceException {
    if (config.type().isEmpty() == config.profile().isEmpty()) {
      throw DeviceException.config(
          "a Modbus device needs either type, which is one of "
              + String.join(", ", Profiles.builtIn())
              + ", or profile, the path of a profile of your own");
    }
    try {
      return config.type().isEmpty()
          ? Profiles.file(config.profile())
          : Profiles.named(config.type());
    } catch (ProfileException e) { // its message says all there is to say
      throw DeviceException.config(e.getMessage() + ". After mending it restart the gateway");
    }
  }

  private static boolean isSerial(ModbusDriverComponent.Config config) throws DeviceException {
    if (config.port().isEmpty() == config.host().isEmpty()) {
      throw DeviceException.config(
          "a Modbus device is either on a serial port, then port is its path such as"
              + " /dev/serial/by-id/…, or in the network, then host is its name or IP address");
    }
    return !config.port().isEmpty();
  }

  private static SerialSettings line(ModbusDriverComponent.Config config, SerialSettings factory)
      throws DeviceException {
    if (config.stopBits() != 0) {
      within("stopBits", config.stopBits(), 1, 2);
    }
    try {
      return new SerialSettings(
          config.baud() == 0 ? factory.baud() : config.baud(),
          factory.dataBits(),
          config.parity().isEmpty() ? factory.parity() : parity(config.parity()),
          config.stopBits() == 0 ? factory.stopBits() : config.stopBits());
    } catch (IllegalArgumentException e) { // a baud rate that nothing has
      throw DeviceException.config(String.valueOf(e.getMessage()));
    }
  }

  private static SerialSettings.Parity parity(String word) throws DeviceException {
    return Arrays.stream(SerialSettings.Parity.values())
        .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> DeviceException.config("parity is none, even or odd, not '" + word + "'"));
  }

  private static LineAddress tcp(ModbusDriverComponent.Config config) throws DeviceException {
    within("tcpPort", config.tcpPort(), 1, LAST_TCP_PORT);
    return new LineAddress.Tcp(config.host(), config.tcpPort(), config.rtuOverTcp());
  }

  /** Members that the bus does not know; those with a dot are the framework's own. */
  private static Map<String, String> others(Map<String, Object> all) {
    Map<String, String> others = new TreeMap<>();
    all.forEach(
        (key, value) -> {
          if (!KNOWN.contains(key) && !key.contains(".") && !key.startsWith(":")) {
            others.put(key, String.valueOf(value));
          }
        });
    return others;
  }

  private static void within(String what, int value, int min, int max) throws DeviceException {
    if (value < min || value > max) {
      throw DeviceException.config(
          what + " is a whole number from " + min + " to " + max + ", not " + value);
    }
  }
}

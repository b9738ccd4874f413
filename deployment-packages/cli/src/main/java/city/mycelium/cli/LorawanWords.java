package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.inspect.FrameInspection;
import city.mycelium.driver.lorawan.internal.inspect.InspectionKeys;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import jakarta.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code mycelium lorawan …}: needs no gateway. Keys that are typed are never printed. */
final class LorawanWords {

  private static final List<String> INSPECT = List.of("lorawan", "inspect");

  private LorawanWords() {}

  /**
   * Looks at a frame.
   *
   * @throws UsageException if it is not said which, or a key is none
   * @throws CommandException if it is no frame; the message says why
   */
  static JsonObject run(CommandLine line) throws UsageException, CommandException {
    if (!line.words().equals(INSPECT)) {
      throw new UsageException("there is no command '" + String.join(" ", line.words()) + "'");
    }
    String phy =
        line.option("phy")
            .orElseThrow(() -> new UsageException("say which frame: --phy HEX"))
            .replaceAll("\\s", "");
    InspectionKeys keys = keys(line);
    try {
      return FrameInspection.of(HexFormat.of().parseHex(phy), keys);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--phy takes the frame as hexadecimal digits, two for each byte: " + e.getMessage());
    } catch (FrameException e) {
      throw new CommandException("This is no LoRaWAN 1.0.x frame: " + e.getMessage() + ".", e);
    }
  }

  private static InspectionKeys keys(CommandLine line) throws UsageException {
    try {
      return new InspectionKeys(
          key(line, "nwk-skey"),
          key(line, "app-skey"),
          key(line, "app-key"),
          msb(line.option("fcnt-msb").orElse("0")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<AesKey> key(CommandLine line, String option) {
    try {
      return line.option(option).map(AesKey::parse);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + option + ": " + e.getMessage(), e);
    }
  }

  private static int msb(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--fcnt-msb takes a number of 0 to 65535", e);
    }
  }
}

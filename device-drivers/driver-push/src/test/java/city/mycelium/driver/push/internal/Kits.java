package city.mycelium.driver.push.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Bodies as kits send them, with invented values, and what is left of them after a bad journey. */
public final class Kits {

  public static final List<String> LINES =
      List.of(
          "paddenstoel-firmware.txt",
          "paddenstoel-firmware-dust-only.txt",
          "paddenstoel-portal.txt",
          "airrohr-influx.txt");

  public static final List<String> JSON =
      List.of("airrohr-own-api.json", "airrohr-push-sds011.json", "airrohr-push-bme280.json");

  private static final String SPICE = "=,\" \\\n#{}[]:.-+eEnaiu0129\u00b5\u0000\ud800";

  private Kits() {}

  public static String body(String name) {
    try (InputStream stream =
        Objects.requireNonNull(Kits.class.getResourceAsStream("/kits/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every second time cut off somewhere, and with some characters changed, lost or put in. */
  public static String damaged(String body, Random random) {
    StringBuilder text = new StringBuilder(body);
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(text.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, spice);
        case 1 -> text.insert(at, spice);
        default -> text.deleteCharAt(at);
      }
    }
    if (random.nextBoolean()) {
      text.setLength(random.nextInt(text.length()));
    }
    return text.toString();
  }

  /** Nothing that any kit ever sent. */
  public static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      text.append(
          random.nextInt(3) == 0
              ? (char) random.nextInt(0x300)
              : SPICE.charAt(random.nextInt(SPICE.length())));
    }
    return text.toString();
  }
}

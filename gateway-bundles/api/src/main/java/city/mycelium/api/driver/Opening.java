package city.mycelium.api.driver;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What has to be known of a device to make sense of its bytes somewhere else. Immutable.
 *
 * @param bus which module speaks to it, such as {@code serial}
 * @param kind the name of its kind there
 * @param interval how often results are wanted
 * @param settings what is set of it
 * @param personal whether what it says is personal by nature: then its bytes are not recorded
 *     without the consent of whom it is about
 */
public record Opening(
    String bus, String kind, Duration interval, Map<String, String> settings, boolean personal) {

  private static final String SETTING = "setting.";

  public Opening {
    settings = Map.copyOf(settings);
  }

  /** As a piece of a record: lines of {@code name=value}, escaped as Java's properties are. */
  public byte[] bytes() {
    Map<String, String> all = new TreeMap<>();
    all.put("bus", bus);
    all.put("kind", kind);
    all.put("interval", interval.toString());
    all.put("personal", Boolean.toString(personal));
    settings.forEach((name, value) -> all.put(SETTING + name, value));
    StringBuilder text = new StringBuilder();
    all.forEach((name, value) -> text.append(name).append('=').append(escaped(value)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads {@link #bytes}.
   *
   * @throws IllegalArgumentException if it is no such thing; the message says what is missing
   */
  public static Opening parse(byte[] bytes) {
    Properties all = new Properties();
    try {
      all.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalArgumentException("a string cannot fail to be read", e);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String name : all.stringPropertyNames()) {
      if (name.startsWith(SETTING)) {
        settings.put(name.substring(SETTING.length()), all.getProperty(name));
      }
    }
    return new Opening(
        required(all, "bus"),
        required(all, "kind"),
        Duration.parse(required(all, "interval")),
        settings,
        Boolean.parseBoolean(required(all, "personal")));
  }

  private static String required(Properties all, String name) {
    String value = all.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("the opening of a device does not say its " + name);
    }
    return value;
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replaceAll("^ ", "\\\\ ");
  }
}

package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Any device that says its results in lines of text. A line that the pattern fits as a whole is a
 * set of results; others are not for us.
 */
@Component
public final class GenericLines implements SerialSensor {

  /** A line ends at a carriage return or a line feed; what is longer is none. */
  private static final int LONGEST = 256;

  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of(
            "generic-lines", "any device that says its results in lines of text")
        .every(EVERY_MINUTE)
        .takes(
            "pattern",
            "",
            "a regular expression for a whole line, with a named group for each value, such as"
                + " T=(?<t>-?[0-9.]+) H=(?<h>[0-9.]+)")
        .takes(
            "outputs",
            "",
            "a list with a line for each value: output, property, unit, then group=… factor=…"
                + " offset=… as=number|counter, such as 'temperature air-temperature Cel group=t'")
        .takes(
            "ask",
            "none",
            "what is said to it for each result, in hexadecimal, such as 52 0D; none if it talks by"
                + " itself");
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    DeviceDescription kind = description();
    for (FieldText field : fields(settings)) {
      kind = kind.gives(field.output(), field.property(), field.unit());
    }
    return kind;
  }

  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) throws DeviceException {
    LinePattern pattern = LinePattern.compile(settings.text("pattern"));
    List<FieldText> fields = fields(settings);
    List<String> groups = new ArrayList<>();
    for (FieldText field : fields) {
      groups.add(pattern.requireGroup(field.required("outputs", "group")));
    }
    return FrameDevice.of(
        Asking.timetable(settings.text("ask"), interval),
        bytes -> scan(bytes, pattern, groups),
        () -> (values, results) -> put(fields, values, results));
  }

  private static List<FieldText> fields(DeviceSettings settings) throws DeviceException {
    return FieldText.parse("outputs", settings.text("outputs"), Set.of("group"));
  }

  private static void put(List<FieldText> fields, List<String> values, Results results)
      throws DeviceException {
    for (int i = 0; i < fields.size(); i++) {
      String value = values.get(i);
      // A group that took no part in the match says nothing, and is no error.
      if (!value.isEmpty()) {
        fields.get(i).put(number(fields.get(i), value), results);
      }
    }
  }

  private static double number(FieldText field, String value) throws DeviceException {
    try {
      return Double.parseDouble(value.replace(',', '.'));
    } catch (NumberFormatException e) {
      throw DeviceException.corrupt(
          "it says '" + value + "' for " + field.output() + ", which is no number");
    }
  }

  /** A frame is what the groups hold, in the order of the outputs. */
  private static Scan<List<String>> scan(byte[] bytes, LinePattern pattern, List<String> groups) {
    List<List<String>> frames = new ArrayList<>();
    int noise = 0;
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\r' || bytes[i] == '\n') {
        Optional<List<String>> values = Optional.empty();
        if (i > from && i - from <= LONGEST) {
          values =
              pattern.match(new String(bytes, from, i - from, StandardCharsets.ISO_8859_1), groups);
        }
        values.ifPresent(frames::add);
        noise += values.isPresent() ? 0 : i - from;
        from = i + 1;
      }
    }
    // Of a line that is too long already as much stays as shows that it is.
    int tooLong = Math.max(0, bytes.length - from - (LONGEST + 1));
    return new Scan<>(frames, from + tooLong, noise + tooLong);
  }
}

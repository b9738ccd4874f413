package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Any device that says its results in binary frames of one length, with octets that begin each and
 * a checksum that ends each.
 */
@Component
public final class GenericFrames implements SerialSensor {

  private static final int LONGEST = 256;

  private static final int NOT_COVERED_AT_MOST = 16;

  private static final Set<String> FIELD_KEYS = Set.of("at", "type");

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of(
            "generic-frames", "any device that says its results in binary frames of one length")
        .takes("header", "", "the octets that begin each frame, in hexadecimal, such as 42 4D")
        .takes("length", "", "octets of a frame, header and checksum included, 2 to 256")
        .takes(
            "checksum",
            "",
            "the last octets of a frame, over all before: one of "
                + String.join(", ", Checksum.words())
                + "; without one, damage on the way goes unseen")
        .takes(
            "checksumFrom",
            "0",
            "the first octet that the checksum covers, counted from 0, up to "
                + NOT_COVERED_AT_MOST)
        .takes(
            "outputs",
            "",
            "a list with a line for each value: output, property, unit, then at=… (counted from 0)"
                + " type=u8|s8|u16be|… factor=… offset=… as=number|counter, such as 'distance"
                + " distance mm at=1 type=u16be'")
        .takes(
            "ask",
            "none",
            "what is said to it for each result, in hexadecimal; none if it talks by itself");
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
    Layout layout = layout(settings);
    List<Placed> fields = new ArrayList<>();
    for (FieldText field : fields(settings)) {
      fields.add(placed(field, layout));
    }
    return FrameDevice.of(
        Asking.timetable(settings.text("ask"), interval),
        bytes -> FrameSearch.scan(bytes, layout::frameAt),
        () ->
            (frame, results) -> {
              for (Placed field : fields) {
                field.text().put(field.type().read(frame, field.at()), results);
              }
            });
  }

  private static List<FieldText> fields(DeviceSettings settings) throws DeviceException {
    return FieldText.parse("outputs", settings.text("outputs"), FIELD_KEYS);
  }

  private static Layout layout(DeviceSettings settings) throws DeviceException {
    byte[] header = Asking.hex("header", settings.text("header"));
    int length = settings.whole("length", 2, LONGEST);
    Checksum checksum =
        Checksum.named(settings.choice("checksum", Checksum.words())).orElse(Checksum.NONE);
    int from = settings.whole("checksumFrom", 0, NOT_COVERED_AT_MOST);
    if (header.length + checksum.octets() >= length || from >= length - checksum.octets()) {
      throw DeviceException.config(
          "length is more than the header and the checksum together, and than checksumFrom; "
              + length
              + " is not");
    }
    int[] octets = new int[header.length];
    for (int i = 0; i < header.length; i++) {
      octets[i] = Octets.at(header, i);
    }
    return new Layout(octets, length, checksum, from);
  }

  private static Placed placed(FieldText field, Layout layout) throws DeviceException {
    FieldType type =
        FieldType.named(field.required("outputs", "type"))
            .orElseThrow(
                () ->
                    DeviceException.config(
                        "outputs: type is one of "
                            + String.join(", ", FieldType.words())
                            + ", not that of "
                            + field.output()));
    String text = field.required("outputs", "at");
    int last = layout.length() - layout.checksum().octets() - type.octets();
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > last) {
      throw DeviceException.config(
          "outputs: "
              + field.output()
              + " is at a place from 0 to "
              + last
              + ", so that it ends before the checksum, not at "
              + text);
    }
    return new Placed(field, type, Integer.parseInt(text));
  }

  private record Placed(FieldText text, FieldType type, int at) {}

  /** How frames look. */
  private static final class Layout {

    private final int[] header;
    private final int length;
    private final Checksum checksum;
    private final int from;

    Layout(int[] header, int length, Checksum checksum, int from) {
      this.header = header;
      this.length = length;
      this.checksum = checksum;
      this.from = from;
    }

    int length() {
      return length;
    }

    Checksum checksum() {
      return checksum;
    }

    Find<List<Integer>> frameAt(byte[] bytes, int at) {
      if (!Octets.begins(bytes, at, header)) {
        return Find.none();
      }
      if (bytes.length - at < length) {
        return Find.unfinished();
      }
      int check = at + length - checksum.octets();
      int said = 0;
      for (int i = check; i < at + length; i++) {
        said = said << 8 | Octets.at(bytes, i);
      }
      return said == checksum.of(bytes, at + from, check)
          ? Find.frame(Octets.list(bytes, at, at + length), length)
          : Find.none();
    }
  }
}

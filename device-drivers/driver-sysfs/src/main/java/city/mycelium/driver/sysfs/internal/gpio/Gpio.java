package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.observation.DeviceId;
import java.util.List;
import java.util.Locale;

/**
 * How one device reaches its line.
 *
 * @param device whose line it is, for others who want it too
 * @param lines the lines of this machine
 * @param memory what the device has counted
 */
public record Gpio(DeviceId device, GpioLines lines, PulseMemory memory) {

  private static final int MICROS = 1000;

  /** The kernel has room for 31 characters and a zero: GPIO_MAX_NAME_SIZE. */
  private static final int MOST_CHARS = 31;

  private static final List<String> BIASES = List.of("pull-up", "pull-down", "none", "as-is");

  /** The settings that {@link #open} reads; the presets are for a contact to ground. */
  static DeviceDescription openable(DeviceDescription description, String debounceMillis) {
    return description
        .takes("line", "", "the line's name, such as GPIO17, or its number on the chip")
        .takes("chip", "any", "the label of its chip, such as pinctrl-rp1, if several have it")
        .takes("active", "low", "the voltage of the line when the contact is closed: low or high")
        .takes("bias", "pull-up", "the chip's own resistor: pull-up, pull-down, none or as-is")
        .takes("debounceMillis", debounceMillis, "how long a contact bounces, 0 to 1000");
  }

  /** Takes the line that is set. */
  GpioLine open(DeviceSettings settings, boolean withEdges) throws DeviceException {
    String consumer = "mycelium:" + device.value();
    return lines.open(
        new LineRequest(
            settings.text("chip"),
            settings.text("line"),
            consumer.substring(0, Math.min(MOST_CHARS, consumer.length())),
            settings.choice("active", List.of("low", "high")).equals("low"),
            bias(settings),
            withEdges,
            settings.whole("debounceMillis", 0, 1000) * MICROS));
  }

  private static LineRequest.Bias bias(DeviceSettings settings) throws DeviceException {
    String word = settings.choice("bias", BIASES);
    return LineRequest.Bias.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}

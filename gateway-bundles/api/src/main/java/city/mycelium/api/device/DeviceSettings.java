package city.mycelium.api.device;

import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.Map;

/**
 * What is set of one device, checked against what its kind takes: {@link Settings} whose mistakes
 * are the device's state CONFIG. Immutable.
 */
public final class DeviceSettings {

  private final Settings settings;

  private DeviceSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * What was set, with the presets for what was not.
   *
   * @throws DeviceException if something is set that this kind does not take, or not set that has
   *     to be
   */
  public static DeviceSettings of(DeviceDescription kind, Map<String, String> set)
      throws DeviceException {
    return config(() -> new DeviceSettings(Settings.of("a " + kind.name(), kind.options(), set)));
  }

  /** What holds where nothing is set; for a kind of which something has to be set it fails. */
  public static DeviceSettings preset(DeviceDescription kind) throws DeviceException {
    return of(kind, Map.of());
  }

  /** The value as it was set. */
  public String text(String option) {
    return settings.text(option);
  }

  /**
   * A number.
   *
   * @throws DeviceException if it is none, or outside of the range, which is inclusive
   */
  public double number(String option, double min, double max) throws DeviceException {
    return config(() -> settings.number(option, min, max));
  }

  /**
   * A whole number, decimal or hexadecimal with {@code 0x}.
   *
   * @throws DeviceException if it is none, or outside of the range, which is inclusive
   */
  public int whole(String option, int min, int max) throws DeviceException {
    return config(() -> settings.whole(option, min, max));
  }

  /**
   * One of a few words.
   *
   * @throws DeviceException if it is none of them
   */
  public String choice(String option, List<String> words) throws DeviceException {
    return config(() -> settings.choice(option, words));
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SettingsException;
  }

  private static <T> T config(Question<T> question) throws DeviceException {
    try {
      return question.ask();
    } catch (SettingsException e) {
      throw DeviceException.config(String.valueOf(e.getMessage()));
    }
  }
}

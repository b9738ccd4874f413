package city.mycelium.api.device;

import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.settings.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a kind of device says of itself. Immutable; begin with {@link #of} and add to it.
 *
 * @param name what it is called in a configuration, such as {@code sht4x}: 1 to 40 of a-z 0-9 -
 * @param title maker and models, for a person
 * @param interval how often it is read if nothing else is wanted
 * @param outputs what it gives
 * @param options what may be set of it, beside what is the same for every device of its bus
 */
public record DeviceDescription(
    String name, String title, Duration interval, List<Output> outputs, List<Option> options) {

  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public DeviceDescription {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a kind of device is called by 1 to 40 of a-z 0-9 -, not '" + name + "'");
    }
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("an interval must be positive, not " + interval);
    }
    outputs = List.copyOf(outputs);
    options = List.copyOf(options);
    requireOnce(outputs.stream().map(Output::name).toList());
    requireOnce(options.stream().map(Option::name).toList());
  }

  /**
   * One value that it gives.
   *
   * @param name what the device's maker calls it; becomes the name of a Channel
   * @param unit unit of the numbers, as the device class hands them over
   * @param personal whether it tells of life in a household, whoever reads it: what is on at night,
   *     who is away
   */
  public record Output(String name, ObservedProperty property, Unit unit, boolean personal) {}

  /** A kind that is read every minute and gives nothing yet. */
  public static DeviceDescription of(String name, String title) {
    return new DeviceDescription(name, title, Duration.ofMinutes(1), List.of(), List.of());
  }

  /** Read this often if nothing else is wanted. */
  public DeviceDescription every(Duration usual) {
    return new DeviceDescription(name, title, usual, outputs, options);
  }

  /** Gives this too. */
  public DeviceDescription gives(String output, ObservedProperty property, Unit unit) {
    return new DeviceDescription(
        name, title, interval, with(outputs, new Output(output, property, unit, false)), options);
  }

  /** Gives this too, which is personal by nature. */
  public DeviceDescription givesPersonal(String output, ObservedProperty property, Unit unit) {
    return new DeviceDescription(
        name, title, interval, with(outputs, new Output(output, property, unit, true)), options);
  }

  /**
   * This may be set too.
   *
   * @param preset what holds where nothing is set; empty if it has to be set
   */
  public DeviceDescription takes(String option, String preset, String meaning) {
    Option taken = new Option(option, preset.isEmpty() ? null : preset, meaning);
    return new DeviceDescription(name, title, interval, outputs, with(options, taken));
  }

  /** Whether anything that it gives says where somebody is, or what they do. */
  public boolean isPersonal() {
    return outputs.stream().anyMatch(o -> o.personal() || o.property().equals(Vocabulary.POSITION));
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }

  private static void requireOnce(List<String> names) {
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each name stands once in " + names);
    }
  }
}

package city.mycelium.driver.modbus.internal.profile;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One value that a device gives.
 *
 * @param name what its output is called
 * @param scale what the number in the register is multiplied by, before {@code offset} is added
 * @param invalid what the device says when it has no value
 * @param words what each number means, for a category
 */
public record RegisterValue(
    String name,
    Register register,
    ObservedProperty property,
    Unit unit,
    Kind kind,
    BigDecimal scale,
    BigDecimal offset,
    List<Sentinel> invalid,
    Map<BigDecimal, String> words) {

  public RegisterValue {
    invalid = List.copyOf(invalid);
    words = Map.copyOf(words);
  }

  /** Which shape its results have. */
  public enum Kind {
    NUMBER,
    /** A total that only grows; rounded to the whole number. */
    COUNTER,
    /** False if the number is 0. */
    TRUTH,
    CATEGORY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> named(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
    }
  }

  /** A sign that there is no value. */
  public sealed interface Sentinel {

    boolean is(Register.Content content);

    /** The number in the register, before it is scaled. */
    record Value(BigDecimal number) implements Sentinel {
      @Override
      public boolean is(Register.Content content) {
        return content.number().filter(n -> n.compareTo(number) == 0).isPresent();
      }
    }

    /** The bits in the register. */
    record Bits(long bits) implements Sentinel {
      @Override
      public boolean is(Register.Content content) {
        return content.bits() == bits;
      }
    }
  }

  /**
   * The result, or nothing if the device says that it has none.
   *
   * @throws DeviceException CORRUPT if what it says can be no result
   */
  public Optional<Result> result(Register.Content content) throws DeviceException {
    Optional<BigDecimal> number = content.number();
    if (number.isEmpty() || invalid.stream().anyMatch(sentinel -> sentinel.is(content))) {
      return Optional.empty();
    }
    BigDecimal scaled = number.get().multiply(scale).add(offset);
    return Optional.of(
        switch (kind) {
          case NUMBER -> measurement(scaled);
          case COUNTER -> counter(scaled);
          case TRUTH -> new Result.Truth(number.get().signum() != 0);
          case CATEGORY -> category(number.get());
        });
  }

  private Result measurement(BigDecimal value) throws DeviceException {
    double rounded = value.doubleValue();
    if (!Double.isFinite(rounded)) {
      throw impossible(value, "a number");
    }
    return new Result.Measurement(rounded);
  }

  private Result counter(BigDecimal value) throws DeviceException {
    BigDecimal whole = value.setScale(0, RoundingMode.HALF_EVEN);
    if (whole.signum() < 0 || whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw impossible(value, "a counter, which is never negative");
    }
    return new Result.Counter(whole.longValue());
  }

  private Result category(BigDecimal number) throws DeviceException {
    String word = words.get(number.stripTrailingZeros());
    if (word == null) {
      throw impossible(number, "one of the words of its profile, which are for " + words.keySet());
    }
    return new Result.Category(word);
  }

  private DeviceException impossible(BigDecimal value, String what) {
    return DeviceException.corrupt(
        "its "
            + name
            + " ("
            + register.place()
            + ") is "
            + value.toPlainString()
            + ", which cannot be "
            + what
            + ": check the type and the byte order in its profile against its manual");
  }
}

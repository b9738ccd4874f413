package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.observation.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The results that a device's golden bytes mean, from a data sheet's example, a kernel driver's
 * output or an independent calculation; never from the class that is tested. Immutable.
 */
public final class Golden {

  private final Map<String, BiConsumer<String, Result>> expected;

  private Golden(Map<String, BiConsumer<String, Result>> expected) {
    this.expected = expected;
  }

  /** No results yet; add to it. */
  public static Golden results() {
    return new Golden(Map.of());
  }

  /**
   * A number.
   *
   * @param tolerance half of the last place that the source gives; 0 for exact
   */
  public Golden number(String output, double value, double tolerance) {
    return with(
        output,
        (name, result) -> {
          assertThat(result).as(name).isInstanceOf(Result.Measurement.class);
          assertThat(((Result.Measurement) result).value())
              .as(name)
              .isCloseTo(value, within(tolerance));
        });
  }

  /** Any other result. */
  public Golden result(String output, Result value) {
    return with(output, (name, result) -> assertThat(result).as(name).isEqualTo(value));
  }

  /** How many results there are. */
  public int size() {
    return expected.size();
  }

  void hold(Map<String, Result> results) {
    assertThat(results.keySet()).as("outputs that have a result").isEqualTo(expected.keySet());
    expected.forEach((name, check) -> check.accept(name, results.get(name)));
  }

  private Golden with(String output, BiConsumer<String, Result> check) {
    Map<String, BiConsumer<String, Result>> more = new LinkedHashMap<>(expected);
    more.put(output, check);
    return new Golden(more);
  }
}

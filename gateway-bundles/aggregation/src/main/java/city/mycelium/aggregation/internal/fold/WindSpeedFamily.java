package city.mycelium.aggregation.internal.fold;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Speeds of the wind: {@link WindSpeedFold}.
 *
 * @param resultsPerGust how many results there are in the 3 s of a gust; 0 if less than one
 */
public record WindSpeedFamily(int resultsPerGust) implements FoldFamily {

  private static final Duration GUST = Duration.ofSeconds(3);

  public WindSpeedFamily {
    if (resultsPerGust < 0) {
      throw new IllegalArgumentException(
          "there are 0 or more results in 3 s, not " + resultsPerGust);
    }
  }

  /** Of a sensor that tells gusts itself. */
  public static WindSpeedFamily ofGusts() {
    return new WindSpeedFamily(1);
  }

  /**
   * Of a sensor that tells means.
   *
   * @param samplingPeriod how often; null if nobody knows
   */
  public static WindSpeedFamily ofMeans(@Nullable Duration samplingPeriod) {
    if (samplingPeriod == null || samplingPeriod.compareTo(GUST) > 0) {
      return new WindSpeedFamily(0);
    }
    long results = GUST.dividedBy(samplingPeriod);
    boolean isWhole = samplingPeriod.multipliedBy(results).equals(GUST);
    return new WindSpeedFamily((int) Math.min(isWhole ? results : results + 1, 1_000));
  }

  @Override
  public String name() {
    return "wind-speed";
  }

  @Override
  public Fold begin() {
    return new WindSpeedFold(resultsPerGust);
  }

  @Override
  public Fold read(byte[] bytes) {
    return WindSpeedFold.read(bytes);
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public boolean mergesExactly() {
    return true;
  }
}

package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aMeasurementIsFinite(double value) {
    assertThatThrownBy(() -> new Measurement(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMeasurementKeepsEveryBit() {
    assertThat(new Measurement(-Double.MIN_VALUE).value()).isEqualTo(-Double.MIN_VALUE);
  }

  @Test
  void aCounterIsNeverNegative() {
    assertThat(new Counter(0).value()).isZero();
    assertThatThrownBy(() -> new Counter(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTextHasALimit() {
    String longest = "x".repeat(Text.MAX_CHARS);
    assertThat(new Text(longest).value()).isEqualTo(longest);
    assertThatThrownBy(() -> new Text(longest + "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCategoryIsAWord() {
    assertThat(new Category("occupied").value()).isEqualTo("occupied");
    assertThatThrownBy(() -> new Category("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Category("x".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"90.1, 0", "-90.1, 0", "0, 180.1", "0, -180.1", "NaN, 0", "0, NaN"})
  void aPositionIsOnEarth(double latitude, double longitude) {
    assertThatThrownBy(() -> new Position(latitude, longitude, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPositionMayBeAPoleAndBelowTheSea() {
    assertThat(new Position(-90, 180, -3.5).altitude()).isEqualTo(-3.5);
    assertThatThrownBy(() -> new Position(0, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSummaryTellsItsStatisticsByName() {
    Summary summary = Summary.ofNumbers(45, 60, 1, 2, 3, 1);
    assertThat(summary.value(Statistic.MEAN)).hasValue(2);
    assertThat(summary.value(Statistic.SD)).isEmpty();
    assertThat(summary.statistics().keySet())
        .containsExactly(Statistic.MAX, Statistic.MEAN, Statistic.MIN);
  }

  @Test
  void captureIsTheShareOfWhatWasExpected() {
    assertThat(Summary.ofNumbers(45, 60, 1, 2, 3, 1).capture()).hasValue(0.75);
    assertThat(Summary.ofNumbers(45, 0, 1, 2, 3, 1).capture()).isEmpty();
  }

  @Test
  void aSummaryOfNothingSaysThatNothingCame() {
    assertThat(new Summary(0, 60, new TreeMap<>(), false, 1).capture()).hasValue(0);
  }

  // A Summary is a value: what its maker does with the map afterwards is nobody's business.
  @Test
  void theStatisticsOfASummaryNeverChange() {
    TreeMap<Statistic, Double> map = new TreeMap<>(Map.of(Statistic.SUM, 1.0));
    Summary summary = new Summary(1, 0, map, true, 1);
    map.put(Statistic.SUM, 2.0);
    assertThat(summary.value(Statistic.SUM)).hasValue(1);
    assertThatThrownBy(() -> summary.statistics().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 10, 1, 2, 3, 1",
    "1, -1, 1, 2, 3, 1",
    "1, 10, 1, 2, 3, 0",
    "1, 10, 3, 2, 1, 1",
    "1, 10, 1, 4, 3, 1",
    "1, 10, 1, NaN, 3, 1",
    "1, 10, -Infinity, 2, 3, 1",
  })
  void aSummaryAddsUp(
      long count, long expected, double min, double mean, double max, int revision) {
    assertThatThrownBy(() -> Summary.ofNumbers(count, expected, min, mean, max, revision))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mean", "stay--mean", "-mean", "1p", "p99.9", "a_b"})
  void aStatisticHasAPlainName(String name) {
    assertThatThrownBy(() -> new Statistic(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStatisticHasTheUnitOfItsDatastreamOrItsOwn() {
    assertThat(Statistic.percentile(95).unitIn(Unit.DECIBEL)).isEqualTo(Unit.DECIBEL);
    assertThat(Statistic.STAY_MEAN.unitIn(Unit.ONE)).isEqualTo(Unit.SECOND);
    assertThatThrownBy(() -> Statistic.percentile(100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachShapeCallsItsOwnMethod() {
    List<Result> shapes =
        List.of(
            new Measurement(1),
            new Truth(true),
            new Text("t"),
            new Category("c"),
            new Counter(1),
            new Position(1, 1, null),
            Summary.ofNumbers(1, 1, 1, 1, 1, 1));
    assertThat(shapes.stream().map(shape -> shape.accept(new Namer())))
        .containsExactly("number", "truth", "text", "category", "counter", "position", "summary");
  }

  private static final class Namer implements Result.Visitor<String> {
    @Override
    public String number(Measurement result) {
      return "number";
    }

    @Override
    public String truth(Truth result) {
      return "truth";
    }

    @Override
    public String text(Text result) {
      return "text";
    }

    @Override
    public String category(Category result) {
      return "category";
    }

    @Override
    public String counter(Counter result) {
      return "counter";
    }

    @Override
    public String position(Position result) {
      return "position";
    }

    @Override
    public String summary(Summary result) {
      return "summary";
    }
  }
}

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
  void aSummaryOfOneResultIsThatResult() {
    assertThat(new Summary(1, 0, 5, 5, 5, 1).mean()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 1, 2, 3, 1",
    "1, -1, 1, 2, 3, 1",
    "1, 10, 1, 2, 3, 0",
    "1, 10, 3, 2, 1, 1",
    "1, 10, 1, 4, 3, 1",
    "1, 10, 1, NaN, 3, 1",
    "1, 10, -Infinity, 2, 3, 1",
  })
  void aSummaryAddsUp(
      long count, long expected, double min, double mean, double max, int revision) {
    assertThatThrownBy(() -> new Summary(count, expected, min, mean, max, revision))
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
            new Summary(1, 1, 1, 1, 1, 1));
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

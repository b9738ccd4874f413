package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatastreamTest {

  private static Datastream pressure(
      Unit unit, @Nullable Duration period, @Nullable Duration window) {
    return new Datastream(
        new DatastreamId("kit/Pres"),
        new ThingId("front"),
        new DeviceId("kit"),
        Vocabulary.AIR_PRESSURE,
        unit,
        period,
        window);
  }

  @Test
  void mayUseAnyUnitOfThePropertysKind() {
    assertThat(pressure(Unit.PASCAL, null, null).unit()).isEqualTo(Unit.PASCAL);
    assertThatThrownBy(() -> pressure(Unit.DEGREE_CELSIUS, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kit/Pres")
        .hasMessageContaining("air-pressure");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void hasPositivePeriodsAndWindows(long seconds) {
    Duration bad = Duration.ofSeconds(seconds);
    assertThatThrownBy(() -> pressure(Unit.PASCAL, bad, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pressure(Unit.PASCAL, null, bad))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void becomesAnAggregateWithTheWindowInItsName() {
    Datastream raw = pressure(Unit.PASCAL, Duration.ofSeconds(120), null);
    Datastream tenMinutes = raw.over(Duration.ofMinutes(10));
    assertThat(raw.isAggregate()).isFalse();
    assertThat(tenMinutes.isAggregate()).isTrue();
    assertThat(tenMinutes.id()).hasToString("kit/Pres/PT10M");
    assertThat(tenMinutes.samplingPeriod()).isEqualTo(Duration.ofSeconds(120));
  }

  @Test
  void isNeverAnAggregateOfAnAggregate() {
    Datastream tenMinutes = pressure(Unit.PASCAL, null, null).over(Duration.ofMinutes(10));
    assertThatThrownBy(() -> tenMinutes.over(Duration.ofHours(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPropertyNeedsANameADefinitionAndARange() {
    URI definition = URI.create("https://example.org/x");
    assertThat(new ObservedProperty("x", definition, Unit.ONE, 1, 1).plausibleMax()).isEqualTo(1);
    assertThatThrownBy(() -> new ObservedProperty("a b", definition, Unit.ONE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObservedProperty("x", URI.create("x"), Unit.ONE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObservedProperty("x", definition, Unit.ONE, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObservedProperty("x", definition, Unit.ONE, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

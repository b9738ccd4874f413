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

  // PT24H is a day too, but the days of a calendar have 23 and 25 hours as well.
  @Test
  void aWholeDayIsADayOfTheCalendar() {
    Datastream raw = pressure(Unit.PASCAL, null, null);
    assertThat(raw.over(Duration.ofDays(1)).id()).hasToString("kit/Pres/P1D");
    assertThat(raw.over(Duration.ofHours(12)).id()).hasToString("kit/Pres/PT12H");
  }

  @Test
  void anAggregateOfAnAggregateIsOverLongerWindows() {
    Datastream hours = pressure(Unit.PASCAL, null, null).over(Duration.ofHours(1));
    Datastream days = hours.over(Duration.ofHours(8)).over(Duration.ofDays(1));
    assertThat(days.id()).hasToString("kit/Pres/PT1H.PT8H.P1D");
    assertThat(days.rawId()).hasToString("kit/Pres");
    assertThatThrownBy(() -> hours.over(Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsItsOwnAggregatesByTheirNames() {
    Datastream raw = pressure(Unit.PASCAL, null, null);
    assertThat(raw.derived(new DatastreamId("kit/Pres/PT1H.PT8H")))
        .contains(raw.over(Duration.ofHours(1)).over(Duration.ofHours(8)));
    assertThat(raw.derived(new DatastreamId("kit/Pres/PT60M"))).isEmpty();
    assertThat(raw.derived(new DatastreamId("kit/PresX/PT1H"))).isEmpty();
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

  @Test
  void anAggregateOfWhatIsPersonalIsPersonal() {
    Datastream power =
        new Datastream(
            new DatastreamId("meter.1/power"),
            new ThingId("house"),
            new DeviceId("meter.1"),
            Vocabulary.ACTIVE_POWER,
            Unit.WATT,
            null,
            null,
            true);

    assertThat(power.over(Duration.ofMinutes(1)).over(Duration.ofHours(1)).personal()).isTrue();
    assertThat(pressure(Unit.PASCAL, null, null).over(Duration.ofHours(1)).personal()).isFalse();
  }
}

package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamiliesTest {

  private static final Result NUMBER = new Result.Measurement(50);
  private static final Result COUNTER = new Result.Counter(50);
  private static final Result OCCUPIED = new Result.Category("occupied");

  private final Families families = new Families(DayParts.of(ZoneId.of("Europe/Amsterdam")));

  private static Datastream datastream(ObservedProperty property, Unit unit, int periodSeconds) {
    return new Datastream(
        new DatastreamId("kit/channel"),
        new ThingId("house"),
        new DeviceId("kit"),
        property,
        unit,
        Duration.ofSeconds(periodSeconds),
        null);
  }

  private List<FoldFamily> of(ObservedProperty property) {
    return families.of(datastream(property, property.unit(), 60), OptionalLong.empty());
  }

  private List<String> names(ObservedProperty property) {
    return of(property).stream().map(FoldFamily::name).toList();
  }

  private static List<FoldFamily> accepting(List<FoldFamily> families, Result result) {
    return families.stream().filter(family -> family.begin().accepts(result)).toList();
  }

  @Test
  void everyPropertyHasItsFamilies() {
    assertThat(names(Vocabulary.LAEQ)).containsExactly("sound");
    assertThat(of(Vocabulary.LAMAX)).containsExactly(new NumbersFamily(Set.of(Statistic.MAX)));
    assertThat(of(Vocabulary.LAMIN)).containsExactly(new NumbersFamily(Set.of(Statistic.MIN)));
    assertThat(names(Vocabulary.WIND_DIRECTION)).containsExactly("wind-direction");
    assertThat(names(Vocabulary.WIND_SPEED)).containsExactly("wind-speed");
    assertThat(names(Vocabulary.WIND_GUST)).containsExactly("wind-speed");
    assertThat(names(Vocabulary.PARKING_SPOT_STATUS)).containsExactly("parking");
    assertThat(names(Vocabulary.VEHICLE_COUNT)).containsExactly("traffic", "counter");
    assertThat(names(Vocabulary.PEOPLE_COUNT)).containsExactly("traffic", "counter");
    assertThat(names(Vocabulary.PARKING_ENTRIES)).containsExactly("traffic", "counter");
    assertThat(names(Vocabulary.PARKING_EXITS)).containsExactly("traffic", "counter");
    assertThat(names(Vocabulary.VEHICLE_SPEED)).containsExactly("vehicle-speed");
    assertThat(names(Vocabulary.ENERGY_IMPORT)).containsExactly("counter", "numbers");
    assertThat(names(Vocabulary.ENERGY_EXPORT)).containsExactly("counter", "numbers");
  }

  @Test
  void whatIsNotInTheTableIsNothingInParticular() {
    assertThat(of(Vocabulary.NO2)).isEmpty();
    assertThat(of(Vocabulary.RAIN_AMOUNT)).isEmpty();
  }

  @Test
  void theResultsOfADetectorTellHowItCounts() {
    assertThat(accepting(of(Vocabulary.VEHICLE_COUNT), NUMBER))
        .containsExactly(new TrafficFamily(Duration.ofSeconds(60)));
    assertThat(accepting(of(Vocabulary.VEHICLE_COUNT), COUNTER))
        .containsExactly(Families.counter(Unit.ONE, OptionalLong.empty()));
  }

  @Test
  void atMostOneFamilyRemembersSoThatTheEdgeIsItsOwn() {
    for (ObservedProperty property : Vocabulary.all()) {
      assertThat(of(property).stream().filter(FoldFamily::remembers))
          .as(property.name())
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void noResultIsForTwoFamilies() {
    for (ObservedProperty property : Vocabulary.all()) {
      for (Result result : List.of(NUMBER, COUNTER, OCCUPIED, new Result.Truth(true))) {
        assertThat(accepting(of(property), result))
            .as("%s %s", property.name(), result)
            .hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void whatIsKeptUnderANameIsReadByTheFamilyOfThatName() {
    Map<String, Class<?>> classes = new HashMap<>();
    for (ObservedProperty property : Vocabulary.all()) {
      for (FoldFamily family : of(property)) {
        Class<?> kind = family.begin().getClass();
        assertThat(classes.getOrDefault(family.name(), kind)).isEqualTo(kind);
        classes.put(family.name(), kind);
      }
    }
    assertThat(classes).containsKeys("sound", "parking", "counter", "traffic");
  }

  @Test
  void gustsAreOfThreeSecondsWhereTheSensorIsQuickEnough() {
    assertThat(
            families.of(
                datastream(Vocabulary.WIND_SPEED, Unit.METRE_PER_SECOND, 1), OptionalLong.empty()))
        .containsExactly(new WindSpeedFamily(3));
    assertThat(of(Vocabulary.WIND_SPEED)).containsExactly(new WindSpeedFamily(0));
    assertThat(of(Vocabulary.WIND_GUST)).containsExactly(new WindSpeedFamily(1));
  }

  @Test
  void aCounterKnowsItsModulusAndWhetherItsUnitHasARate() {
    Datastream wattHours = datastream(Vocabulary.ENERGY_IMPORT, Unit.WATT_HOUR, 10);
    Datastream kilowattHours = datastream(Vocabulary.ENERGY_IMPORT, Unit.KILOWATT_HOUR, 10);

    assertThat(families.of(wattHours, OptionalLong.of(65_536)))
        .contains(new CounterFamily(new CounterRules(OptionalLong.of(65_536), true)));
    assertThat(families.of(kilowattHours, OptionalLong.empty()))
        .contains(new CounterFamily(new CounterRules(OptionalLong.empty(), false)));
  }

  @Test
  void whereARateIsGivenItsUnitIsThatOfTheCounterPerHour() {
    assertThat(Statistic.PER_HOUR.unitIn(Unit.ONE)).isEqualTo(Unit.PER_HOUR);
    assertThat(Statistic.PER_HOUR.unitIn(Unit.MILLIMETRE)).isEqualTo(Unit.MILLIMETRE_PER_HOUR);
    assertThat(Statistic.PER_HOUR.unitIn(Unit.WATT_HOUR)).isEqualTo(Unit.WATT);
  }

  @Test
  void whoeverHasACompanionIsSummedUpInPairsAndNobodyElse() {
    Set<ObservedProperty> paired = new HashSet<>();
    Set<ObservedProperty> accompanied = new HashSet<>();
    for (ObservedProperty property : Vocabulary.all()) {
      if (of(property).stream().anyMatch(family -> family.begin() instanceof Paired)) {
        paired.add(property);
      }
      Families.companionOf(property).ifPresent(companion -> accompanied.add(property));
    }

    assertThat(paired)
        .isEqualTo(accompanied)
        .containsExactlyInAnyOrder(Vocabulary.WIND_DIRECTION, Vocabulary.VEHICLE_SPEED);
    assertThat(Families.companionOf(Vocabulary.WIND_DIRECTION)).contains(Vocabulary.WIND_SPEED);
    assertThat(Families.companionOf(Vocabulary.VEHICLE_SPEED)).contains(Vocabulary.VEHICLE_COUNT);
  }
}

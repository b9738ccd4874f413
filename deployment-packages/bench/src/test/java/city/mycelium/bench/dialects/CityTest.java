package city.mycelium.bench.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CityTest {

  @Test
  void theSameSeedGivesTheSameCityHoweverItIsCut() {
    City whole = new City(3, of -> true);
    City parts = new City(3, of -> true);
    List<Described> expected = whole.next(500);
    assertThat(parts.next(123)).isEqualTo(expected.subList(0, 123));
    assertThat(parts.next(377)).isEqualTo(expected.subList(123, 500));
    assertThat(new City(4, of -> true).next(500)).isNotEqualTo(expected); // control
  }

  @Test
  void allOfItSpeaksWithinAnHourInAscendingOffsetsWithoutHoles() {
    City city = new City(3, of -> true);
    List<Described> told = city.next(3_000);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).observation().identity().offset()).isEqualTo(i + 1);
    }
    Set<DatastreamId> heard =
        told.stream().map(each -> each.datastream().id()).collect(Collectors.toSet());
    assertThat(heard)
        .containsExactlyInAnyOrderElementsOf(
            city.datastreams().stream().map(Datastream::id).toList());
  }

  @Test
  void whatIsNotSelectedIsNotTold() {
    City city = new City(3, Datastream::isAggregate);
    assertThat(city.next(200))
        .allMatch(each -> each.datastream().isAggregate())
        .allMatch(each -> each.observation().result() instanceof Result.Summary);
    assertThat(city.catalogue().things()).hasSize(6); // four fronts, a lamp, a road
  }

  /** By hand: 60, 70 and 80 dB are 75.7 dB; a counter grows from window to window. */
  @Test
  void windowsSayWhatTheirKindSays() {
    City city = new City(3, of -> true);
    Window noise = new Window(stream(city, "noise.7/LAeq/PT10M"), Window.Kind.NOISE, 1);
    List.of(60.0, 70.0, 80.0).forEach(level -> noise.take(new Result.Measurement(level)));
    assertThat(noise.close().statistics().get(Statistic.LAEQ)).isBetween(75.6, 75.7);
    Window cars = new Window(stream(city, "traffic.4/cars/PT10M"), Window.Kind.COUNT, 1);
    cars.take(new Result.Counter(100));
    cars.take(new Result.Counter(130));
    assertThat(cars.close().statistics()).containsEntry(Statistic.DELTA, 30.0);
    cars.take(new Result.Counter(150));
    assertThat(cars.close().statistics())
        .containsEntry(Statistic.DELTA, 20.0)
        .containsEntry(Statistic.PER_HOUR, 120.0);
  }

  private static Datastream stream(City city, String id) {
    return city.datastreams().stream()
        .filter(of -> of.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }
}

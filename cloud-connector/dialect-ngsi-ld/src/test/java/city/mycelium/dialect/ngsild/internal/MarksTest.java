package city.mycelium.dialect.ngsild.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.testkit.dialect.SampleCity;
import org.junit.jupiter.api.Test;

/** What a city of more attributes than the state has room for keeps of them. */
class MarksTest {

  /** The {@code number}th attribute, at its own time. */
  private static Value value(int number, long at) {
    Described sample = SampleCity.observations().get(0);
    return new Value(
        "urn:ngsi-ld:AirQualityObserved:" + number,
        Attribute.unknown("AirQualityObserved", "no2"),
        new Described(
            new Observation(
                new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, number),
                sample.datastream().id(),
                PhenomenonTime.at(at),
                new Result.Measurement(1),
                Quality.GOOD,
                at),
            sample.datastream(),
            sample.thing()),
        1.0,
        null);
  }

  @Test
  void beyondTheMostTheOldestAreForgotten() {
    Marks marks = new Marks();
    for (int number = 1; number <= 2_500; number++) {
      marks.sent(value(number, SampleCity.NOON + number));
    }
    byte[] state = marks.bytes();
    Marks kept = Marks.of(state);
    assertThat(state).hasSize(5 + 2_000 * 36);
    assertThat(kept.arePast(value(500, 0))).isFalse();
    assertThat(kept.arePast(value(501, 0))).isTrue();
    assertThat(kept.arePast(value(2_500, 0))).isTrue();
  }
}

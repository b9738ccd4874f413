package city.mycelium.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestRevisionsTest {

  private static final long HOUR = 3_600_000;
  private static final Datastream STREAM =
      new Datastream(
              new DatastreamId("kit/NO2"),
              new ThingId("front"),
              new DeviceId("kit"),
              Vocabulary.NO2,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              null,
              null)
          .over(Duration.ofHours(1));

  private static Described window(long number, int revision) {
    return new Described(
        new Observation(
            new Identity(new GatewayId("mushroomgatewaymushroom234"), 7, 1),
            STREAM.id(),
            PhenomenonTime.between(number * HOUR, (number + 1) * HOUR),
            Summary.ofNumbers(60, 60, 1, 2, 3, revision),
            Quality.GOOD,
            0),
        STREAM,
        new KnownThing(STREAM.thing(), "Front", null));
  }

  @Test
  void aLowerRevisionThatComesLaterIsSuperseded() {
    LatestRevisions latest = LatestRevisions.of(new byte[0]);
    latest.tell(List.of(window(1, 3)));
    LatestRevisions later = LatestRevisions.of(latest.toBytes());
    assertThat(later.isSuperseded(window(1, 2))).isTrue();
    assertThat(later.isSuperseded(window(1, 3))).as("a repeat").isFalse();
    assertThat(later.isSuperseded(window(1, 4))).isFalse();
    assertThat(later.isSuperseded(window(2, 1))).as("another window").isFalse();
  }

  /** A lower one that is told all the same must not lower what is known. */
  @Test
  void theHighestIsRememberedWhateverTheOrder() {
    LatestRevisions latest = LatestRevisions.of(new byte[0]);
    latest.tell(List.of(window(1, 5), window(1, 2)));
    assertThat(latest.isSuperseded(window(1, 4))).isTrue();
  }

  @Test
  void itStaysSmallAndForgetsTheOldest() {
    LatestRevisions latest = LatestRevisions.of(new byte[0]);
    for (int number = 0; number < 2_000; number++) {
      latest.tell(List.of(window(number, 2)));
    }
    assertThat(latest.toBytes()).hasSizeLessThan(10_000);
    assertThat(latest.isSuperseded(window(1_999, 1))).isTrue();
    assertThat(latest.isSuperseded(window(3, 1))).isFalse();
  }

  @Test
  void anyOtherStateIsBegunAnew() {
    for (byte[] state :
        List.of(new byte[] {1}, new byte[16], "what is this".getBytes(StandardCharsets.UTF_8))) {
      assertThat(LatestRevisions.of(state).toBytes()).hasSize(4);
    }
  }
}

package city.mycelium.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {

  // What the log says at each change: who reads it must see what was let go.
  @Test
  void itIsDescribedWithEverythingThatItLetsGo() {
    assertThat(grant(Duration.ZERO).describe())
        .isEqualTo("alice lets city have [kit.1/*, kit.2/PM25] raw until 2027-01-01T00:00:00Z");
    assertThat(grant(Duration.ofMinutes(10)).describe())
        .isEqualTo(
            "alice lets city have [kit.1/*, kit.2/PM25] as aggregates of at least PT10M until"
                + " 2027-01-01T00:00:00Z");
  }

  @Test
  void whoLetsGoOfWhatIsPersonalReadsIt() {
    assertThat(
            new Grant(
                    new PartyId("alice"),
                    new PartyId("city"),
                    List.of(new DatastreamPattern("*")),
                    Duration.ZERO,
                    true,
                    Instant.parse("2027-01-01T00:00:00Z").toEpochMilli(),
                    new LocationPrecision(3),
                    "research")
                .describe())
        .contains("raw, what is personal by nature too, until");
  }

  // Every window would be coarse enough for it.
  @Test
  void aResolutionIsNotNegative() {
    assertThatThrownBy(() -> grant(Duration.ofMinutes(-10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatItNamesCannotBeAddedToAfterwards() {
    List<DatastreamPattern> patterns = new ArrayList<>();
    Grant grant = grant(Duration.ZERO, patterns);

    patterns.add(new DatastreamPattern("*"));

    assertThat(grant.datastreams()).isEmpty();
  }

  private static Grant grant(Duration resolution) {
    return grant(
        resolution, List.of(new DatastreamPattern("kit.1/*"), new DatastreamPattern("kit.2/PM25")));
  }

  private static Grant grant(Duration resolution, List<DatastreamPattern> patterns) {
    return new Grant(
        new PartyId("alice"),
        new PartyId("city"),
        patterns,
        resolution,
        false,
        Instant.parse("2027-01-01T00:00:00Z").toEpochMilli(),
        new LocationPrecision(3),
        "air quality");
  }
}

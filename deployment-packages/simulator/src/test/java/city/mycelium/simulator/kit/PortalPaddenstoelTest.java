package city.mycelium.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PortalPaddenstoelTest {

  private static final long NOW = Instant.parse("2026-11-23T15:00:40Z").toEpochMilli();

  private final PortalPaddenstoel kit =
      new PortalPaddenstoel(
          "senshagen", "77", Duration.ofSeconds(2), Duration.ofHours(2), Kits.probes(Kits.ALL));

  @Test
  void firstDeliversTheMinutesOfTheHoursThatItWasOffline() {
    List<Post> posts = kit.measure(NOW);

    assertThat(posts).hasSize(4);
    List<String> lines = posts.stream().flatMap(post -> post.body().lines()).toList();
    assertThat(lines).hasSize(120);
    assertThat(lines.get(0))
        .contains("timestamp_from=\"2026-11-23T13:00:00Z\",timestamp_to=\"2026-11-23T13:01:00Z\"");
    assertThat(lines.get(119)).contains("timestamp_to=\"2026-11-23T15:00:00Z\"");
  }

  @Test
  void everyMinuteIsThereOnce() {
    List<Long> minutes =
        kit.measure(NOW).stream()
            .flatMap(post -> post.values().stream())
            .filter(value -> value.datastream().equals("m_senshagen.77/PM2.5"))
            .map(PostedValue::from)
            .toList();

    assertThat(minutes).hasSize(120).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void thenGoesOnWhereItStoppedInItsOwnPeriod() {
    kit.measure(NOW);

    List<Post> next = kit.measure(NOW + 2_000);

    String lines = next.stream().map(Post::body).collect(Collectors.joining("\n"));
    assertThat(lines.lines()).hasSize(21);
    assertThat(lines)
        .contains("timestamp_from=\"2026-11-23T15:00:00Z\",timestamp_to=\"2026-11-23T15:00:02Z\"");
    assertThat(kit.measure(NOW + 2_500)).isEmpty();
  }

  /** The shape that the public bridges to the portal write. */
  @Test
  void namesUnitAndSensorTypeBesideEveryValue() {
    String line = kit.measure(NOW).get(0).body().lines().findFirst().orElseThrow();

    assertThat(line).startsWith("m_senshagen,id=77 lat=52.8,lon=5.35,");
    assertThat(line)
        .containsPattern(
            ",PM2\\.5=\\d+\\.\\d\\d,PM2\\.5-eenheid=\"ug/m3\",PM2\\.5-meetopstelling=\"SDS011\"");
  }
}

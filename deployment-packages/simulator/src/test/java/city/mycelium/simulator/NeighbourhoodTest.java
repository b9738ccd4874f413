package city.mycelium.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.kit.Post;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

  private static final long NOW = 1_795_000_000_000L;

  private final Neighbourhood neighbourhood = new Neighbourhood(1, 40, NOW);

  /** What the issue asks of the demo. */
  @Test
  void hasAtLeastTwelveDevicesOfFourKinds() {
    List<Resident> residents = neighbourhood.residents();

    assertThat(residents).hasSizeGreaterThanOrEqualTo(12);
    assertThat(residents)
        .extracting(Resident::kind)
        .contains("paddenstoel", "airrohr", "sds011", "gnss", "lorawan-parking", "lorawan-bin");
    assertThat(residents).extracting(Resident::device).doesNotHaveDuplicates();
  }

  @Test
  void oneOfThemIsAStranger() {
    assertThat(neighbourhood.residents()).filteredOn(resident -> !resident.adopted()).hasSize(1);
  }

  @Test
  void theSameSeedGivesTheSameNeighbourhoodAndAnotherAnother() {
    assertThat(firstBodies(1)).isEqualTo(firstBodies(1)).isNotEqualTo(firstBodies(2));
  }

  @Test
  void theSpeedUpShortensOnlyThePeriods() {
    Neighbourhood inLife = new Neighbourhood(1, 1, NOW);

    assertThat(inLife.wifi().get(0).kit().period()).hasSeconds(120);
    assertThat(neighbourhood.wifi().get(0).kit().period()).hasSeconds(3);
    assertThat(firstBodies(1))
        .isEqualTo(inLife.wifi().get(0).kit().measure(NOW).stream().map(Post::body).toList());
  }

  private static List<String> firstBodies(long seed) {
    return new Neighbourhood(seed, 40, NOW)
        .wifi().get(0).kit().measure(NOW).stream().map(Post::body).toList();
  }
}

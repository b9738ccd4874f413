package city.mycelium.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultyKitsTest {

  private static Kit healthy() {
    return new Paddenstoel("9", Duration.ofMinutes(2), Kits.probes(Kits.ALL), new Random(1));
  }

  @Test
  void aGarbledKitAddsRubbishBehindAGoodLineNowAndThen() {
    GarbledKit kit = new GarbledKit(healthy(), new Random(1), 3);

    List<Post> posts = IntStream.range(0, 60).mapToObj(i -> kit.measure(Kits.NOW).get(0)).toList();

    List<Post> garbled = posts.stream().filter(post -> post.body().contains("\n{")).toList();
    assertThat(garbled).hasSizeBetween(8, 40);
    assertThat(garbled).allSatisfy(post -> assertThat(post.body()).startsWith("paddenstoel,id=9 "));
  }

  @Test
  void aSilencedKitIsNeverHeardOfAgain() {
    SilencedKit kit = new SilencedKit(healthy(), 2);

    assertThat(kit.measure(Kits.NOW)).isNotEmpty();
    assertThat(kit.measure(Kits.NOW)).isNotEmpty();
    assertThat(kit.measure(Kits.NOW)).isEmpty();
    assertThat(kit.measure(Kits.NOW)).isEmpty();
  }
}

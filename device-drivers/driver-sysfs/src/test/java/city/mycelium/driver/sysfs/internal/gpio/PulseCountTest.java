package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.sysfs.internal.gpio.PulseCount.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseCountTest {

  private static final long MILLI = 1_000_000;

  @Test
  void everyEdgeIsAPulseWhereNoGapIsSet() {
    assertThat(new PulseCount(0).count(edges(0, 1, 2, 3))).isEqualTo(new Tally(4, 0, 0));
  }

  // A bucket that tips swings the magnet past the reed twice; it cannot tip again in 100 ms.
  @Test
  void aTrainOfBouncesIsOnePulse() {
    PulseCount count = new PulseCount(100 * MILLI);

    assertThat(count.count(edges(1000, 1008, 1021, 1099))).isEqualTo(new Tally(1, 3, 0));
    assertThat(count.count(List.of(new Edge(1100 * MILLI, 5)))).isEqualTo(new Tally(1, 0, 0));
  }

  // The gap is counted from the last pulse, not from the last bounce: else a contact that never
  // comes to rest would hide all pulses.
  @Test
  void bouncesDoNotPutOffTheNextPulse() {
    assertThat(new PulseCount(100 * MILLI).count(edges(0, 60, 120, 180, 240)))
        .isEqualTo(new Tally(3, 2, 0));
  }

  @Test
  void aTrainThatIsReadInTwoPartsIsTheSame() {
    PulseCount count = new PulseCount(100 * MILLI);
    count.count(edges(0, 10));

    assertThat(count.count(List.of(new Edge(20 * MILLI, 3)))).isEqualTo(new Tally(0, 1, 0));
  }

  // gpio_v2_line_event.line_seqno: the kernel has counted what it could not keep.
  @Test
  void edgesThatWereNotKeptCount() {
    PulseCount count = new PulseCount(0);
    count.count(edges(0, 1));

    assertThat(count.count(List.of(new Edge(50 * MILLI, 10), new Edge(51 * MILLI, 11))))
        .isEqualTo(new Tally(9, 0, 7));
  }

  @Test
  void theFirstEdgeMayBeMissingToo() {
    assertThat(new PulseCount(0).count(List.of(new Edge(0, 4)))).isEqualTo(new Tally(4, 0, 3));
  }

  // __u32 line_seqno goes on at 0.
  @Test
  void theNumberMayGoRound() {
    PulseCount count = new PulseCount(0);
    count.count(List.of(new Edge(0, 0xFFFF_FFFFL)));

    assertThat(count.count(List.of(new Edge(MILLI, 0), new Edge(2 * MILLI, 1))))
        .isEqualTo(new Tally(2, 0, 0));
  }

  private static List<Edge> edges(long... millis) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < millis.length; i++) {
      edges.add(new Edge(millis[i] * MILLI, i + 1));
    }
    return edges;
  }
}

package city.mycelium.driver.lorawan.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceLanesTest {

  private static final Eui SLOW = new Eui(1);
  private static final Eui OTHER = new Eui(2);

  private final Deque<Runnable> workers = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final DeviceLanes lanes = new DeviceLanes(workers::add, 3, 5);

  private boolean offer(Eui device, String what) {
    return lanes.offer(device, () -> done.add(what));
  }

  private void work() {
    while (!workers.isEmpty()) {
      workers.poll().run();
    }
  }

  /** Ten slow uplinks of one device must not stand before the one of another. */
  @Test
  void devicesTakeTurns() {
    offer(SLOW, "slow 1");
    offer(SLOW, "slow 2");
    offer(SLOW, "slow 3");
    offer(OTHER, "other 1");
    work();

    assertThat(done).containsExactly("slow 1", "other 1", "slow 2", "slow 3");
  }

  @Test
  void aDeviceHasOneThreadAtMost() {
    offer(SLOW, "slow 1");
    offer(SLOW, "slow 2");

    assertThat(workers).hasSize(1);
  }

  @Test
  void noDeviceFillsTheRoomOfAllAndTheRoomHasAnEnd() {
    for (int i = 0; i < 3; i++) {
      assertThat(offer(SLOW, "slow")).isTrue();
    }
    assertThat(offer(SLOW, "too much")).isFalse();
    assertThat(offer(OTHER, "other")).isTrue();
    assertThat(offer(OTHER, "other")).isTrue();
    assertThat(offer(new Eui(3), "no room")).isFalse();

    work();
    assertThat(done).hasSize(5);
    assertThat(offer(SLOW, "again")).isTrue();
  }

  @Test
  void aTaskThatThrowsCostsNoOther() {
    lanes.offer(
        SLOW,
        () -> {
          throw new IllegalStateException("broken");
        });
    offer(SLOW, "next");

    try {
      workers.poll().run();
    } catch (IllegalStateException e) {
      done.add(e.getMessage());
    }
    work();

    assertThat(done).containsExactly("broken", "next");
  }
}

package city.mycelium.driver.lorawan.internal.station;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/**
 * Whatever a station says: no fault. The corpus beside it is kept: each line is a message that once
 * was, or could have been, trouble.
 */
class StationFuzzTest {

  private static final List<String> CORPUS = corpus();
  private static final Request.Data DATA = new Request.Data(new Eui(1));
  private static final Peer NOBODY =
      new Peer() {
        @Override
        public String address() {
          return "127.0.0.1";
        }

        @Override
        public void send(String text) {}

        @Override
        public void close(String why) {}
      };

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final Stations stations =
      new Stations(
          StationSettings.usual(),
          Plan.eu868(),
          (uplink, by) -> assertThat(uplink.phyPayload()).hasSizeBetween(1, 255),
          clock,
          clock,
          new HandScheduler(clock),
          0,
          new RecordingLogger());

  private static List<String> corpus() {
    try (InputStream in = StationFuzzTest.class.getResourceAsStream("corpus/messages.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError("the corpus cannot be read", e);
    }
  }

  private void feed(String message) {
    try {
      stations.knocked("/router/::1", "", "127.0.0.1");
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
    stations.opened(NOBODY, DATA);
    stations.said(NOBODY, DATA, message, "ws://g");
    stations.said(NOBODY, new Request.Discovery(), message, "ws://g");
    assertThat(stations.status().refused()).doesNotContainKey(Refusal.FAULT);
  }

  @Test
  void theCorpusMeetsNoFault() {
    assertThat(CORPUS).hasSizeGreaterThan(15);
    CORPUS.forEach(this::feed);
    assertThat(stations.status().stations().get(0).uplinks()).isEqualTo(4);
  }

  @Property
  void anyTextMeetsNoFault(@ForAll @StringLength(max = 100) String text) {
    feed(text);
  }

  @Property
  void aMessageWithChangedLettersMeetsNoFault(
      @ForAll @IntRange(max = 1_000) int which,
      @ForAll @Size(min = 1, max = 6) int[] places,
      @ForAll @IntRange(min = 32, max = 126) int change) {
    StringBuilder changed = new StringBuilder(CORPUS.get(which % CORPUS.size()));
    for (int place : places) {
      changed.setCharAt(Math.floorMod(place, changed.length()), (char) change);
    }
    feed(changed.toString());
  }

  @Property
  void aMessageCutAnywhereMeetsNoFault(
      @ForAll @IntRange(max = 1_000) int which, @ForAll @IntRange(max = 500) int length) {
    String seed = CORPUS.get(which % CORPUS.size());
    feed(seed.substring(0, Math.min(length, seed.length())));
  }
}

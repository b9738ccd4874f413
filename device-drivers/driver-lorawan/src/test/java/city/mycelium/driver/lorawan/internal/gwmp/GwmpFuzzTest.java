package city.mycelium.driver.lorawan.internal.gwmp;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes: no fault, and every datagram is counted either as used or as refused. The corpus
 * beside it is kept: each line is a datagram in hex that once was, or could have been, trouble.
 */
class GwmpFuzzTest {

  private static final List<byte[]> CORPUS = corpus();
  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final Forwarders forwarders =
      new Forwarders(
          GwmpSettings.usual(),
          new Recorder(),
          (datagram, to) -> {},
          clock,
          new HandScheduler(clock),
          0,
          new RecordingLogger());

  private static List<byte[]> corpus() {
    try {
      return Golden.text("corpus/datagrams.hex")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(HexFormat.of()::parseHex)
          .toList();
    } catch (IOException e) {
      throw new AssertionError("the corpus cannot be read", e);
    }
  }

  private void feed(byte[] datagram) {
    forwarders.received(
        ByteBuffer.wrap(datagram), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    assertThat(forwarders.status().refused()).doesNotContainKey(Refusal.FAULT);
  }

  @Test
  void theCorpusMeetsNoFault() {
    assertThat(CORPUS).hasSizeGreaterThan(10);
    CORPUS.forEach(this::feed);
  }

  @Property
  void randomBytesMeetNoFault(@ForAll @Size(max = 300) byte[] bytes) {
    feed(bytes);
  }

  @Property
  void aDatagramCutAnywhereMeetsNoFault(
      @ForAll @IntRange(max = 1_000) int which, @ForAll @IntRange(max = 2_000) int length) {
    byte[] seed = CORPUS.get(which % CORPUS.size());
    feed(Arrays.copyOf(seed, Math.min(length, seed.length)));
  }

  @Property
  void aDatagramWithChangedBytesMeetsNoFault(
      @ForAll @IntRange(max = 1_000) int which,
      @ForAll @Size(min = 1, max = 6) int[] places,
      @ForAll byte change) {
    byte[] changed = CORPUS.get(which % CORPUS.size()).clone();
    for (int place : places) {
      if (changed.length > 0) {
        changed[Math.floorMod(place, changed.length)] = change;
      }
    }
    feed(changed);
  }
}

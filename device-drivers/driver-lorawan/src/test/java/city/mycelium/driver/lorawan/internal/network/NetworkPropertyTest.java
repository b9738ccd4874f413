package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds whatever is heard, and whenever the power is cut. */
class NetworkPropertyTest {

  /** What happens next. */
  enum Event {
    SPEAK,
    REPEAT,
    LOSE,
    REPLAY,
    SYNC,
    POWER_CUT,
    STORE_BREAKS,
    STORE_WORKS
  }

  /**
   * A device sends each frame until it is acknowledged or it gives up; the store is slow, breaks,
   * and loses what it had not synced. Then: every key stands for one payload, every acknowledged
   * frame was delivered, and no downlink counter comes twice (the virtual device would object). The
   * device listens in its windows only: an ACK of LoRaWAN 1.0.x does not say which frame it is for.
   */
  @Property(tries = 300)
  void acknowledgedIsDeliveredAndAKeyIsOneFrame(@ForAll @Size(max = 60) List<Event> events)
      throws FrameException {
    Desk desk = new Desk();
    VirtualDevice device = VirtualDevice.abp(1, 7);
    desk.devices.add(device.registered(Version.V1_0_4, false, false));
    desk.store.isHeld = true;
    List<byte[]> sent = new ArrayList<>();
    Set<String> acknowledged = new HashSet<>();
    String last = "";
    long spokeAtNanos = 0;
    for (Event event : events) {
      switch (event) {
        case SPEAK -> {
          last = "frame " + device.fCntUp;
          sent.add(device.confirmed(last));
          spokeAtNanos = desk.clock.monotonicNanos();
          desk.hear(sent.get(sent.size() - 1));
        }
        case REPEAT -> {
          if (!sent.isEmpty()) {
            spokeAtNanos = desk.clock.monotonicNanos();
            desk.hear(sent.get(sent.size() - 1));
          }
        }
        case LOSE -> device.confirmed("nobody hears this");
        case REPLAY -> {
          if (sent.size() > 1) {
            desk.scheduler.pass(Duration.ofSeconds(10));
            desk.hear(sent.get(0));
          }
        }
        case SYNC -> {
          desk.store.sync();
          desk.scheduler.runDue();
        }
        case POWER_CUT -> desk.restart();
        case STORE_BREAKS -> desk.store.isBroken = true;
        case STORE_WORKS -> desk.store.isBroken = false;
      }
      for (var downlink : desk.north.downlinks) {
        boolean listens =
            desk.clock.monotonicNanos() - spokeAtNanos < Duration.ofSeconds(2).toNanos();
        if (device.understand(downlink.phyPayload()).ack() && listens) {
          acknowledged.add(last);
        }
      }
      desk.north.downlinks.clear();
    }
    Map<String, String> byKey = new HashMap<>();
    Set<String> delivered = new HashSet<>();
    for (int i = 0; i < desk.delivery.payloads.size(); i++) {
      String said = desk.said(i);
      delivered.add(said);
      assertThat(byKey.putIfAbsent(desk.delivery.payloads.get(i).sourceKey(), said))
          .satisfiesAnyOf(
              before -> assertThat(before).isNull(), before -> assertThat(before).isEqualTo(said));
    }
    assertThat(delivered).hasSameSizeAs(byKey.keySet());
    assertThat(delivered).containsAll(acknowledged);
  }

  /** Bytes from anywhere: counted, and that is all. */
  @Property(tries = 300)
  void whateverIsHeardIsCounted(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> frames) {
    Desk desk = new Desk();
    desk.devices.add(VirtualDevice.abp(1, 0).registered());
    desk.devices.add(VirtualDevice.otaa(2).registered());
    for (byte[] frame : frames) {
      desk.hear(frame);
    }
    NetworkSnapshot snapshot = desk.snapshot();
    assertThat(snapshot.refusals().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(frames.size());
    assertThat(desk.delivery.payloads).isEmpty();
    assertThat(desk.store.writes).isEmpty();
  }
}

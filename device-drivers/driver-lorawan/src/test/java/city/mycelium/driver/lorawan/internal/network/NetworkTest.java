package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uplinks, lockstep: a device speaks, the network acts, the test looks. */
class NetworkTest {

  private final Desk desk = new Desk();
  private final VirtualDevice device = VirtualDevice.abp(1, 0x01020304);

  @BeforeEach
  void register() {
    desk.devices.add(device.registered());
  }

  private void register(Version version, boolean resetsCounters) {
    desk.devices.add(device.registered(version, false, resetsCounters));
  }

  @Test
  void whatADeviceSaysIsDeliveredInPlain() {
    desk.hear(device.unconfirmed("occupied"));
    Payload payload = desk.delivery.payloads.get(0);
    assertThat(desk.said(0)).isEqualTo("occupied");
    assertThat(payload.device().devEui()).isEqualTo(device.devEui);
    assertThat(payload.fPort()).isEqualTo(1);
    assertThat(payload.fCnt()).isZero();
    assertThat(payload.framesLost()).isZero();
    assertThat(payload.battery()).isNaN();
    assertThat(desk.north.downlinks).as("nobody asked for an answer").isEmpty();
  }

  /** A crash between the counter and the delivery loses nothing: the frame may come again. */
  @Test
  void counterIsStoredBeforeAnythingActs() {
    desk.store.isHeld = true;
    byte[] frame = device.confirmed("one");
    desk.hear(frame);
    assertThat(desk.delivery.payloads).isEmpty();
    assertThat(desk.north.downlinks).isEmpty();
    desk.store.sync();
    desk.scheduler.runDue();
    assertThat(desk.delivery.payloads).hasSize(1);
    assertThat(desk.north.downlinks).hasSize(1);
  }

  /** Writes do not wait for each other: the store can commit many at once. */
  @Test
  void nothingWaitsForTheStore() {
    desk.store.isHeld = true;
    for (int i = 0; i < 100; i++) {
      desk.hear(device.unconfirmed("n" + i));
    }
    assertThat(desk.store.writes).hasSize(100);
    desk.store.sync();
    desk.scheduler.runDue();
    assertThat(desk.delivery.payloads).hasSize(100);
    assertThat(desk.said(99)).isEqualTo("n99");
  }

  @Test
  void frameWhoseCounterIsNotStoredIsNotTakenAndMayComeAgain() {
    desk.store.isBroken = true;
    byte[] frame = device.unconfirmed("one");
    desk.hear(frame);
    assertThat(desk.delivery.payloads).isEmpty();
    assertThat(desk.refused(Refusal.STORAGE)).isEqualTo(1);
    desk.store.isBroken = false;
    desk.hear(frame);
    assertThat(desk.said(0)).isEqualTo("one");
  }

  @Test
  void retransmissionIsDeliveredUnderTheSameKey() {
    byte[] frame = device.unconfirmed("one");
    desk.hear(frame);
    desk.scheduler.pass(Duration.ofSeconds(3));
    desk.hear(frame);
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.delivery.payloads).hasSize(3);
    String first = desk.delivery.payloads.get(0).sourceKey();
    assertThat(desk.delivery.payloads.get(1).sourceKey()).isEqualTo(first);
    assertThat(desk.delivery.payloads.get(2).sourceKey()).isNotEqualTo(first);
    assertThat(desk.snapshot().retransmissions()).isEqualTo(1);
    assertThat(desk.snapshot().frames()).isEqualTo(2);
  }

  @Test
  void retransmissionIsKnownAfterARestartToo() {
    byte[] frame = device.unconfirmed("one");
    desk.hear(frame);
    desk.restart();
    desk.hear(frame);
    assertThat(desk.delivery.payloads).hasSize(2);
    assertThat(desk.delivery.payloads.get(1).sourceKey())
        .isEqualTo(desk.delivery.payloads.get(0).sourceKey());
  }

  @Test
  void oldFrameIsRefusedAlsoAfterARestart() {
    byte[] old = device.unconfirmed("one");
    desk.hear(old);
    desk.hear(device.unconfirmed("two"));
    desk.hear(old);
    assertThat(desk.delivery.payloads).hasSize(2);
    desk.restart();
    desk.hear(old);
    assertThat(desk.delivery.payloads).hasSize(2);
    assertThat(desk.refused(Refusal.REPLAYED)).isEqualTo(1);
    desk.hear(device.unconfirmed("three"));
    assertThat(desk.said(2)).as("control").isEqualTo("three");
  }

  @Test
  void deviceThatBeginsAnewIsRefusedUnlessItMay() {
    for (int i = 0; i < 5; i++) {
      desk.hear(device.unconfirmed("before"));
    }
    device.fCntUp = 0;
    desk.hear(device.unconfirmed("anew"));
    assertThat(desk.delivery.payloads).hasSize(5);
    assertThat(desk.snapshot().devices().get(0).refusals()).containsEntry(Refusal.REPLAYED, 1L);

    register(Version.V1_0_3, true);
    device.fCntUp = 0;
    desk.hear(device.unconfirmed("believed"));
    assertThat(desk.said(5)).isEqualTo("believed");
    assertThat(desk.delivery.payloads.get(5).sourceKey())
        .as("counter 0 of another session")
        .isNotEqualTo(desk.delivery.payloads.get(0).sourceKey());
    desk.hear(device.unconfirmed("goes on"));
    assertThat(desk.said(6)).isEqualTo("goes on");
  }

  /** Else a copy over a slow line would set the counter back. */
  @Test
  void lateCopyIsNoNewBeginning() {
    register(Version.V1_0_3, true);
    byte[] first = device.unconfirmed("one");
    desk.hear(first);
    desk.hear(device.unconfirmed("two"));
    desk.hear(first, desk.south, 1);
    assertThat(desk.delivery.payloads).hasSize(2);
    assertThat(desk.refused(Refusal.REPLAYED)).isEqualTo(1);
  }

  @Test
  void counterRollsOverSixteenBits() {
    device.fCntUp = 65_534;
    for (int i = 0; i < 4; i++) {
      desk.hear(device.unconfirmed("n" + i));
    }
    assertThat(desk.delivery.payloads).hasSize(4);
    assertThat(desk.delivery.payloads.get(3).fCnt()).isEqualTo(65_537);
    desk.restart();
    desk.hear(device.unconfirmed("after"));
    assertThat(desk.delivery.payloads.get(4).fCnt()).isEqualTo(65_538);
  }

  /** LoRaWAN 1.0.3, 4.3.1.5: MAX_FCNT_GAP; 1.0.4 has no such bound. */
  @Test
  void largeGapIsFor104Only() {
    desk.hear(device.unconfirmed("one"));
    device.fCntUp = 1 + 16_383;
    desk.hear(device.unconfirmed("just near enough"));
    assertThat(desk.delivery.payloads).hasSize(2);
    assertThat(desk.delivery.payloads.get(1).framesLost()).isEqualTo(16_383);
    device.fCntUp += 16_384;
    long far = device.fCntUp;
    desk.hear(device.unconfirmed("too far"));
    assertThat(desk.delivery.payloads).hasSize(2);
    assertThat(desk.refused(Refusal.COUNTER_GAP)).isEqualTo(1);
    register(Version.V1_0_4, false);
    device.fCntUp = far;
    desk.hear(device.unconfirmed("any gap"));
    assertThat(desk.said(2)).isEqualTo("any gap");
  }

  @Test
  void personalizedDeviceMayHaveCountedOnBeforeItWasHeard() {
    device.fCntUp = 3 * 65_536 + 17;
    desk.hear(device.unconfirmed("hello"));
    assertThat(desk.delivery.payloads.get(0).fCnt()).isEqualTo(3 * 65_536 + 17);
    assertThat(desk.delivery.payloads.get(0).framesLost()).as("who knows").isZero();
  }

  /** DevAddr is not unique: the MIC says whose a frame is. */
  @Test
  void devicesWithTheSameAddressAreToldApart() {
    VirtualDevice other = VirtualDevice.abp(2, device.devAddr);
    desk.devices.add(other.registered());
    desk.hear(other.unconfirmed("other"));
    desk.hear(device.unconfirmed("one"));
    assertThat(desk.delivery.payloads)
        .extracting(payload -> payload.device().devEui())
        .containsExactly(other.devEui, device.devEui);
  }

  @Test
  void wrongKeyIsCountedAgainstTheDevice() {
    byte[] frame = device.unconfirmed("one");
    frame[frame.length - 1] ^= 1;
    desk.hear(frame);
    assertThat(desk.delivery.payloads).isEmpty();
    assertThat(desk.snapshot().devices().get(0).refusals()).containsEntry(Refusal.WRONG_MIC, 1L);
  }

  @Test
  void strangersAreCountedInATableThatIsBounded() {
    for (int i = 0; i < 1000; i++) {
      VirtualDevice stranger = VirtualDevice.abp(99, 0x7f000000 + i);
      desk.hear(stranger.unconfirmed("psst"));
    }
    NetworkSnapshot snapshot = desk.snapshot();
    assertThat(snapshot.refusals()).containsEntry(Refusal.UNKNOWN_ADDRESS, 1000L);
    assertThat(snapshot.strangers()).hasSize(256);
    assertThat(snapshot.strangers().get(0).name()).isEqualTo("DevAddr 7f0003e7");
  }

  @Test
  void deviceThatIsRemovedIsAStranger() {
    desk.hear(device.unconfirmed("one"));
    desk.devices.remove(device.devEui);
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.delivery.payloads).hasSize(1);
    assertThat(desk.refused(Refusal.UNKNOWN_ADDRESS)).isEqualTo(1);
  }

  @Test
  void badInputIsRefusedByReason() {
    desk.hear(HexFormat.of().parseHex("40"));
    desk.hear(HexFormat.of().parseHex("e0ff"));
    desk.hear(HexFormat.of().parseHex("4001020304010000020000aabbccdd"));
    desk.hear(HexFormat.of().parseHex("60010203040000000100aabbccdd"));
    assertThat(desk.snapshot().refusals())
        .containsOnlyKeys(
            Refusal.MALFORMED, Refusal.UNSUPPORTED, Refusal.OPTIONS_TWICE, Refusal.NOT_AN_UPLINK);
  }

  /** Its length is unknown, and so is where the next one begins; the data is sound all the same. */
  @Test
  void unknownMacCommandIsCountedAndTheDataIsKept() {
    desk.hear(device.upRaw(false, 1, new byte[] {7}, new byte[] {(byte) 0x80, 2}));
    assertThat(desk.delivery.payloads.get(0).bytes()).containsExactly(7);
    assertThat(desk.refused(Refusal.UNKNOWN_MAC_COMMAND)).isEqualTo(1);
    assertThat(desk.north.downlinks).as("the LinkCheckReq behind it is not read").isEmpty();
  }

  @Test
  void reservedPortIsNoApplications() {
    desk.hear(device.up(false, 224, new byte[] {7}, java.util.List.of()));
    assertThat(desk.delivery.payloads.get(0).bytes()).isEmpty();
    assertThat(desk.delivery.payloads.get(0).fPort()).isZero();
    assertThat(desk.refused(Refusal.RESERVED_PORT)).isEqualTo(1);
  }

  @Test
  void lostFramesAreCounted() {
    desk.hear(device.unconfirmed("one"));
    device.fCntUp += 3;
    desk.hear(device.unconfirmed("five"));
    assertThat(desk.delivery.payloads.get(1).framesLost()).isEqualTo(3);
    assertThat(desk.snapshot().devices().get(0).lost()).isEqualTo(3);
  }

  @Test
  void copiesOfSeveralConcentratorsAreOneFrame() {
    desk.with(NetworkSettings.in(desk.settings.region()).withAskStatusEvery(Duration.ZERO));
    byte[] frame = device.unconfirmed("one");
    desk.hear(frame, desk.north, -3);
    desk.scheduler.pass(Duration.ofMillis(150));
    desk.hear(frame, desk.south, 8);
    assertThat(desk.delivery.payloads).isEmpty();
    desk.scheduler.pass(Duration.ofMillis(50));
    assertThat(desk.delivery.payloads).hasSize(1);
    assertThat(desk.delivery.payloads.get(0).receptions())
        .extracting(Reception::concentrator)
        .as("the best first")
        .containsExactly(desk.south.eui(), desk.north.eui());
    assertThat(desk.snapshot().copies()).isEqualTo(1);
    assertThat(desk.snapshot().retransmissions()).isZero();
  }

  /** With one concentrator there is nothing to wait for. */
  @Test
  void onlyConcentratorIsActedOnAtOnceAfterAMinute() {
    desk.with(NetworkSettings.in(desk.settings.region()).withAskStatusEvery(Duration.ZERO));
    desk.hear(device.unconfirmed("one"));
    assertThat(desk.delivery.payloads).as("a second one may be there").isEmpty();
    desk.scheduler.pass(Duration.ofMinutes(1));
    assertThat(desk.delivery.payloads).hasSize(1);
    byte[] two = device.unconfirmed("two");
    desk.hear(two);
    assertThat(desk.delivery.payloads).hasSize(2);
    desk.hear(two);
    assertThat(desk.delivery.payloads).as("a copy all the same").hasSize(2);
    desk.hear(device.unconfirmed("three"), desk.south, 1);
    desk.hear(device.unconfirmed("four"));
    assertThat(desk.delivery.payloads).as("now there are two").hasSize(2);
  }

  @Test
  void nothingIsTakenBeforeTheStoreIsRead() {
    desk.hear(device.unconfirmed("one"));
    desk.store.isUnreadable = true;
    desk.restart();
    byte[] frame = device.unconfirmed("two");
    desk.hear(frame);
    assertThat(desk.delivery.payloads).hasSize(1);
    assertThat(desk.refused(Refusal.NOT_READY)).isEqualTo(1);
    desk.store.isUnreadable = false;
    desk.scheduler.pass(Duration.ofSeconds(5));
    desk.hear(frame);
    assertThat(desk.delivery.payloads).hasSize(2);
  }

  @Test
  void batteryIsWhatTheDeviceSaid() {
    desk.hear(device.saying(MacCommand.devStatusAns(254, 5)));
    desk.hear(device.saying(MacCommand.devStatusAns(1, 5)));
    desk.hear(device.saying(MacCommand.devStatusAns(255, 5)));
    desk.hear(device.saying(MacCommand.devStatusAns(0, 5)));
    assertThat(desk.delivery.payloads)
        .extracting(Payload::battery)
        .containsExactly(100.0, 0.0, Double.NaN, Double.NaN);
  }

  /** Keys stay where devices are registered: what the journal holds is worth nothing to a thief. */
  @Test
  void noKeyIsStored() throws Exception {
    VirtualDevice joiner = VirtualDevice.otaa(5);
    desk.devices.add(joiner.registered());
    desk.join(joiner);
    desk.hear(joiner.unconfirmed("one"));
    desk.hear(device.unconfirmed("one"));
    String stored =
        desk.store.writes.stream()
            .flatMap(java.util.List::stream)
            .map(change -> HexFormat.of().formatHex(change.value()))
            .reduce("", String::concat);
    for (VirtualDevice each : new VirtualDevice[] {joiner, device}) {
      assertThat(stored)
          .doesNotContain(HexFormat.of().formatHex(each.keys.nwkSKey().bytes()))
          .doesNotContain(HexFormat.of().formatHex(each.keys.appSKey().bytes()));
    }
    assertThat(stored).as("control").contains("01020304");
  }

  /** Whoever looks for a silent device looks after a restart, too. */
  @Test
  void howADeviceWasHeardIsKnownAfterARestart() {
    VirtualDevice bay = VirtualDevice.abp(7, 0x07070707);
    desk.devices.add(bay.registered());
    desk.hear(bay.unconfirmed("one"), desk.north, 1);
    bay.fCntUp += 3;
    desk.hear(bay.unconfirmed("two"), desk.north, 6.5);
    desk.hear(bay.saying(MacCommand.devStatusAns(254, 1)), desk.north, -2.5);
    desk.hear(bay.unconfirmed("four"), desk.north, -2.5);
    long heardAt = desk.clock.epochMillis();
    desk.restart(); // hours later

    NetworkSnapshot.DeviceStatus status = status(bay);
    assertThat(status.frames()).isEqualTo(4);
    assertThat(status.lost()).isEqualTo(3);
    assertThat(status.lastSeenEpochMillis()).isEqualTo(heardAt);
    assertThat(status.snrDb()).hasValue(-2.5);
    assertThat(status.rssiDbm()).hasValue(-80.0);
    assertThat(status.battery()).isEqualTo(100);

    desk.network.forget(bay.devEui);
    desk.scheduler.runDue();
    desk.restart();
    assertThat(status(bay).frames()).as("it comes back as new").isZero();
    assertThat(status(bay).lastSeenEpochMillis()).isNegative();
  }

  private NetworkSnapshot.DeviceStatus status(VirtualDevice device) {
    return desk.snapshot().devices().stream()
        .filter(status -> status.devEui().equals(device.devEui))
        .findFirst()
        .orElseThrow();
  }

  /** What was written before this was known still gives the session. */
  @Test
  void stateOfEarlierSoftwareIsRead() {
    DeviceState state = new DeviceState(new Eui(1), new TokenBucket(1, 1, 0));
    state.lastDevNonce = 42;
    byte[] now = state.encode();
    DeviceState read = new DeviceState(new Eui(1), new TokenBucket(1, 1, 0));
    read.decode(Arrays.copyOf(now, now.length - 28));
    assertThat(read.lastDevNonce).isEqualTo(42);
    assertThat(read.lastSeenEpochMillis).isNegative();
    assertThat(read.rssiDbm).isNaN();
  }
}

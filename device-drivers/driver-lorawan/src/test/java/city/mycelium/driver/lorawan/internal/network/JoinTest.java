package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.phy.SealedJoinAccept;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joins over the air (LoRaWAN 1.0.3, 6.2). */
class JoinTest {

  private final Desk desk = new Desk();
  private final VirtualDevice device = VirtualDevice.otaa(1);

  @BeforeEach
  void register() {
    desk.devices.add(device.registered());
  }

  @Test
  void deviceJoinsAndSpeaks() throws Exception {
    desk.join(device);
    desk.hear(device.unconfirmed("hello"));
    assertThat(desk.said(0)).isEqualTo("hello");
    assertThat(desk.snapshot().joins()).isEqualTo(1);
  }

  /** RP002: five and six seconds; the CFList names the further channels of EU868. */
  @Test
  void acceptGoesIntoTheJoinWindowsWithTheRegionsChannels() throws Exception {
    desk.hear(device.joinRequest());
    Downlink downlink = desk.north.downlinks.get(0);
    assertThat(downlink.phyPayload()).hasSize(33);
    assertThat(downlink.windows())
        .containsExactly(
            new Downlink.Window(Duration.ofSeconds(5), Desk.HZ, new DataRate.Lora(7, 125), 16.15),
            new Downlink.Window(
                Duration.ofSeconds(6), 869_525_000L, new DataRate.Lora(12, 125), 16.15));
    device.joined(desk.north.takeOnly());
    assertThat(device.accept.cfList().orElseThrow().frequenciesHz())
        .containsExactly(867_100_000L, 867_300_000L, 867_500_000L, 867_700_000L, 867_900_000L);
    assertThat(device.devAddr >>> 25).as("NwkID of NetID 0").isZero();
  }

  @Test
  void joinIsStoredBeforeItIsAnswered() {
    desk.store.isHeld = true;
    desk.hear(device.joinRequest());
    assertThat(desk.north.downlinks).isEmpty();
    desk.store.sync();
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).hasSize(1);
  }

  @Test
  void sessionOutlivesTheGateway() throws Exception {
    desk.join(device);
    desk.restart();
    desk.hear(device.unconfirmed("still here"));
    assertThat(desk.said(0)).isEqualTo("still here");
  }

  /** The device may never have heard the answer. */
  @Test
  void oldSessionHoldsUntilTheNewOneSpeaks() throws Exception {
    desk.join(device);
    desk.hear(device.unconfirmed("old"));
    var oldKeys = device.keys;
    int oldAddress = device.devAddr;
    long oldCounter = device.fCntUp;

    desk.hear(device.joinRequest());
    byte[] accept = desk.north.takeOnly();
    desk.hear(device.unconfirmed("still old"));
    assertThat(desk.said(1)).isEqualTo("still old");
    desk.restart();
    device.joined(accept);
    desk.hear(device.unconfirmed("new"));
    assertThat(desk.said(2)).isEqualTo("new");

    device.keys = oldKeys;
    device.devAddr = oldAddress;
    device.fCntUp = oldCounter + 1;
    desk.hear(device.unconfirmed("old again"));
    assertThat(desk.delivery.payloads).hasSize(3);
    assertThat(desk.refused(Refusal.UNKNOWN_ADDRESS)).isEqualTo(1);
  }

  /** 1.0.3, 6.2.4: nonces that have been are remembered, all of them, for good. */
  @Test
  void usedDevNonceIsRefusedAlsoAfterARestart() throws Exception {
    byte[] first = device.joinRequest();
    desk.hear(first);
    desk.north.downlinks.clear();
    desk.hear(device.joinRequest());
    desk.north.downlinks.clear();
    desk.restart();
    desk.hear(first);
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.refused(Refusal.DEV_NONCE_USED)).isEqualTo(1);
    device.devNonce = 500;
    desk.hear(device.joinRequest());
    device.devNonce = 100;
    desk.hear(device.joinRequest());
    assertThat(desk.north.downlinks).as("any other will do in 1.0.3").hasSize(2);
  }

  /** 1.0.4, 6.2.2: a counter. */
  @Test
  void devNonceMustRiseIn104() {
    desk.devices.add(device.registered(Version.V1_0_4, false, false));
    device.devNonce = 499;
    desk.hear(device.joinRequest());
    device.devNonce = 100;
    desk.hear(device.joinRequest());
    desk.restart();
    device.devNonce = 300;
    desk.hear(device.joinRequest());
    assertThat(desk.north.downlinks).hasSize(1);
    device.devNonce = 500;
    desk.hear(device.joinRequest());
    assertThat(desk.north.downlinks).hasSize(2);
  }

  /** 1.0.4, 6.2.3: the device refuses a JoinNonce that does not rise, whatever we have lost. */
  @Test
  void joinNonceRisesEvenIfTheStoreIsLost() throws Exception {
    desk.join(device);
    int first = device.accept.appNonce();
    desk.join(device);
    int second = device.accept.appNonce();
    assertThat(second).isGreaterThan(first);
    Desk replaced = new Desk();
    replaced.clock.leap(Duration.ofMinutes(10));
    replaced.devices.add(device.registered());
    replaced.join(device);
    assertThat(device.accept.appNonce()).isGreaterThan(second);
  }

  @Test
  void strangersAreNotAnswered() {
    VirtualDevice stranger = VirtualDevice.otaa(77);
    desk.hear(stranger.joinRequest());
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.snapshot().strangers().get(0))
        .returns("DevEUI " + stranger.devEui, NetworkSnapshot.Stranger::name)
        .returns(Refusal.UNKNOWN_DEVICE, NetworkSnapshot.Stranger::why);
  }

  @Test
  void wrongKeyAndPersonalizedDevicesAreRefusedByReason() {
    byte[] frame = device.joinRequest();
    frame[20] ^= 1;
    desk.hear(frame);
    assertThat(desk.refused(Refusal.WRONG_MIC)).isEqualTo(1);
    VirtualDevice joining = VirtualDevice.otaa(3);
    desk.devices.add(VirtualDevice.abp(3, 1).registered());
    desk.hear(joining.joinRequest());
    assertThat(desk.refused(Refusal.NOT_OVER_THE_AIR)).isEqualTo(1);
    byte[] elsewhere = device.joinRequest();
    elsewhere[1] ^= 1;
    desk.hear(elsewhere);
    assertThat(desk.refused(Refusal.WRONG_JOIN_EUI)).isEqualTo(1);
    assertThat(desk.north.downlinks).isEmpty();
  }

  /** Neither time nor memory grow with it. */
  @Test
  void joinFloodIsNotLookedAt() throws Exception {
    for (int i = 0; i < 500; i++) {
      byte[] forged = device.joinRequest();
      forged[22] ^= 1;
      desk.hear(forged);
    }
    assertThat(desk.refused(Refusal.WRONG_MIC)).isEqualTo(60);
    assertThat(desk.refused(Refusal.JOIN_FLOOD)).isEqualTo(440);
    assertThat(desk.store.writes).isEmpty();
    desk.scheduler.pass(Duration.ofSeconds(2));
    desk.join(device);
    assertThat(desk.snapshot().joins()).as("it passes").isEqualTo(1);
  }

  /** Whoever has a new key has no old session. */
  @Test
  void sessionEndsWithTheKeyItWasMadeWith() throws Exception {
    desk.join(device);
    desk.hear(device.unconfirmed("one"));
    VirtualDevice rekeyed = VirtualDevice.otaa(1);
    desk.devices.add(
        new city.mycelium.driver.lorawan.internal.device.RegisteredDevice(
            device.devEui,
            VirtualDevice.JOIN_EUI,
            new city.mycelium.driver.lorawan.internal.device.Activation.Otaa(
                city.mycelium.driver.lorawan.internal.device.AesKey.of(new byte[16])),
            Version.V1_0_3,
            "profile",
            false,
            false));
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.delivery.payloads).hasSize(1);
    desk.devices.add(rekeyed.registered());
    desk.hear(device.unconfirmed("three"));
    assertThat(desk.delivery.payloads).as("control: the old key again").hasSize(2);
  }

  @Test
  void forgottenDeviceMustJoinAndCannotReplay() throws Exception {
    byte[] first = device.joinRequest();
    desk.hear(first);
    device.joined(desk.north.takeOnly());
    desk.hear(device.unconfirmed("one"));
    var forgotten = desk.network.forget(device.devEui);
    desk.scheduler.runDue();
    assertThat(forgotten).isCompleted();
    desk.hear(device.unconfirmed("two"));
    desk.hear(first);
    desk.restart();
    desk.hear(device.unconfirmed("three"));
    desk.hear(first);
    assertThat(desk.delivery.payloads).hasSize(1);
    assertThat(desk.north.downlinks).isEmpty();
    desk.join(device);
    desk.hear(device.unconfirmed("anew"));
    assertThat(desk.said(1)).isEqualTo("anew");
  }

  @Test
  void addressBelongsToTheNetwork() throws Exception {
    NetworkSettings mine = desk.settings;
    desk.with(
        new NetworkSettings(
            mine.region(),
            0x000013,
            mine.copiesWithin(),
            mine.lead(),
            5,
            3,
            14,
            Duration.ZERO,
            18));
    desk.hear(device.joinRequest());
    byte[] frame = desk.north.downlinks.get(0).phyPayload();
    assertThat(PhyPayload.parse(frame)).isInstanceOf(SealedJoinAccept.class);
    device.joined(frame);
    assertThat(device.devAddr >>> 25).isEqualTo(0x13);
    assertThat(device.accept.netId()).isEqualTo(0x13);
    assertThat(device.accept.rxDelaySeconds()).isEqualTo(5);
    assertThat(device.accept.rx2DataRate()).isEqualTo(3);
  }
}

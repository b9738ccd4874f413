package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.network.VirtualDevice.Understood;
import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said back, when, and where: class A of LoRaWAN 1.0.3. */
class AnswersTest {

  private static final FCtrl ADR = new FCtrl(true, false, false, false);
  private static final FCtrl ADR_ASKED = new FCtrl(true, true, false, false);
  private static final FCtrl ACK = new FCtrl(false, false, true, false);

  private final Desk desk = new Desk();
  private final VirtualDevice device = VirtualDevice.abp(1, 0x01020304);

  @BeforeEach
  void register() {
    desk.devices.add(device.registered());
  }

  private Understood answer() throws Exception {
    return device.understand(desk.north.takeOnly());
  }

  private Enqueued enqueue(int fPort, String text, boolean confirmed) {
    var result =
        desk.network.enqueue(
            device.devEui,
            fPort,
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            confirmed);
    desk.scheduler.runDue();
    return result.join();
  }

  @Test
  void confirmedUplinkIsAcknowledgedInRx1ElseRx2() throws Exception {
    desk.hear(device.confirmed("one"));
    assertThat(desk.north.downlinks.get(0).windows())
        .containsExactly(
            new Downlink.Window(Duration.ofSeconds(1), Desk.HZ, new DataRate.Lora(7, 125), 16.15),
            new Downlink.Window(
                Duration.ofSeconds(2), 869_525_000L, new DataRate.Lora(12, 125), 16.15));
    Understood answer = answer();
    assertThat(answer.ack()).isTrue();
    assertThat(answer.confirmed()).isFalse();
    assertThat(answer.fPort()).isEqualTo(DataHeader.NO_PORT);
    assertThat(desk.snapshot().acknowledged()).isEqualTo(1);
  }

  /** What is acknowledged is never sent again: it has to be safe before. */
  @Test
  void nothingIsAcknowledgedBeforeItIsSafe() {
    desk.delivery.isHeld = true;
    desk.hear(device.confirmed("one"));
    assertThat(desk.north.downlinks).isEmpty();
    desk.delivery.open.get(0).complete(null);
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).hasSize(1);
  }

  @Test
  void whatIsSafeTooLateForRx1IsAcknowledgedInRx2() {
    safeAfter(Duration.ofMillis(950));
    assertThat(desk.north.downlinks.get(0).windows())
        .extracting(Downlink.Window::delay)
        .containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void whatIsSafeTooLateForBothIsNotAcknowledged() {
    safeAfter(Duration.ofMillis(1950));
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.snapshot().tooLate()).isEqualTo(1);
  }

  private void safeAfter(Duration time) {
    desk.delivery.isHeld = true;
    desk.hear(device.confirmed("one"));
    desk.scheduler.pass(time);
    desk.delivery.open.get(0).complete(null);
    desk.scheduler.runDue();
  }

  @Test
  void whatCouldNotBeKeptIsNotAcknowledged() {
    desk.delivery.isHeld = true;
    desk.hear(device.confirmed("one"));
    desk.delivery.open.get(0).completeExceptionally(new IllegalStateException("full"));
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.refused(Refusal.NOT_KEPT)).isEqualTo(1);
  }

  @Test
  void retransmissionIsAcknowledgedAgain() throws Exception {
    byte[] frame = device.confirmed("one");
    desk.hear(frame);
    long first = answer().fCnt();
    desk.scheduler.pass(Duration.ofSeconds(5));
    desk.hear(frame);
    Understood again = answer();
    assertThat(again.ack()).isTrue();
    assertThat(again.fCnt()).isGreaterThan(first);
  }

  /** A counter that is used twice gives the key stream away: a restart skips instead. */
  @Test
  void downlinkCountersNeverRepeat() throws Exception {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 100; i++) {
        desk.hear(device.confirmed("n"));
        answer(); // throws if the counter does not rise
        desk.scheduler.pass(Duration.ofMinutes(1));
      }
      desk.restart();
    }
    assertThat(device.lastDown).isGreaterThanOrEqualTo(499);
  }

  /** The keys of a personalized device that began anew are the same as before. */
  @Test
  void downlinkCountersGoOnWhenADeviceBeginsAnew() throws Exception {
    desk.devices.add(device.registered(Version.V1_0_3, false, true));
    for (int i = 0; i < 3; i++) {
      desk.hear(device.confirmed("before"));
      answer();
    }
    device.fCntUp = 0;
    desk.hear(device.confirmed("anew"));
    assertThat(answer().fCnt()).isEqualTo(3);
  }

  /** The store may be slow: then counters that are not safe are not used. */
  @Test
  void downlinkCounterIsStoredBeforeItIsUsed() {
    desk.store.isHeld = true;
    desk.hear(device.saying(MacCommand.linkCheckReq()));
    assertThat(desk.north.downlinks).isEmpty();
    desk.store.sync();
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).hasSize(1);
  }

  /** 5.1: the margin above what the data rate needs, and how many concentrators heard it. */
  @Test
  void linkCheckIsAnsweredWithMarginAndConcentrators() throws Exception {
    desk.with(NetworkSettings.in(desk.settings.region()).withAskStatusEvery(Duration.ZERO));
    byte[] frame = device.saying(MacCommand.linkCheckReq());
    desk.hear(frame, desk.north, new DataRate.Lora(10, 125), 3.5);
    desk.hear(frame, desk.south, new DataRate.Lora(10, 125), -9);
    desk.scheduler.pass(Duration.ofMillis(200));
    MacCommand answer = answer().commands().get(0);
    assertThat(answer.cid()).isEqualTo(Cid.LINK_CHECK);
    assertThat(answer.octet(0)).as("3.5 dB, and SF10 needs -15").isEqualTo(18);
    assertThat(answer.octet(1)).isEqualTo(2);
  }

  /** 5.9: GPS time of the end of the uplink; GPS is ahead of UTC by 18 s. */
  @Test
  void deviceTimeIsThatOfTheUplinkWithoutLeapSeconds() throws Exception {
    desk.store.isHeld = true;
    desk.hear(device.saying(MacCommand.deviceTimeReq()));
    desk.scheduler.pass(Duration.ofMillis(500));
    desk.store.sync();
    desk.scheduler.runDue();
    MacCommand answer = answer().commands().get(0);
    long gps =
        Duration.between(
                    Instant.parse("1980-01-06T00:00:00Z"), Instant.parse("2026-11-26T12:00:00Z"))
                .toSeconds()
            + 18;
    assertThat(HexFormat.of().formatHex(answer.payload()))
        .isEqualTo(HexFormat.of().toHexDigits(Integer.reverseBytes((int) gps)) + "00");
  }

  @Test
  void deviceTimeIsNotAnsweredWhileTheTimeCannotBeTrusted() {
    desk.clock.setTrusted(false);
    desk.hear(device.saying(MacCommand.deviceTimeReq()));
    assertThat(desk.north.downlinks).isEmpty();
  }

  @Test
  void commandsUnderPortZeroAreAnsweredToo() throws Exception {
    desk.hear(device.up(false, 0, MacCommand.bytes(List.of(MacCommand.linkCheckReq())), List.of()));
    assertThat(answer().commands()).extracting(MacCommand::cid).containsExactly(Cid.LINK_CHECK);
    assertThat(desk.delivery.payloads.get(0).fPort()).isZero();
    assertThat(desk.delivery.payloads.get(0).bytes()).isEmpty();
  }

  @Test
  void applicationsDownlinkGoesOutAfterTheNextUplinkAndOnce() throws Exception {
    assertThat(enqueue(10, "open", false)).isEqualTo(new Enqueued.Kept());
    assertThat(enqueue(11, "close", false)).isEqualTo(new Enqueued.Kept());
    desk.hear(device.unconfirmed("one"));
    Understood first = answer();
    assertThat(first.plain()).asString().isEqualTo("open");
    assertThat(first.fPort()).isEqualTo(10);
    assertThat(first.pending()).as("another one waits").isTrue();
    desk.hear(device.unconfirmed("two"));
    Understood second = answer();
    assertThat(second.plain()).asString().isEqualTo("close");
    assertThat(second.pending()).isFalse();
    desk.hear(device.unconfirmed("three"));
    assertThat(desk.north.downlinks).isEmpty();
  }

  @Test
  void applicationsDownlinkOutlivesTheGateway() throws Exception {
    enqueue(10, "open", false);
    desk.restart();
    assertThat(desk.snapshot().devices().get(0).queued()).isEqualTo(1);
    desk.hear(device.unconfirmed("one"));
    assertThat(answer().plain()).asString().isEqualTo("open");
    desk.restart();
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.north.downlinks).as("it is done").isEmpty();
  }

  @Test
  void confirmedDownlinkIsSentUntilItIsAcknowledged() throws Exception {
    enqueue(10, "open", true);
    for (int i = 0; i < 3; i++) {
      desk.hear(device.unconfirmed("not heard"));
      Understood sent = answer();
      assertThat(sent.confirmed()).isTrue();
      assertThat(sent.plain()).asString().isEqualTo("open");
    }
    device.flags = ACK;
    desk.hear(device.unconfirmed("got it"));
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.snapshot().devices().get(0).queued()).isZero();
  }

  @Test
  void confirmedDownlinkIsGivenUpAfterEightAttempts() {
    enqueue(10, "open", true);
    for (int i = 0; i < 20; i++) {
      desk.hear(device.unconfirmed("deaf"));
      desk.scheduler.pass(Duration.ofMinutes(5));
    }
    assertThat(desk.north.downlinks).hasSize(8);
  }

  @Test
  void downlinkThatNoConcentratorTookWaitsForTheNextUplink() throws Exception {
    enqueue(10, "open", false);
    desk.north.says = downlink -> new Sent.NotSent("TX_FREQ");
    desk.hear(device.unconfirmed("one"));
    desk.north.downlinks.clear();
    assertThat(desk.snapshot().notSent()).isEqualTo(1);
    desk.north.says = downlink -> new Sent.InWindow(0);
    desk.hear(device.unconfirmed("two"));
    assertThat(answer().plain()).asString().isEqualTo("open");
  }

  @Test
  void concentratorThatHeardSecondBestSendsIfTheBestDoesNot() {
    desk.with(NetworkSettings.in(desk.settings.region()).withAskStatusEvery(Duration.ZERO));
    desk.south.says = downlink -> new Sent.NotSent("COLLISION_PACKET");
    byte[] frame = device.confirmed("one");
    desk.hear(frame, desk.north, 1);
    desk.hear(frame, desk.south, 9);
    desk.scheduler.pass(Duration.ofMillis(200));
    assertThat(desk.south.downlinks).hasSize(1);
    assertThat(desk.north.downlinks).hasSize(1);
    assertThat(desk.snapshot().downlinks()).isEqualTo(1);
  }

  @Test
  void downlinkThatNobodyCanTakeIsRefusedInWords() {
    assertThat(enqueue(0, "x", false)).isInstanceOf(Enqueued.Refused.class);
    assertThat(enqueue(1, "x".repeat(243), false)).isInstanceOf(Enqueued.Refused.class);
    for (int i = 0; i < 16; i++) {
      assertThat(enqueue(1, "x", false)).isInstanceOf(Enqueued.Kept.class);
    }
    assertThat(enqueue(1, "x", false))
        .isEqualTo(
            new Enqueued.Refused("16 downlinks wait for device " + device.devEui + " already"));
    desk.devices.remove(device.devEui);
    assertThat(enqueue(1, "x", false).toString()).contains("no device");
    desk.store.isBroken = true;
    desk.devices.add(device.registered());
  }

  /** RP002: 51 bytes at DR0 in RX2, 242 at DR5 in RX1. */
  @Test
  void windowThatIsTooSlowForAPayloadIsNotUsed() {
    enqueue(10, "x".repeat(60), false);
    desk.hear(device.unconfirmed("one"));
    assertThat(desk.north.downlinks.get(0).windows())
        .extracting(Downlink.Window::frequencyHz)
        .containsExactly(Desk.HZ);
  }

  @Test
  void payloadThatFitsNoWindowNowWaits() {
    enqueue(10, "x".repeat(60), false);
    desk.hear(device.unconfirmed("one"), desk.north, new DataRate.Lora(12, 125), 5);
    assertThat(desk.north.downlinks).isEmpty();
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.north.downlinks).hasSize(1);
  }

  /**
   * ETSI EN 300 220-2, table B.1: one per cent of an hour in 868.0 to 868.6 MHz, ten in RX2. A bare
   * acknowledgement takes 41.216 ms at SF7: 873 of them fill the 36 s.
   */
  @Test
  void rx1IsLeftOutWhenItsAirIsUsedUp() {
    for (int i = 0; i < 874; i++) {
      desk.hear(device.confirmed("n"));
    }
    List<Downlink> sent = desk.north.downlinks;
    assertThat(sent.get(872).windows()).hasSize(2);
    assertThat(sent.get(873).windows())
        .extracting(Downlink.Window::frequencyHz)
        .containsExactly(869_525_000L);
    desk.scheduler.pass(Duration.ofHours(1));
    desk.hear(device.confirmed("after an hour"));
    assertThat(sent.get(874).windows()).hasSize(2);
  }

  @Test
  void nothingIsSentWhenNoAirIsLeft() {
    desk.north.says = downlink -> new Sent.InWindow(downlink.windows().size() - 1);
    for (int i = 0; i < 2000; i++) {
      desk.hear(device.confirmed("n"));
    }
    NetworkSnapshot snapshot = desk.snapshot();
    assertThat(snapshot.noAirTime()).isPositive();
    assertThat(snapshot.downlinks() + snapshot.noAirTime()).isEqualTo(2000);
    assertThat(snapshot.frames()).as("heard all the same").isEqualTo(2000);
  }

  private void heardWell(int times, double snr, DataRate rate) {
    for (int i = 0; i < times; i++) {
      desk.hear(device.unconfirmed("n"), desk.north, rate, snr);
    }
  }

  /** SNR 5 dB at SF10: 5 + 15 - 10 = 10 dB are three steps of data rate. */
  @Test
  void adrSpendsTheMarginOnDataRateFirst() throws Exception {
    desk.devices.add(device.registered(Version.V1_0_3, true, false));
    device.flags = ADR;
    heardWell(19, 5, new DataRate.Lora(10, 125));
    assertThat(desk.north.downlinks).isEmpty();
    heardWell(1, 5, new DataRate.Lora(10, 125));
    MacCommand asked = answer().commands().get(0);
    assertThat(asked.cid()).isEqualTo(Cid.LINK_ADR);
    assertThat(asked.octet(0)).as("DR5, full power").isEqualTo(0x50);
    assertThat(asked.octet(1)).as("the three channels of EU868").isEqualTo(0b111);
    assertThat(asked.octet(3)).as("once each").isEqualTo(1);
    desk.hear(device.saying(MacCommand.linkAdrAns(true, true, true)), desk.north, 5);
    assertThat(desk.north.downlinks).as("it is done").isEmpty();
  }

  /** SNR 11 dB at SF7: 11 + 7.5 - 10 = 8.5 dB are two steps of power. */
  @Test
  void adrSpendsTheRestOnPower() throws Exception {
    desk.devices.add(device.registered(Version.V1_0_3, true, false));
    device.flags = ADR;
    heardWell(20, 11, Desk.SF7);
    assertThat(answer().commands().get(0).octet(0)).isEqualTo(0x52);
    desk.hear(device.saying(MacCommand.linkAdrAns(true, true, true)), desk.north, 2);
    heardWell(20, 2, Desk.SF7);
    assertThat(answer().commands().get(0).octet(0)).as("-0.5 dB: a step louder").isEqualTo(0x51);
  }

  @Test
  void adrIsLeftAloneWhereNobodyChoseItOrTheDeviceKeepsRefusing() throws Exception {
    device.flags = ADR;
    heardWell(30, 10, new DataRate.Lora(10, 125));
    assertThat(desk.north.downlinks).as("not chosen").isEmpty();
    desk.devices.add(device.registered(Version.V1_0_3, true, false));
    for (int i = 0; i < 3; i++) {
      heardWell(20, 10, new DataRate.Lora(10, 125));
      assertThat(desk.north.downlinks).isNotEmpty();
      desk.north.downlinks.clear();
      desk.hear(
          device.saying(MacCommand.linkAdrAns(false, true, true)),
          desk.north,
          new DataRate.Lora(10, 125),
          10);
      desk.north.downlinks.clear();
    }
    heardWell(60, 10, new DataRate.Lora(10, 125));
    assertThat(desk.north.downlinks).as("three refusals are enough").isEmpty();
  }

  /** 4.3.1.1: a device that asks whether it is heard must hear something. */
  @Test
  void adrAckReqIsAnsweredEvenWithNothing() throws Exception {
    device.flags = ADR_ASKED;
    desk.hear(device.unconfirmed("are you there"));
    assertThat(answer().commands()).isEmpty();
  }

  @Test
  void deviceIsAskedForItsStatusNowAndThen() throws Exception {
    desk.with(desk.settings.withAskStatusEvery(Duration.ofHours(24)));
    desk.hear(device.unconfirmed("one"));
    assertThat(answer().commands()).extracting(MacCommand::cid).containsExactly(Cid.DEV_STATUS);
    desk.hear(device.saying(MacCommand.devStatusAns(128, -10)));
    assertThat(desk.delivery.payloads.get(1).battery()).isBetween(50.0, 51.0);
    assertThat(desk.delivery.payloads.get(1).marginDb()).isEqualTo(-10);
    assertThat(desk.delivery.payloads.get(0).battery()).isNaN();
    assertThat(desk.delivery.payloads.get(0).marginDb()).isNaN();
    desk.scheduler.pass(Duration.ofHours(23));
    desk.hear(device.unconfirmed("two"));
    assertThat(desk.north.downlinks).isEmpty();
    desk.scheduler.pass(Duration.ofHours(1));
    desk.hear(device.unconfirmed("three"));
    assertThat(answer().commands()).hasSize(1);
    assertThat(desk.snapshot().devices().get(0).battery()).isBetween(50.0, 51.0);
  }
}

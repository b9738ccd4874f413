package city.mycelium.driver.lorawan.internal.gwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The protocol in lockstep: no socket, no thread, a clock that leaps. */
class ForwardersTest {

  private static final Eui ROOF = Eui.parse("b827ebfffe000001");
  private static final Eui TOWER = Eui.parse("b827ebfffe000002");
  private static final InetSocketAddress UP = address(40_001);
  private static final InetSocketAddress DOWN = address(40_002);
  private static final String UPLINK =
      "{\"rxpk\":[{\"tmst\":4294000000,\"freq\":868.1,\"stat\":1,\"modu\":\"LORA\","
          + "\"datr\":\"SF7BW125\",\"rssi\":-60,\"lsnr\":7.5,\"size\":3,\"data\":\"AQID\"}]}";
  private static final Window RX1 =
      new Window(Duration.ofSeconds(1), 868_100_000, new DataRate.Lora(7, 125), 16.15);
  private static final Window RX2 =
      new Window(Duration.ofSeconds(2), 869_525_000, new DataRate.Lora(12, 125), 27);

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingLogger log = new RecordingLogger();
  private final Recorder recorder = new Recorder();
  private final List<String> sent = new ArrayList<>();
  private boolean lineIsDown;
  private Forwarders forwarders = forwarders(Set.of(), 5_000);

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Forwarders forwarders(Set<Eui> allowed, int perSecond) {
    GwmpSettings settings =
        new GwmpSettings(
            InetAddress.getLoopbackAddress(),
            0,
            allowed,
            2_048,
            perSecond,
            1 << 16,
            Duration.ofMillis(700));
    return new Forwarders(settings, recorder, this::send, clock, scheduler, 0xfffe, log);
  }

  private void send(byte[] datagram, InetSocketAddress to) throws IOException {
    if (lineIsDown) {
      throw new IOException("the line is down");
    }
    String head = HexFormat.of().formatHex(datagram, 0, 4);
    String json = new String(datagram, 4, datagram.length - 4, StandardCharsets.UTF_8);
    sent.add(to.getPort() + " " + head + json);
  }

  private static byte[] datagram(int version, int token, int kind, Eui eui, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(12 + body.length)
        .put((byte) version)
        .putShort((short) token)
        .put((byte) kind)
        .putLong(eui.value())
        .put(body)
        .array();
  }

  private void receive(byte[] datagram, InetSocketAddress from) {
    forwarders.received(ByteBuffer.wrap(datagram), from);
  }

  private void push(Eui eui) {
    receive(datagram(2, 0x1234, 0, eui, UPLINK), UP);
  }

  private void pull(Eui eui) {
    receive(datagram(2, 0x4321, 2, eui, ""), DOWN);
  }

  private CompletableFuture<Sent> answer(Window... windows) {
    Recorder.Call call = recorder.calls.get(recorder.calls.size() - 1);
    return call.by()
        .send(
            new Downlink(new Eui(1), new byte[] {0x60, 1, 2, 3}, List.of(windows)),
            call.uplink().reception());
  }

  private void txAck(Eui eui, int token, String json) {
    receive(datagram(2, token, 5, eui, json), DOWN);
  }

  @Test
  void anUplinkIsAcknowledgedAtOnceAndHandedOn() {
    push(ROOF);

    // PROTOCOL.TXT, 3.3: version, the same token, identifier 1.
    assertThat(sent).containsExactly("40001 02123401");
    Uplink uplink = recorder.calls.get(0).uplink();
    assertThat(uplink.phyPayload()).containsExactly(1, 2, 3);
    assertThat(uplink.reception())
        .isEqualTo(
            new Reception(
                ROOF,
                clock.monotonicNanos(),
                868_100_000,
                new DataRate.Lora(7, 125),
                -60,
                7.5,
                new Heard(4_294_000_000L)));
    assertThat(recorder.calls.get(0).by().eui()).isEqualTo(ROOF);
  }

  @Test
  void version1IsAnsweredInVersion1() {
    receive(datagram(1, 7, 0, ROOF, UPLINK), UP);
    receive(datagram(1, 8, 2, ROOF, ""), DOWN);

    assertThat(sent).containsExactly("40001 01000701", "40002 01000804");
    assertThat(recorder.calls).hasSize(1);
  }

  // The counter has 32 bits: 4294000000 µs and 1 s are 32704 µs.
  @Test
  void aDownlinkGoesToWherePullDataCameFromAtTheRightMicrosecond() {
    push(ROOF);
    pull(ROOF);
    sent.clear();
    CompletableFuture<Sent> future = answer(RX1, RX2);

    assertThat(sent)
        .containsExactly(
            "40002 02fffe03{\"txpk\":{\"imme\":false,\"tmst\":32704,\"freq\":868.1,\"rfch\":0,"
                + "\"powe\":16,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\","
                + "\"ipol\":true,\"prea\":8,\"size\":4,\"ncrc\":true,\"data\":\"YAECAw==\"}}");
    assertThat(future).isNotDone();
    txAck(ROOF, 0xfffe, "{\"txpk_ack\":{\"error\":\"NONE\"}}");
    assertThat(future.join()).isEqualTo(new Sent.InWindow(0));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void afterARefusalTheSecondWindowIsAskedFor() {
    push(ROOF);
    pull(ROOF);
    sent.clear();
    CompletableFuture<Sent> future = answer(RX1, RX2);
    txAck(ROOF, 0xfffe, "{\"txpk_ack\":{\"error\":\"COLLISION_PACKET\"}}");

    assertThat(sent).hasSize(2);
    assertThat(sent.get(1))
        .startsWith("40002 02ffff03")
        .contains("\"tmst\":1032704,\"freq\":869.525,")
        .contains("\"powe\":27,")
        .contains("SF12BW125");
    assertThat(future).isNotDone();
    txAck(ROOF, 0xffff, "");
    assertThat(future.join()).isEqualTo(new Sent.InWindow(1));
  }

  @Test
  void whenBothWindowsAreRefusedTheForwardersWordIsTold() {
    push(ROOF);
    pull(ROOF);
    CompletableFuture<Sent> future = answer(RX1, RX2);
    txAck(ROOF, 0xfffe, "{\"txpk_ack\":{\"error\":\"TOO_LATE\"}}");
    txAck(ROOF, 0xffff, "{\"txpk_ack\":{\"error\":\"TX_FREQ\"}}");

    assertThat(future.join())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("TX_FREQ"));
    assertThat(forwarders.status().forwarders().get(0).downlinksFailed()).isEqualTo(1);
  }

  // Protocol 1.5 warns where it sends with less power than was asked for: it does send.
  @Test
  void aWarningIsNoRefusal() {
    push(ROOF);
    pull(ROOF);
    CompletableFuture<Sent> future = answer(RX1);
    txAck(ROOF, 0xfffe, "{\"txpk_ack\":{\"warn\":\"TX_POWER\",\"value\":20}}");

    assertThat(future.join()).isEqualTo(new Sent.InWindow(0));
  }

  @Test
  void withoutATxAckTheDownlinkEndsAfterItsTime() {
    push(ROOF);
    pull(ROOF);
    sent.clear();
    CompletableFuture<Sent> future = answer(RX1, RX2);
    scheduler.pass(Duration.ofMillis(699));
    assertThat(future).isNotDone();
    scheduler.pass(Duration.ofMillis(1));

    assertThat(future.join()).isInstanceOf(Sent.NotSent.class);
    assertThat(sent).hasSize(1); // not in RX2 too: it may be on the air
    txAck(ROOF, 0xfffe, "");
    assertThat(forwarders.status().refused()).containsExactly(entry(Refusal.TOKEN, 1L));
  }

  @Test
  void aTxAckOfAnotherConcentratorOrTokenAnswersNothing() {
    push(ROOF);
    pull(ROOF);
    pull(TOWER);
    CompletableFuture<Sent> future = answer(RX1);
    txAck(TOWER, 0xfffe, "");
    txAck(ROOF, 1, "");

    assertThat(future).isNotDone();
    assertThat(forwarders.status().refused()).containsExactly(entry(Refusal.TOKEN, 2L));
  }

  @Test
  void aWindowThatIsOverIsPassedBy() {
    push(ROOF);
    pull(ROOF);
    clock.leap(Duration.ofMillis(1_000));
    sent.clear();
    CompletableFuture<Sent> late = answer(RX1, RX2);
    assertThat(sent).singleElement().asString().contains("869.525");
    clock.leap(Duration.ofMillis(1_000));

    assertThat(answer(RX1, RX2).join()).isEqualTo(new Sent.NotSent("its windows are over"));
    assertThat(late).isNotDone();
  }

  @Test
  void withoutPullDataNothingCanBeSent() {
    push(ROOF);

    assertThat(answer(RX1).join())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("PULL_DATA"));
  }

  // PROTOCOL.TXT before 1.3 has no TX_ACK.
  @Test
  void aForwarderOfVersion1IsBelieved() {
    receive(datagram(1, 7, 0, ROOF, UPLINK), UP);
    receive(datagram(1, 8, 2, ROOF, ""), DOWN);

    assertThat(answer(RX1, RX2).join()).isEqualTo(new Sent.InWindow(0));
  }

  @Test
  void whatCannotBeSentIsToldAndNotThrown() {
    push(ROOF);
    pull(ROOF);
    lineIsDown = true;

    assertThat(answer(RX1, RX2).join())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("the line is down"));
  }

  @Test
  void anUplinkOfAnotherConcentratorIsNotAnswered() {
    push(ROOF);
    pull(ROOF);
    Concentrator roof = recorder.calls.get(0).by();
    push(TOWER);
    Reception tower = recorder.calls.get(1).uplink().reception();

    assertThat(roof.send(new Downlink(new Eui(1), new byte[] {1}, List.of(RX1)), tower).join())
        .isInstanceOf(Sent.NotSent.class);
  }

  @Test
  void fskIsSaidWithItsDeviation() {
    push(ROOF);
    pull(ROOF);
    sent.clear();
    answer(new Window(Duration.ofSeconds(1), 868_800_000, new DataRate.Fsk(50_000), 14));

    assertThat(sent.get(0))
        .contains("\"freq\":868.8,")
        .contains("\"modu\":\"FSK\",\"datr\":50000,\"fdev\":25000,\"prea\":5,");
  }

  @Test
  void onlyListedConcentratorsAreAnsweredAndHeard() {
    forwarders = forwarders(Set.of(ROOF), 5_000);
    push(TOWER);
    pull(TOWER);
    assertThat(sent).isEmpty();
    assertThat(recorder.calls).isEmpty();
    push(ROOF);

    assertThat(recorder.calls).hasSize(1);
    assertThat(forwarders.status().refused()).containsExactly(entry(Refusal.NOT_LISTED, 2L));
    assertThat(forwarders.status().forwarders()).hasSize(1);
  }

  @Test
  void anAddressThatFloodsIsCutAndOthersAreNot() {
    forwarders = forwarders(Set.of(), 10);
    for (int i = 0; i < 25; i++) {
      push(ROOF);
    }
    InetSocketAddress other = new InetSocketAddress("127.0.0.2", 40_001);
    receive(datagram(2, 1, 0, TOWER, UPLINK), other);
    clock.leap(Duration.ofMillis(100)); // one more may pass
    push(ROOF);

    assertThat(recorder.calls).hasSize(12);
    assertThat(forwarders.status().refused()).containsExactly(entry(Refusal.TOO_OFTEN, 15L));
    assertThat(forwarders.status().datagrams()).isEqualTo(27);
  }

  @Test
  void everyKindOfRubbishIsCountedByItsReason() {
    push(ROOF);
    sent.clear();
    receive(new byte[0], UP);
    receive(new byte[] {2, 0, 0}, UP);
    receive(HexFormat.of().parseHex("02000000b827ebfffe0000"), UP); // an EUI that is cut
    receive(datagram(3, 1, 0, ROOF, UPLINK), UP);
    receive(datagram(2, 1, 1, ROOF, ""), UP); // PUSH_ACK, which only servers send
    receive(datagram(2, 1, 9, ROOF, ""), UP);
    receive(datagram(2, 1, 0, ROOF, " ".repeat(2_048) + UPLINK), UP);
    assertThat(sent).isEmpty();
    receive(datagram(2, 1, 0, ROOF, "{\"rxpk\":["), UP);
    receive(datagram(2, 1, 0, ROOF, UPLINK.replace("\"stat\":1", "\"stat\":-1")), UP);
    receive(datagram(2, 1, 0, ROOF, UPLINK.replace("868.1", "\"high\"")), UP);

    assertThat(recorder.calls).hasSize(1);
    assertThat(forwarders.status().refused())
        .containsOnly(
            entry(Refusal.TRUNCATED, 3L),
            entry(Refusal.VERSION, 1L),
            entry(Refusal.KIND, 2L),
            entry(Refusal.TOO_LONG, 1L),
            entry(Refusal.JSON, 1L),
            entry(Refusal.CRC, 1L),
            entry(Refusal.FRAME, 1L));
  }

  @Test
  void rubbishIsLoggedWhenItBeginsAndNotEachTime() {
    for (int i = 0; i < 100; i++) {
      receive(new byte[] {9, 9, 9, 9}, UP);
    }
    assertThat(log.messages(Level.WARN)).hasSize(1);
    clock.leap(Duration.ofMinutes(61));
    receive(new byte[] {9, 9, 9, 9}, UP);

    assertThat(log.messages(Level.WARN)).hasSize(2);
  }

  @Test
  void aFaultInWhoListensDoesNotEndTheListening() {
    Forwarders faulty =
        new Forwarders(
            GwmpSettings.usual(),
            (uplink, by) -> {
              throw new IllegalStateException("a fault of the test");
            },
            this::send,
            clock,
            scheduler,
            0,
            log);
    faulty.received(ByteBuffer.wrap(datagram(2, 1, 0, ROOF, UPLINK)), UP);
    faulty.received(ByteBuffer.wrap(datagram(2, 1, 0, ROOF, UPLINK)), UP);

    assertThat(faulty.status().refused()).containsExactly(entry(Refusal.FAULT, 2L));
    assertThat(log.messages(Level.ERROR)).hasSize(1);
  }

  @Test
  void silenceAndReturnAreSaidOnceEach() {
    forwarders.start();
    push(ROOF);
    scheduler.pass(Duration.ofMinutes(10));
    assertThat(log.messages(Level.WARN)).singleElement().asString().contains(ROOF.toString());
    push(ROOF);
    push(ROOF);

    assertThat(log.messages(Level.INFO)).hasSize(2); // heard, and heard again
  }

  @Test
  void theStatusTellsOfEachConcentrator() throws Exception {
    push(TOWER);
    pull(ROOF);
    receive(datagram(2, 1, 0, ROOF, Golden.text("stat.json")), UP);
    clock.leap(Duration.ofSeconds(3));

    assertThat(forwarders.status().forwarders())
        .containsExactly(
            new ForwarderStatus(
                ROOF,
                2,
                Duration.ofSeconds(3),
                true,
                0,
                0,
                0,
                new ForwarderStat(2, 2, 2, 100.0, 2, 2)),
            new ForwarderStatus(TOWER, 2, Duration.ofSeconds(3), false, 1, 0, 0, null));
  }

  // Somebody on the loopback who invents EUIs must not fill the memory; who was long silent gives
  // way.
  @Test
  void unlistedConcentratorsAreOnlySoMany() {
    for (int i = 0; i < 100; i++) {
      push(new Eui(i));
    }
    assertThat(forwarders.status().forwarders()).hasSize(64);
    assertThat(forwarders.status().refused()).containsExactly(entry(Refusal.TOO_MANY, 36L));
    clock.leap(Duration.ofMinutes(11));
    push(ROOF);

    assertThat(forwarders.status().forwarders()).hasSize(64);
    assertThat(recorder.calls.get(64).by().eui()).isEqualTo(ROOF);
  }

  @Test
  void closingAnswersWhatIsOpen() {
    push(ROOF);
    pull(ROOF);
    CompletableFuture<Sent> future = answer(RX1);
    forwarders.close();

    assertThat(future.join()).isInstanceOf(Sent.NotSent.class);
  }
}

package city.mycelium.driver.lorawan.internal.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
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
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The protocol in lockstep: no socket, no thread, a clock that leaps. */
class StationsTest {

  private static final Eui ROOF = Eui.parse("b827ebfffe000001");
  private static final Eui TOWER = Eui.parse("b827ebfffe000002");
  private static final Request.Data OF_ROOF = new Request.Data(ROOF);
  private static final byte[] FRAME = {0x40, 1, 0, 0, 0, 0, 1, 0, 9, 9, 9, 9};
  private static final long XTIME = 40_532_396_646_334_464L;
  private static final String TOKEN = "0123456789abcdef0123";
  private static final Window RX1 =
      new Window(Duration.ofSeconds(1), 868_100_000, new DataRate.Lora(7, 125), 16);
  private static final Window RX2 =
      new Window(Duration.ofSeconds(2), 869_525_000, new DataRate.Lora(12, 125), 27);

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingLogger log = new RecordingLogger();
  private final List<Uplink> uplinks = new ArrayList<>();
  private final List<Concentrator> by = new ArrayList<>();
  private final Stations stations = stations(Set.of(), TOKEN, 1_000);
  private final FakePeer peer = new FakePeer();

  private static final class FakePeer implements Peer {
    final List<String> sent = new ArrayList<>();
    final List<String> closed = new ArrayList<>();

    @Override
    public String address() {
      return "10.0.0.7";
    }

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public void close(String why) {
      closed.add(why);
    }

    JsonObject last() {
      return Json.createReader(new StringReader(sent.get(sent.size() - 1))).readObject();
    }
  }

  private Stations stations(Set<Eui> allowed, String token, int perSecond) {
    StationSettings settings =
        new StationSettings(
            InetAddress.getLoopbackAddress(),
            0,
            null,
            token,
            allowed,
            4_096,
            perSecond,
            8,
            Duration.ofSeconds(5));
    return new Stations(
        settings,
        Plan.eu868(),
        (uplink, concentrator) -> {
          uplinks.add(uplink);
          by.add(concentrator);
        },
        clock,
        clock,
        scheduler,
        99,
        log);
  }

  private void connect() throws RefusedException {
    stations.knocked("/router/" + ROOF, "Bearer " + TOKEN, "10.0.0.7");
    stations.opened(peer, OF_ROOF);
  }

  private void say(String text) {
    stations.said(peer, OF_ROOF, text, "ws://gateway");
  }

  private CompletableFuture<Sent> answer(Window... windows) throws RefusedException {
    connect();
    say(BasicsStation.report(FRAME, XTIME));
    return by.get(0)
        .send(
            new Downlink(new Eui(0xab), new byte[] {0x60, 1}, List.of(windows)),
            uplinks.get(0).reception());
  }

  private void confirm(long diid, long xtime, long frequency) {
    say(
        "{\"msgtype\":\"dntxed\",\"diid\":"
            + diid
            + ",\"xtime\":"
            + xtime
            + ",\"Freq\":"
            + frequency
            + "}");
  }

  @Test
  void aStationIsToldWhereToConnect() throws Exception {
    Request request = stations.knocked("/router-info", TOKEN, "10.0.0.7");
    stations.said(peer, request, "{\"router\":\"b827:ebff:fe00:1\"}", "wss://gateway:6038");

    assertThat(peer.last())
        .isEqualTo(
            Json.createObjectBuilder()
                .add("router", "b827:ebff:fe00:1")
                .add("muxs", "::0")
                .add("uri", "wss://gateway:6038/router/b827ebfffe000001")
                .build());
    stations.said(peer, request, "{\"router\":-1}", "ws://g");
    assertThat(peer.last().getString("uri")).isEqualTo("ws://g/router/ffffffffffffffff");
  }

  @Test
  void whoIsNotListedIsToldSo() throws Exception {
    Stations listed = stations(Set.of(TOWER), TOKEN, 9);
    listed.said(peer, new Request.Discovery(), "{\"router\":\"b827:ebff:fe00:1\"}", "ws://g");

    assertThat(peer.last().getString("error")).contains("not on the list");
    assertThatThrownBy(() -> listed.knocked("/router/" + ROOF, TOKEN, "h"))
        .isInstanceOf(RefusedException.class);
    assertThat(listed.status().refused()).containsExactly(entry(Refusal.NOT_LISTED, 2L));
    assertThat(listed.knocked("/router/" + TOWER, TOKEN, "h")).isEqualTo(new Request.Data(TOWER));
  }

  @Test
  void withoutTheTokenNobodyGetsIn() throws Exception {
    for (String wrong : new String[] {"", "Bearer ", "Bearer x", TOKEN + "4", "Basic " + TOKEN}) {
      assertThatThrownBy(() -> stations.knocked("/router-info", wrong, "10.0.0.7"))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(stations.status().refused()).containsExactly(entry(Refusal.TOKEN, 5L));
    assertThat(log.lines().toString()).doesNotContain(TOKEN);
    stations.knocked("/router-info", "Bearer " + TOKEN, "10.0.0.7");
    stations.knocked("/router-info", TOKEN, "10.0.0.7");
  }

  @Test
  void whatIsNotThereIsRefused() {
    for (String path : new String[] {"/", "/router/", "/router/x", "/shell", ""}) {
      assertThatThrownBy(() -> stations.knocked(path, TOKEN, "10.0.0.7"))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(stations.status().refused()).containsExactly(entry(Refusal.PATH, 5L));
  }

  @Test
  void whoSaysItsVersionGetsTheConfigurationOfTheRegion() throws Exception {
    connect();
    say("{\"msgtype\":\"version\",\"station\":\"2.0.6\",\"protocol\":2}");

    JsonObject config = peer.last();
    assertThat(config.getString("msgtype")).isEqualTo("router_config");
    assertThat(config.getString("region")).isEqualTo("EU863");
    assertThat(config.getString("hwspec")).isEqualTo("sx1301/1");
    assertThat(config.getJsonArray("DRs")).hasSize(16);
    JsonObject radio = config.getJsonArray("sx1301_conf").getJsonObject(0);
    // Every channel is at its radio's frequency and so much beside it.
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      JsonObject channel = radio.getJsonObject("chan_multiSF_" + i);
      channels.add(
          radio.getJsonObject("radio_" + channel.getInt("radio")).getInt("freq")
              + channel.getInt("if"));
    }
    assertThat(channels)
        .containsExactly(
            868_100_000,
            868_300_000,
            868_500_000,
            867_100_000,
            867_300_000,
            867_500_000,
            867_700_000,
            867_900_000);
    assertThat(config.getJsonNumber("MuxTime").doubleValue()).isEqualTo(1_795_694_400.0);
    assertThat(stations.status().stations().get(0).version()).isEqualTo("station 2.0.6");
  }

  @Test
  void aFrameIsHandedOn() throws Exception {
    connect();
    say(BasicsStation.report(FRAME, XTIME));

    assertThat(uplinks.get(0).phyPayload()).isEqualTo(FRAME);
    assertThat(uplinks.get(0).reception())
        .isEqualTo(
            new Reception(
                ROOF,
                clock.monotonicNanos(),
                868_100_000,
                new DataRate.Lora(7, 125),
                -60,
                7.5,
                new RadioContext(XTIME, 1)));
    assertThat(by.get(0).eui()).isEqualTo(ROOF);
  }

  @Test
  void aDownlinkStatesBothWindowsAndIsConfirmed() throws Exception {
    CompletableFuture<Sent> sent = answer(RX1, RX2);

    JsonObject message = peer.last();
    assertThat(message)
        .isEqualTo(
            Json.createObjectBuilder()
                .add("msgtype", "dnmsg")
                .add("DevEui", "00-00-00-00-00-00-00-AB")
                .add("dC", 0)
                .add("diid", 100)
                .add("pdu", "6001")
                .add("RxDelay", 1)
                .add("RX1DR", 5)
                .add("RX1Freq", 868_100_000)
                .add("RX2DR", 0)
                .add("RX2Freq", 869_525_000)
                .add("priority", 1)
                .add("xtime", XTIME)
                .add("rctx", 1)
                .add("MuxTime", message.get("MuxTime"))
                .build());
    assertThat(sent).isNotDone();
    confirm(100, XTIME + 1_000_000, 868_100_000);
    assertThat(sent.join()).isEqualTo(new Sent.InWindow(0));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void whichWindowItWasIsSeenByTheStationsClock() throws Exception {
    CompletableFuture<Sent> sent = answer(RX1, RX2);
    confirm(100, XTIME + 2_000_000, 0);

    assertThat(sent.join()).isEqualTo(new Sent.InWindow(1));
  }

  @Test
  void orByTheFrequencyIfThatTellsNothing() throws Exception {
    CompletableFuture<Sent> sent = answer(RX1, RX2);
    confirm(100, 5, 869_525_000);

    assertThat(sent.join()).isEqualTo(new Sent.InWindow(1));
  }

  // A station knows a second window only a second after the first.
  @Test
  void windowsThatOneMessageCannotStateAreLeftOut() throws Exception {
    Window late = new Window(Duration.ofSeconds(6), 869_525_000, new DataRate.Lora(12, 125), 27);
    CompletableFuture<Sent> sent = answer(RX1, late);

    assertThat(peer.last()).doesNotContainKey("RX2Freq");
    confirm(100, XTIME + 1_000_000, 868_100_000);
    assertThat(sent.join()).isEqualTo(new Sent.InWindow(0));
  }

  @Test
  void aWindowThatCannotBeStatedAtAllIsNotSent() throws Exception {
    connect();
    Window odd = new Window(Duration.ofMillis(1_500), 868_100_000, new DataRate.Lora(7, 125), 14);

    assertThat(answer(odd).join())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("whole seconds"));
  }

  @Test
  void theSecondWindowAloneIsSentWhenTheFirstIsOver() throws Exception {
    connect();
    say(BasicsStation.report(FRAME, XTIME));
    clock.leap(Duration.ofMillis(1_200));
    Downlink downlink = new Downlink(new Eui(1), new byte[] {0x60}, List.of(RX1, RX2));
    CompletableFuture<Sent> sent = by.get(0).send(downlink, uplinks.get(0).reception());

    assertThat(peer.last().getInt("RxDelay")).isEqualTo(2);
    assertThat(peer.last().getInt("RX1Freq")).isEqualTo(869_525_000);
    confirm(100, XTIME + 2_000_000, 869_525_000);
    assertThat(sent.join()).isEqualTo(new Sent.InWindow(1));
    clock.leap(Duration.ofSeconds(1));
    assertThat(by.get(0).send(downlink, uplinks.get(0).reception()).join())
        .isEqualTo(new Sent.NotSent("its windows are over"));
  }

  @Test
  void withoutAConfirmationItEndsAfterItsTime() throws Exception {
    CompletableFuture<Sent> sent = answer(RX1, RX2);
    scheduler.pass(Duration.ofMillis(6_999));
    assertThat(sent).isNotDone();
    scheduler.pass(Duration.ofMillis(1));

    assertThat(sent.join())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("confirm"));
    confirm(100, 0, 0);
    assertThat(stations.status().refused()).containsExactly(entry(Refusal.CONFIRMATION, 1L));
  }

  @Test
  void aLostConnectionEndsWhatWaited() throws Exception {
    CompletableFuture<Sent> sent = answer(RX1);
    stations.closed(peer, OF_ROOF);

    assertThat(sent.join()).isInstanceOf(Sent.NotSent.class);
    assertThat(stations.status().stations().get(0).isConnected()).isFalse();
    assertThat(answerWithout())
        .isInstanceOfSatisfying(
            Sent.NotSent.class, not -> assertThat(not.why()).contains("not connected"));
  }

  private Sent answerWithout() {
    return by.get(0)
        .send(new Downlink(new Eui(1), new byte[] {0x60}, List.of(RX1)), uplinks.get(0).reception())
        .join();
  }

  @Test
  void ofTwoConnectionsTheNewestWins() throws Exception {
    connect();
    FakePeer newer = new FakePeer();
    stations.opened(newer, OF_ROOF);
    assertThat(peer.closed).hasSize(1);
    say(BasicsStation.report(FRAME, XTIME));
    assertThat(uplinks).isEmpty(); // the older one is no longer heard
    stations.closed(peer, OF_ROOF);
    stations.said(newer, OF_ROOF, BasicsStation.report(FRAME, XTIME), "ws://g");

    assertThat(uplinks).hasSize(1);
    assertThat(newer.closed).isEmpty();
    assertThat(stations.status().stations().get(0).isConnected()).isTrue();
  }

  // Reckoned another way: days since 1980-01-06, and 18 leap seconds.
  @Test
  void aStationThatAsksIsToldTheTimeOfGps() throws Exception {
    connect();
    say("{\"msgtype\":\"timesync\",\"txtime\":123456789012}");

    long days =
        java.time.temporal.ChronoUnit.DAYS.between(
            java.time.LocalDate.of(1980, 1, 6), java.time.LocalDate.of(2026, 11, 26));
    JsonObject answer = peer.last();
    assertThat(answer.getString("msgtype")).isEqualTo("timesync");
    assertThat(answer.getJsonNumber("txtime").longValueExact()).isEqualTo(123_456_789_012L);
    assertThat(answer.getJsonNumber("gpstime").longValueExact())
        .isEqualTo((days * 86_400 + 43_200 + 18) * 1_000_000);
  }

  @Test
  void aTimeThatIsNotTrustedIsNotTold() throws Exception {
    connect();
    clock.setTrusted(false);
    say("{\"msgtype\":\"timesync\",\"txtime\":1}");

    assertThat(peer.sent).isEmpty();
  }

  @Test
  void rubbishIsCountedByItsReason() throws Exception {
    connect();
    say("no JSON");
    say("{\"msgtype\":\"updf\"}");
    say(BasicsStation.report(FRAME, XTIME).replace("\"DR\":5", "\"DR\":9"));
    say("{\"msgtype\":\"getxtime\"}");
    stations.said(peer, new Request.Discovery(), "{\"router\":[]}", "ws://g");

    assertThat(stations.status().refused())
        .containsOnly(
            entry(Refusal.JSON, 2L), entry(Refusal.FRAME, 2L), entry(Refusal.UNKNOWN, 1L));
    assertThat(uplinks).isEmpty();
  }

  @Test
  void aStationThatFloodsIsCut() throws Exception {
    Stations strict = stations(Set.of(), TOKEN, 3);
    strict.knocked("/router/" + ROOF, TOKEN, "h");
    strict.opened(peer, OF_ROOF);
    for (int i = 0; i < 5; i++) {
      strict.said(peer, OF_ROOF, BasicsStation.report(FRAME, i), "ws://g");
    }

    assertThat(uplinks).hasSize(3);
    assertThat(strict.status().refused()).containsExactly(entry(Refusal.TOO_OFTEN, 2L));
  }

  @Test
  void comingAndGoingIsLogged() throws Exception {
    connect();
    say(BasicsStation.report(FRAME, 1));
    say(BasicsStation.report(FRAME, 2));
    stations.closed(peer, OF_ROOF);

    assertThat(log.messages(Level.INFO)).hasSize(1);
    assertThat(log.messages(Level.WARN)).hasSize(1);
  }

  @Test
  void beyondTheLoopbackTlsAndATokenAreNeeded() throws Exception {
    InetAddress everywhere = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(
            () ->
                new StationSettings(
                    everywhere, 0, null, TOKEN, Set.of(), 4_096, 9, 9, Duration.ofSeconds(1)))
        .hasMessageContaining("certificate");
    assertThatThrownBy(
            () ->
                new StationSettings(
                    InetAddress.getLoopbackAddress(),
                    0,
                    null,
                    "short",
                    Set.of(),
                    4_096,
                    9,
                    9,
                    Duration.ofSeconds(1)))
        .hasMessageContaining("guessed");
    assertThat(StationSettings.usual().toString()).doesNotContain("token");
  }
}

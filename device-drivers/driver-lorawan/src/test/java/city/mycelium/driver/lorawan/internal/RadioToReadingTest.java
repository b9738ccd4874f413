package city.mycelium.driver.lorawan.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.control.Command;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.Result;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.CodecException;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpFront;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpSettings;
import city.mycelium.driver.lorawan.internal.network.Delivery;
import city.mycelium.driver.lorawan.internal.network.Network;
import city.mycelium.driver.lorawan.internal.network.NetworkSettings;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole way: a forwarder's datagram goes in, Readings come out; nothing between is a fake. */
class RadioToReadingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NWK_S_KEY = "00112233445566778899aabbccddeeff";
  private static final String APP_S_KEY = "ffeeddccbbaa99887766554433221100";
  private static final int DEV_ADDR = 0x260b1a2b;
  private static final String CONCENTRATOR = "0016c001f0000001";

  @TempDir Path data;
  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final FakeIntake intake = new FakeIntake();
  private final Schedulers schedulers = new ThreadSchedulers();
  private final CodecEngine engine =
      TrustedEngine.inGateway(clock, LoggerFactory.getLogger("test"));
  private final List<String> installed = new CopyOnWriteArrayList<>();
  private LorawanDriver driver;
  private GwmpFront front;
  private DatagramSocket forwarder;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        data.resolve("lorawan-devices.json"),
        """
        { "devices": [ {
            "devEui": "70b3d57ed0000001", "name": "Bay 1", "profile": "bosch-tps110",
            "activation": "abp", "devAddr": "260b1a2b",
            "nwkSKey": "00112233445566778899aabbccddeeff",
            "appSKey": "ffeeddccbbaa99887766554433221100" } ] }
        """);
    driver =
        new LorawanDriver(
            new LorawanDriver.Settings(data, Optional.empty(), 2),
            this::install,
            (name, script) -> input -> new Decoded.Failed(List.of("nobody vouches for this")),
            intake,
            clock,
            schedulers,
            () -> FrameTap.NOBODY,
            this::network);
    driver.start();
    await("the devices are read", () -> driver.devices().all().size() == 1, PATIENCE);
    GwmpSettings usual = GwmpSettings.usual();
    front =
        new GwmpFront(
            new GwmpSettings(
                InetAddress.getLoopbackAddress(),
                0,
                usual.allowed(),
                usual.maxDatagramBytes(),
                usual.datagramsPerSecond(),
                usual.receiveBufferBytes(),
                usual.txAckWithin()),
            driver.radio(),
            clock,
            schedulers,
            new Random(1));
    driver.tell("packet forwarders", () -> FrontStatus.of(front.status()));
    front.start();
    await("it listens", () -> front.port().isPresent(), PATIENCE);
    forwarder = new DatagramSocket();
  }

  private Codec install(String name, String script) throws CodecException {
    installed.add(name);
    return engine.install(name, script);
  }

  /** A payload need not wait for its script. */
  @Test
  void scriptOfARegisteredDeviceIsReadyBeforeItsFirstPayload() {
    await("it is ready", () -> !installed.isEmpty(), PATIENCE);
    assertThat(installed).containsExactly("bosch-tps110/codec.js");
  }

  /** Time stands still here, so copies are not waited for. */
  private RadioSide network(Devices devices, Delivery delivery) {
    Scheduler scheduler = schedulers.serial("test-network");
    Network network =
        new Network(
            NetworkSettings.in(Region.named("EU868")).withCopiesWithin(Duration.ZERO),
            devices,
            delivery,
            journal.state(),
            clock,
            clock,
            scheduler,
            new Random(2));
    network.start();
    return new NetworkRadio(network, devices, scheduler::close);
  }

  @AfterEach
  void stop() {
    forwarder.close();
    front.close();
    driver.close();
  }

  private static byte[] frame(int fCnt, int fPort, String payload) {
    SessionKeys keys = new SessionKeys(AesKey.parse(NWK_S_KEY), AesKey.parse(APP_S_KEY));
    DataHeader header =
        new DataHeader(
            Direction.UP,
            false,
            DEV_ADDR,
            new FCtrl(false, false, false, false),
            fCnt,
            new byte[0],
            fPort);
    return DataFrame.build(keys, header, fCnt, HexFormat.of().parseHex(payload));
  }

  /** PUSH_DATA of Semtech's UDP protocol, version 2. */
  private void push(byte[] frame) throws Exception {
    String json =
        "{\"rxpk\":[{\"tmst\":3512348611,\"freq\":868.1,\"chan\":0,\"rfch\":0,\"stat\":1,"
            + "\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"rssi\":-97,\"lsnr\":6.5,"
            + "\"size\":"
            + frame.length
            + ",\"data\":\""
            + Base64.getEncoder().encodeToString(frame)
            + "\"}]}";
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer datagram =
        ByteBuffer.allocate(12 + body.length)
            .put((byte) 2)
            .putShort((short) 0x1234)
            .put((byte) 0)
            .put(HexFormat.of().parseHex(CONCENTRATOR))
            .put(body);
    forwarder.send(
        new DatagramPacket(
            datagram.array(),
            datagram.capacity(),
            InetAddress.getLoopbackAddress(),
            front.port().getAsInt()));
  }

  private List<String> kept() {
    return intake.kept().stream()
        .map(
            r ->
                r.channel().datastreamId()
                    + " "
                    + (r.result() instanceof Result.Measurement m
                        ? Double.toString(m.value())
                        : r.result() instanceof Result.Category c
                            ? c.value()
                            : r.result().toString()))
        .toList();
  }

  private Map<String, Object> ask(String name) throws Exception {
    for (Command command : driver.commands()) {
      if (command.name().equals(name)) {
        return command.run(Map.of());
      }
    }
    throw new AssertionError("no command " + name);
  }

  @Test
  void aParkedCarIsAnObservationOfItsBay() throws Exception {
    push(frame(1, 1, "01"));
    await("it is kept", () -> !kept().isEmpty(), PATIENCE);

    assertThat(kept())
        .contains(
            "lorawan.70b3d57ed0000001/bay occupied",
            "lorawan.70b3d57ed0000001/rssi -97.0",
            "lorawan.70b3d57ed0000001/snr 6.5");

    push(frame(2, 2, "00ff"));
    await("the heartbeat is kept", () -> kept().size() > 5, PATIENCE);
    assertThat(kept())
        .contains(
            "lorawan.70b3d57ed0000001/bay free",
            "lorawan.70b3d57ed0000001/temperature -1.0",
            "lorawan.70b3d57ed0000001/frames-lost 0.0");
    assertThat(driver.accounts().devices().values())
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("uplinks", 2L).containsEntry("rssi", -97.0));
  }

  @Test
  void howADeviceWasHeardIsListedAfterARestart() throws Exception {
    push(frame(1, 1, "01"));
    push(frame(4, 1, "00"));
    await("both are kept", () -> kept().size() > 6, PATIENCE);
    clock.leap(Duration.ofHours(5));

    stop();
    start();

    await("the devices are read", () -> driver.accounts().devices().size() == 1, PATIENCE);
    assertThat(driver.accounts().devices().values())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("uplinks", 2L)
                    .containsEntry("framesLost", 2L)
                    .containsEntry("lastHeard", "2026-11-23T12:00:00Z")
                    .containsEntry("rssi", -97.0)
                    .containsEntry("snr", 6.5));
  }

  /** A frame that was recorded and sent again by somebody else must change nothing. */
  @Test
  void aReplayedFrameIsShownWithItsDevice() throws Exception {
    push(frame(5, 1, "01"));
    await("it is kept", () -> !kept().isEmpty(), PATIENCE);
    int before = kept().size();

    push(frame(3, 1, "00"));

    await(
        "it is refused",
        () -> driver.accounts().devices().toString().contains("refusedFrames"),
        PATIENCE);
    assertThat(driver.accounts().devices().toString()).contains("fCnt=5", "session=true");
    assertThat(kept()).hasSize(before);
  }

  /** Who is not ours is seen, counted and shown, and leaves nothing. */
  @Test
  void aStrangerIsShown() throws Exception {
    byte[] strange = frame(1, 1, "01");
    strange[1] ^= 1; // another address
    push(strange);

    await("it is noticed", () -> !driver.accounts().strangers().isEmpty(), PATIENCE);
    assertThat(driver.accounts().strangers().toString()).contains("DevAddr");
    push(frame(7, 1, "01"));
    await("ours is kept", () -> !kept().isEmpty(), PATIENCE);
    assertThat(ask("lorawan status").toString())
        .contains("frames=1", "because=", "packet forwarders", CONCENTRATOR)
        .doesNotContain(NWK_S_KEY);
  }
}

package city.mycelium.driver.lorawan.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.network.Payload;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.testkit.LeapingClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UplinksTest {

  private static final Eui BAY = Eui.parse("70b3d57ed0000001");

  @TempDir Path folder;
  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final FakeIntake intake = new FakeIntake();
  private final Deque<Runnable> workers = new ArrayDeque<>();
  private final Deque<Runnable> vouchedWorkers = new ArrayDeque<>();
  private Decoded decoded = fields("{'occupied':true,'v':3.1}");
  private CodecInput given;
  private Uplinks uplinks;

  @BeforeEach
  void install() throws Exception {
    Path own = Files.createDirectories(folder.resolve("acme-bay"));
    Files.writeString(
        own.resolve("profile.json"),
        """
        {"fields": [
          {"path": "occupied", "channel": "bay", "property": "parking-spot-status",
           "values": {"true": "occupied", "false": "free"}},
          {"path": "v", "channel": "battery-voltage", "property": "voltage"}]}
        """);
    Files.writeString(own.resolve("codec.js"), "-");
    Profiles profiles =
        new Profiles(
            (name, script) -> input -> decode(input),
            (name, script) -> input -> decode(input),
            Optional.of(folder));
    profiles.look();
    uplinks = new Uplinks(profiles, intake, clock, vouchedWorkers::add, workers::add);
  }

  private Decoded decode(CodecInput input) {
    given = input;
    return decoded;
  }

  private static Decoded fields(String data) {
    return new Decoded.Fields(json(data), List.of());
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static RegisteredDevice device(String profile) {
    return new RegisteredDevice(
        BAY,
        new Eui(0),
        new Activation.Otaa(AesKey.of(new byte[16])),
        Version.V1_0_3,
        profile,
        true,
        false);
  }

  private static Payload payload(String profile, String key, byte... bytes) {
    Reception best =
        new Reception(new Eui(9), 0, 868_100_000, new DataRate.Lora(7, 125), -97, 6.5, "");
    Reception worse =
        new Reception(new Eui(8), 0, 868_100_000, new DataRate.Lora(7, 125), -110, -3, "");
    return new Payload(device(profile), key, 7, 1, bytes, List.of(best, worse), 2, 87.5, -3);
  }

  private CompletableFuture<Void> deliver(Payload payload) {
    CompletableFuture<Void> kept = uplinks.deliver(payload);
    work();
    return kept;
  }

  private void work() {
    while (!workers.isEmpty() || !vouchedWorkers.isEmpty()) {
      (workers.isEmpty() ? vouchedWorkers : workers).poll().run();
    }
  }

  /** What waits for the one process of the unvouched must not stand before the others. */
  @Test
  void scriptsThatNobodyVouchesForHaveAThreadOfTheirOwn() {
    uplinks.deliver(payload("acme-bay", "k", (byte) 1));
    assertThat(workers).hasSize(1);
    assertThat(vouchedWorkers).isEmpty();
    workers.clear();
    RegisteredDevice other = device("bosch-tps110");
    uplinks.deliver(
        new Payload(
            new RegisteredDevice(
                new Eui(2),
                other.joinEui(),
                other.activation(),
                other.version(),
                other.profile(),
                true,
                false),
            "k2",
            1,
            1,
            new byte[] {1},
            payload("acme-bay", "k", (byte) 1).receptions(),
            0,
            Double.NaN,
            Double.NaN));
    assertThat(workers).isEmpty();
    assertThat(vouchedWorkers).hasSize(1);
  }

  private List<String> kept() {
    return intake.kept().stream().map(r -> r.channel().name() + " " + plain(r.result())).toList();
  }

  private static String plain(Result result) {
    return result instanceof Result.Measurement m
        ? Double.toString(m.value())
        : result instanceof Result.Category c
            ? c.value()
            : result instanceof Result.Text t ? t.value() : result.toString();
  }

  @Test
  void aPayloadBecomesReadingsAndSoDoesHowItWasHeard() {
    CompletableFuture<Void> kept = deliver(payload("acme-bay", "key-7", (byte) 1));

    assertThat(kept).isCompleted();
    assertThat(kept())
        .containsExactly(
            "rssi -97.0",
            "snr 6.5",
            "frames-lost 2.0",
            "battery 87.5",
            "downlink-snr -3.0",
            "bay occupied",
            "battery-voltage 3.1");
    assertThat(intake.kept())
        .allSatisfy(
            reading -> {
              assertThat(reading.sourceKey()).isEqualTo("key-7");
              // The pipeline knows better than a driver what its clock is worth.
              assertThat(reading.phenomenonTime()).isNull();
              assertThat(reading.channel().device().value()).isEqualTo("lorawan." + BAY);
            });
    assertThat(intake.urgencies()).containsExactly(Urgency.ACKNOWLEDGED);
    assertThat(given.fPort()).isEqualTo(1);
    assertThat(given.recvTimeMillis()).isEqualTo(clock.epochMillis());
  }

  /** The network's thread has receive windows to meet: a script must not run on it. */
  @Test
  void nothingIsDecodedOnTheCallersThread() {
    CompletableFuture<Void> kept = uplinks.deliver(payload("acme-bay", "key", (byte) 1));

    assertThat(given).isNull();
    assertThat(kept).isNotDone();
    work();
    assertThat(kept).isCompleted();
  }

  @Test
  void whatAnotherNetworkHeardKeepsItsTimeAndItsFields() {
    uplinks.deliver(
        new Said(
            BAY,
            "acme-bay",
            "dedup-1",
            1,
            new byte[] {1},
            json("{'occupied':false}"),
            OptionalLong.of(1_700_000_000_000L),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            true));
    work();

    assertThat(given).isNull();
    assertThat(kept()).containsExactly("bay free");
    assertThat(intake.kept())
        .extracting(Reading::phenomenonTime)
        .containsExactly(PhenomenonTime.at(1_700_000_000_000L));
  }

  @Test
  void aPayloadThatCannotBeDecodedIsKeptAsItCame() {
    decoded = new Decoded.Failed(List.of("unknown port"));

    CompletableFuture<Void> kept = deliver(payload("acme-bay", "k", (byte) 0x0a, (byte) 0xff));

    assertThat(kept).isCompleted();
    assertThat(kept())
        .contains("raw {\"fPort\":1,\"bytes\":\"0aff\",\"errors\":[\"unknown port\"]}", "snr 6.5");
    assertThat(columns())
        .containsEntry("undecoded", 1L)
        .containsEntry("lastProblem", "unknown port");
  }

  @Test
  void aPayloadWithoutAProfileIsKeptToo() {
    deliver(payload("nobody", "k", (byte) 1));

    assertThat(kept().get(5)).startsWith("raw {").contains("there is no profile 'nobody'");
  }

  @Test
  void aFieldOfTheWrongTypeIsCountedAndTheOthersAreKept() {
    decoded = fields("{'occupied':'perhaps','v':3,'new':1}");

    deliver(payload("acme-bay", "k", (byte) 1));

    assertThat(kept()).contains("battery-voltage 3.0").noneMatch(r -> r.startsWith("bay "));
    assertThat(kept()).last().asString().startsWith("raw {").contains("'occupied': one of");
    assertThat(columns()).containsEntry("refusals", 1L).containsEntry("unmapped", "new");
  }

  /** The longest payload (EU868: 242 bytes) with the longest reasons has to fit into a text. */
  @Test
  void theRawBytesAlwaysFit() {
    decoded = new Decoded.Failed(List.of("\"".repeat(5_000), "y".repeat(5_000), "z", "w"));

    deliver(payload("acme-bay", "k", new byte[242]));

    assertThat(kept()).last().asString().contains("00".repeat(242));
  }

  @Test
  void aFrameWithoutAPayloadTellsHowItWasHeard() {
    deliver(payload("acme-bay", "k"));

    assertThat(kept())
        .containsExactly(
            "rssi -97.0", "snr 6.5", "frames-lost 2.0", "battery 87.5", "downlink-snr -3.0");
    assertThat(given).isNull();
  }

  /** The frame that a network heard it in comes by itself, and is counted then. */
  @Test
  void aStatusThatANetworkTellsOfIsNoUplinkOfItsOwn() {
    uplinks.deliver(
        new Said(
            BAY,
            "acme-bay",
            "status:dedup-1",
            0,
            new byte[0],
            null,
            OptionalLong.of(1_700_000_000_000L),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(88.3),
            OptionalDouble.of(10),
            false));
    work();

    assertThat(kept()).containsExactly("battery 88.3", "downlink-snr 10.0");
    assertThat(columns()).containsEntry("uplinks", 0L).containsEntry("battery", 88.3);
  }

  /** The device would stop sending it, and it would be lost. */
  @Test
  void whatIsNotKeptIsNotCalledKept() {
    intake.fail();

    assertThat(deliver(payload("acme-bay", "k", (byte) 1))).isCompletedExceptionally();
    assertThat(columns())
        .containsEntry("notKept", 1L)
        .containsEntry("lastProblem", "the disk is full");
  }

  @Test
  void aFrameThatIsBroughtAgainCountsItsLossesOnce() {
    deliver(payload("acme-bay", "k", (byte) 1));
    int before = kept().size();

    assertThat(deliver(payload("acme-bay", "k", (byte) 1))).isCompleted();

    assertThat(kept()).hasSize(before);
    assertThat(columns()).containsEntry("framesLost", 2L).containsEntry("uplinks", 2L);
  }

  @Test
  void aFloodOfOneDeviceIsRefusedAndSaid() {
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < 65; i++) {
      last = uplinks.deliver(payload("acme-bay", "k" + i, (byte) 1));
    }

    assertThat(last).isCompletedExceptionally();
    assertThat(columns()).containsEntry("notKept", 1L);
    work();
    assertThat(intake.urgencies()).hasSize(64);
  }

  @Test
  void aDefectInACodecLeavesNobodyWaiting() {
    decoded = null; // no codec may return that

    assertThat(deliver(payload("acme-bay", "k", (byte) 1))).isDone();
  }

  private Map<String, Object> columns() {
    return uplinks.accounts().get(BAY).columns();
  }
}

package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.host.record.RecordFormat;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private static final DeviceId ROOF = new DeviceId("byte.roof");
  private static final long NOW = 1_700_000_000_000L;

  @TempDir Path folder;
  private final List<RecordLine> record = new ArrayList<>();

  @BeforeEach
  void begin() {
    record.add(new RecordLine.Beginning("0.1.0", NOW));
    opened(ROOF, "bytes");
  }

  @Test
  void whatComesOutAsOnSiteIsEqual() throws IOException {
    heard(1);
    kept(NOW + 1, 1);
    heard(2);
    kept(NOW + 2, 2);

    Replay.Device device = replay();
    assertThat(device.isEqual()).isTrue();
    assertThat(device.equal()).isEqualTo(2);
    assertThat(device.results())
        .extracting(o -> o.receivedAt().orElseThrow())
        .containsExactly(NOW + 1, NOW + 2);
  }

  // While the gateway could not keep anything, several sets waited and went in one submission.
  @Test
  void setsThatWereKeptTogetherAreEqualToo() throws IOException {
    heard(1);
    heard(2);
    kept(NOW, 1, 2);

    assertThat(replay().isEqual()).isTrue();
  }

  @Test
  void aResultThatIsAnotherOneIsNamed() throws IOException {
    heard(1);
    kept(NOW, 1);
    heard(2);
    kept(NOW, 7);

    Replay.Device device = replay();
    assertThat(device.isEqual()).isFalse();
    assertThat(device.differing()).isEqualTo(2);
    assertThat(device.equal()).isEqualTo(1);
  }

  @Test
  void aResultThatDoesNotComeOutHereIsNamed() throws IOException {
    heard(1);
    kept(NOW, 1);
    kept(NOW, 2);

    assertThat(replay().differing()).isEqualTo(2);
  }

  // It was on its way to the journal when the record began.
  @Test
  void oneSubmissionMayComeFromBeforeTheRecord() throws IOException {
    kept(NOW, 9);
    heard(1);
    kept(NOW + 1, 1);

    Replay.Device device = replay();
    assertThat(device.isEqual()).isTrue();
    assertThat(device.earlier()).isEqualTo(1);
    assertThat(device.results().get(0).receivedAt()).hasValue(NOW + 1);
  }

  @Test
  void whatHadNotBeenKeptWhenTheRecordEndedIsCounted() throws IOException {
    heard(1);
    kept(NOW, 1);
    heard(2);

    assertThat(replay().isEqual()).isTrue();
    assertThat(replay().later()).isEqualTo(1);
  }

  @Test
  void aBusThatNothingReplaysIsSaid() throws IOException {
    record.clear();
    opened(ROOF, "carrier-pigeon");

    assertThat(replay().trouble()).contains("carrier-pigeon").contains("bytes");
    assertThat(replay().isEqual()).isFalse();
  }

  @Test
  void whatIsMaskedIsNotReplayedAndNoDifference() throws IOException {
    record.add(new RecordLine.Masked(5, ROOF, Way.HEARD, 34));

    assertThat(replay().masked()).isEqualTo(1);
    assertThat(replay().isEqual()).isTrue();
  }

  @Test
  void aFileThatIsNoRecordIsRefusedWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), RecordFormat.write(record.get(0)) + "\nno");

    assertThatThrownBy(() -> new Replay(List.of(new Bytes()), new RecordClock()).run(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void whatComesOutIsPrintedForPeopleInTheOrderOfTime() throws Exception {
    heard(1);
    kept(NOW + 1, 1);
    Path file = folder.resolve("record.jsonl");
    Files.write(file, record.stream().map(RecordFormat::write).toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    JsonObject account =
        ReplayWords.run(
            CommandLine.parse("replay", file.toString()),
            new Replay(List.of(new Bytes()), new RecordClock()),
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("byte.roof/byte  1.0\n");
    assertThat(account.getBoolean("sound")).isTrue();
    assertThat(account.getJsonArray("devices").getJsonObject(0).getString("verdict"))
        .isEqualTo("equal, bit for bit");
  }

  // Else an empty record would pass for proof.
  @Test
  void aRecordOfWhichNothingWasKeptProvesNothing() throws Exception {
    heard(1);
    Path file = folder.resolve("record.jsonl");
    Files.write(file, record.stream().map(RecordFormat::write).toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    JsonObject account =
        ReplayWords.run(
            CommandLine.parse("replay", file.toString(), "--json"),
            new Replay(List.of(new Bytes()), new RecordClock()),
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(account.getBoolean("sound")).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"number\":\"1.0\"")
        .doesNotContain("receivedAt");
  }

  private Replay.Device replay() throws IOException {
    Path file = folder.resolve("record.jsonl");
    Files.write(file, record.stream().map(RecordFormat::write).toList());
    return new Replay(List.of(new Bytes()), new RecordClock()).run(file).get(0);
  }

  private void opened(DeviceId device, String bus) {
    Opening opening = new Opening(bus, "any", Duration.ofMinutes(1), Map.of(), false);
    record.add(
        new RecordLine.Passed(
            record.size(), device, Way.OPENED, HexFormat.of().formatHex(opening.bytes())));
  }

  private void heard(int value) {
    record.add(
        new RecordLine.Passed(
            record.size(), ROOF, Way.HEARD, HexFormat.of().toHexDigits((byte) value)));
  }

  private void kept(long receivedAt, double... values) {
    record.add(
        new RecordLine.Kept(
            record.size(),
            ROOF,
            receivedAt,
            Arrays.stream(values)
                .mapToObj(v -> new RecordLine.Value("byte", null, new Result.Measurement(v)))
                .toList()));
  }

  /** A bus whose devices say one number in each byte. */
  private static final class Bytes implements Replayer {

    @Override
    public String bus() {
      return "bytes";
    }

    @Override
    public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
        throws DeviceException {
      Channel channel =
          new Channel(device, "byte", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS, null);
      return passed.stream()
          .filter(line -> line.way() == Way.HEARD)
          .map(
              line ->
                  new Replayed(
                      line.micros(),
                      List.of(
                          new Reading(
                              channel,
                              null,
                              new Result.Measurement(HexFormat.of().parseHex(line.hex())[0]),
                              null))))
          .toList();
    }
  }
}

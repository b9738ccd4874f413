package city.mycelium.driver.host.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
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
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

  private static final DeviceId ROOF = new DeviceId("sds011.roof");
  private static final DeviceId METER = new DeviceId("p1.hall");
  private static final long NOW = 1_795_435_200_000L; // 2026-11-23T12:00:00Z

  @TempDir Path folder;
  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");

  @Test
  void whatPassesIsWrittenInOrderWithItsTime() throws Exception {
    Recorder recorder = recorder();
    assertThat(recorder.isOpen(ROOF)).isFalse();
    run(recorder, "record start", Map.of());
    assertThat(recorder.isOpen(ROOF)).isTrue();

    recorder.pass(ROOF, Way.OPENED, opening(false));
    clock.leap(Duration.ofMillis(5));
    recorder.pass(ROOF, Way.SAID, new byte[] {(byte) 0xaa, 1});
    recorder.pass(ROOF, Way.HEARD, new byte[] {2});
    recorder.kept(List.of(reading(ROOF, 1.5)), NOW);
    run(recorder, "record stop", Map.of());

    assertThat(lines()).element(0).isEqualTo(new RecordLine.Beginning("0.1.0", NOW));
    assertThat(lines().subList(2, 6))
        .containsExactly(
            new RecordLine.Passed(5_000, ROOF, Way.SAID, "aa01"),
            new RecordLine.Passed(5_000, ROOF, Way.HEARD, "02"),
            new RecordLine.Kept(
                5_000,
                ROOF,
                NOW,
                List.of(new RecordLine.Value("PM10", null, new Result.Measurement(1.5)))),
            new RecordLine.End(5_000, "it was ended by hand"));
    assertThat(recorder.isOpen(ROOF)).isFalse();
  }

  // A chip's results make no sense without the calibration that was read when it was connected.
  @Test
  void whatPassedBeforeADeviceWasOpenedIsLeftOut() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of());
    recorder.pass(ROOF, Way.HEARD, new byte[] {2});
    recorder.kept(List.of(reading(ROOF, 1.5)), NOW);
    run(recorder, "record stop", Map.of());

    assertThat(lines()).hasSize(2);
  }

  @Test
  void whatIsPersonalByNatureIsMasked() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of());
    recorder.pass(METER, Way.OPENED, opening(true));
    recorder.pass(METER, Way.HEARD, "0-0:96.1.1(SECRET)".getBytes());
    recorder.kept(List.of(reading(METER, 1.5)), NOW);
    run(recorder, "record stop", Map.of());

    assertThat(lines()).contains(new RecordLine.Masked(0, METER, Way.HEARD, 18));
    assertThat(Files.readString(file()))
        .doesNotContain("SECRET")
        .doesNotContain("5345435245") // the same in hexadecimal
        .doesNotContain("kept");
  }

  @Test
  void withConsentItIsRecorded() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of("with-personal", "true"));
    recorder.pass(METER, Way.OPENED, opening(true));
    recorder.pass(METER, Way.HEARD, new byte[] {7});
    run(recorder, "record stop", Map.of());

    assertThat(lines()).contains(new RecordLine.Passed(0, METER, Way.HEARD, "07"));
  }

  @Test
  void onlyTheDevicesAskedForAreRecorded() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of("devices", " sds011.roof "));

    assertThat(recorder.isOpen(ROOF)).isTrue();
    assertThat(recorder.isOpen(METER)).isFalse();
  }

  @Test
  void aRecordEndsWhenItsTimeIsOver() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of("seconds", "10"));
    recorder.pass(ROOF, Way.OPENED, opening(false));
    clock.leap(Duration.ofSeconds(10));
    recorder.pass(ROOF, Way.HEARD, new byte[] {2});

    assertThat(run(recorder, "record status", Map.of()))
        .containsEntry("recording", false)
        .containsEntry("ended", "the time was over");
    assertThat(lines()).hasSize(3).last().isInstanceOf(RecordLine.End.class);
  }

  // A technician who forgets the record must not find the gateway's disk full.
  @Test
  void aRecordEndsWhenItsFileIsFull() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of("bytes", "10000"));
    recorder.pass(ROOF, Way.OPENED, opening(false));
    for (int i = 0; i < 1_000; i++) {
      recorder.pass(ROOF, Way.HEARD, new byte[50]);
    }

    assertThat(Files.size(file())).isBetween(9_000L, 10_000L);
    assertThat(lines()).last().isInstanceOf(RecordLine.End.class);
    assertThat(recorder.isOpen(ROOF)).isFalse();
  }

  // Raw frames may tell more than what leaves the gateway.
  @Test
  void onlyItsOwnerCanReadARecord() throws Exception {
    run(recorder(), "record start", Map.of());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void oneRecordAtATime() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of());

    assertThatThrownBy(() -> run(recorder, "record start", Map.of()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("record stop");
  }

  @Test
  void whatCannotBeIsRefusedInWords() {
    assertThatThrownBy(() -> run(recorder(), "record status", Map.of()))
        .hasMessageContaining("nothing was recorded");
    assertThatThrownBy(() -> run(recorder(), "record start", Map.of("seconds", "0")))
        .hasMessageContaining("1 to 86400 seconds");
    assertThatThrownBy(() -> run(recorder(), "record start", Map.of("seconds", "ten")))
        .hasMessageContaining("ten");
    assertThatThrownBy(() -> run(recorder(), "record start", Map.of("bytes", "5")))
        .hasMessageContaining("10000");
  }

  @Test
  void aGatewayThatStopsEndsItsRecord() throws Exception {
    Recorder recorder = recorder();
    run(recorder, "record start", Map.of());
    recorder.close();

    assertThat(lines()).last().isEqualTo(new RecordLine.End(0, "the gateway stopped"));
  }

  private Recorder recorder() {
    return new Recorder(folder, clock, "0.1.0");
  }

  private static Map<String, Object> run(
      Recorder recorder, String name, Map<String, String> arguments) throws CommandException {
    for (Command command : recorder.commands()) {
      if (command.name().equals(name)) {
        return command.run(arguments);
      }
    }
    throw new AssertionError("there is no command " + name);
  }

  private Path file() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private List<RecordLine> lines() throws IOException {
    return Files.readAllLines(file()).stream().map(RecordFormat::read).toList();
  }

  private static byte[] opening(boolean personal) {
    return new Opening("serial", "sds011", Duration.ofMinutes(2), Map.of("mode", "duty"), personal)
        .bytes();
  }

  private static Reading reading(DeviceId device, double value) {
    Channel channel =
        new Channel(device, "PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE, null);
    return new Reading(channel, null, new Result.Measurement(value), null);
  }
}

package city.mycelium.driver.sysfs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.internal.PollingHost;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer.Replayed;
import city.mycelium.driver.sysfs.internal.file.Iio;
import city.mycelium.driver.sysfs.internal.file.SysfsFiles;
import city.mycelium.driver.sysfs.internal.gpio.Gpio;
import city.mycelium.driver.sysfs.internal.gpio.PulseMemory;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded at real files gives the same at a desk without them. */
class SysfsReplayTest {

  private static final DeviceId ROOF = new DeviceId("bmp280.roof");

  private final List<RecordLine.Passed> record = new ArrayList<>();
  private final RecordingIntake intake = new RecordingIntake();

  private final FrameTap recorder =
      new FrameTap() {
        @Override
        public boolean isOpen(DeviceId device) {
          return true;
        }

        @Override
        public void pass(DeviceId device, Way way, byte[] bytes) {
          record.add(
              new RecordLine.Passed(record.size(), device, way, HexFormat.of().formatHex(bytes)));
        }

        @Override
        public void kept(List<Reading> readings, long receivedAt) {}
      };

  private void onSite(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("sys/bus/iio/devices/iio:device0"));
    Files.writeString(folder.resolve("name"), "bmp280\n");
    Files.writeString(folder.resolve("in_temp_input"), "25080\n");
    LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    HandScheduler scheduler = new HandScheduler(clock);
    RecordingBoard board = new RecordingBoard();
    PollingHost host = new PollingHost(intake, clock, scheduler, Runnable::run, board, recorder);
    SysfsDevice device =
        SysfsDevice.of(
            Map.of(
                "type", "iio", "deviceId", "bmp280.roof", "name", "bmp280", "intervalSeconds", 60));
    SysfsDriver driver =
        new SysfsDriver(
            device,
            host,
            board,
            new SysfsFiles(root, new Tap(ROOF, () -> recorder)),
            new Gpio(
                ROOF,
                request -> {
                  throw DeviceException.config("no lines in this test");
                },
                new PulseMemory(new InMemoryJournal().state(), ROOF)));
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(1));
    Files.writeString(folder.resolve("in_temp_input"), "-1250\n");
    scheduler.pass(Duration.ofMinutes(1));
    Files.writeString(folder.resolve("in_temp_input"), "");
    scheduler.pass(Duration.ofMinutes(1));
    driver.close();
    scheduler.runDue();
  }

  private static List<Result> results(List<Reading> readings) {
    return readings.stream().map(Reading::result).toList();
  }

  @Test
  void aRecordGivesTheSameReadings(@TempDir Path root) throws IOException, DeviceException {
    onSite(root);
    SysfsReplay replay = new SysfsReplay(List.of(new Iio()));
    List<Reading> again = new ArrayList<>();
    for (List<RecordLine.Passed> stretch : stretches()) {
      Opening opening = Opening.parse(HexFormat.of().parseHex(stretch.get(0).hex()));
      for (Replayed set : replay.replay(ROOF, opening, stretch)) {
        again.addAll(set.readings());
      }
    }

    assertThat(results(again))
        .isEqualTo(results(intake.readings()))
        .containsExactly(new Result.Measurement(25.08), new Result.Measurement(-1.25));
  }

  @Test
  void aTypeThatIsNotHereIsToldWithThoseThatAre(@TempDir Path root) throws IOException {
    onSite(root);
    Opening opening = Opening.parse(HexFormat.of().parseHex(record.get(0).hex()));

    assertThatThrownBy(() -> new SysfsReplay(List.of()).replay(ROOF, opening, record))
        .hasMessageContaining("type iio cannot be replayed here");
  }

  private List<List<RecordLine.Passed>> stretches() {
    List<List<RecordLine.Passed>> stretches = new ArrayList<>();
    for (RecordLine.Passed line : record) {
      if (line.way() == Way.OPENED) {
        stretches.add(new ArrayList<>());
      }
      stretches.get(stretches.size() - 1).add(line);
    }
    return stretches;
  }
}

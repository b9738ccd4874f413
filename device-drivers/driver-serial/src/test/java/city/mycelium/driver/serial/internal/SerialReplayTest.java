package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.serial.internal.level.MaxBotix;
import city.mycelium.testkit.FakeSerialLine;
import city.mycelium.testkit.FakeSerialLines;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SerialReplayTest {

  private static final String PORT = "/dev/serial/by-id/usb-example";
  private static final DeviceId BIN = new DeviceId("bin.1");
  private static final Map<String, String> SETTINGS = Map.of("mountingHeightMillimetres", "3000");

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeSerialLines lines = new FakeSerialLines();
  private final RecordingIntake intake = new RecordingIntake();
  private final List<RecordLine.Passed> record = new ArrayList<>();

  // The device talks seven times a second, and its reader remembers: only the same bytes at the
  // same
  // places give the same medians.
  @Test
  void aRecordGivesTheSameReadingsAgain() throws Exception {
    MaxBotix kind = new MaxBotix();
    Opening opening =
        new Opening("serial", "maxbotix-hrxl", Duration.ofSeconds(7), SETTINGS, false);
    DeviceSettings settings = DeviceSettings.of(kind.description(), SETTINGS);
    FakeSerialLine line = lines.plugIn(PORT);
    SerialPortLoop<?> loop =
        new SerialPortLoop<>(
            new SerialPortLoop.Place(BIN, PORT, SerialSettings.of(9600), opening),
            kind.device(opening.interval(), settings),
            ResultSet.channels(BIN, kind.description(settings), opening.interval()),
            new Surroundings(lines, intake, clock, (s, e, u, m) -> {}, new Tap(), new PortClaims()),
            scheduler,
            new RecordingBoard().enter(BIN, PORT));
    loop.start();
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      scheduler.pass(Duration.ofMillis(143));
      line.say("R" + (1_000 + random.nextInt(3_000)) + "\r");
    }

    List<Reading> replayed =
        new SerialReplay(List.of(kind))
            .replay(BIN, opening, record).stream()
                .map(Replayer.Replayed::readings)
                .flatMap(List::stream)
                .toList();

    assertThat(replayed).hasSizeGreaterThan(30).isEqualTo(intake.readings());
  }

  @Test
  void aKindThatIsNotHereIsNamed() {
    Opening opening = new Opening("serial", "toaster", Duration.ofSeconds(7), Map.of(), false);

    assertThatThrownBy(() -> new SerialReplay(List.of()).replay(BIN, opening, List.of()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("'toaster'");
  }

  private final class Tap implements FrameTap {

    @Override
    public boolean isOpen(DeviceId device) {
      return true;
    }

    @Override
    public void pass(DeviceId device, Way way, byte[] bytes) {
      record.add(
          new RecordLine.Passed(
              clock.monotonicNanos() / 1_000, device, way, HexFormat.of().formatHex(bytes)));
    }

    @Override
    public void kept(List<Reading> readings, long receivedAt) {
      throw new AssertionError("the pipeline says that");
    }
  }
}

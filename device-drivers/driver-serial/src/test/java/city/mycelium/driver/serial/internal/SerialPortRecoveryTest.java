package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.serial.internal.gnss.Gnss;
import city.mycelium.driver.serial.internal.line.JSerialCommLines;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.PseudoTerminal;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole driver on the kernel's own serial port, with real threads and real time. */
@Timeout(120)
class SerialPortRecoveryTest {

  private static final DeviceId BOAT = new DeviceId("gnss.boat");
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingBoard board = new RecordingBoard();
  private int second;

  // The port dies in mid-sentence, its name disappears, and comes back leading to another port.
  @Test
  void aPortThatDiesAndComesBackIsReadAgain(@TempDir Path byId) throws Exception {
    Path name = byId.resolve("usb-u-blox-if00");
    PseudoTerminal before = PseudoTerminal.open();
    Files.createSymbolicLink(name, before.slavePath());
    ConfiguredDevice receiver = receiverOn(name);
    try {
      speakUntilHeard(before, 52);
      before.output().write("$GNRMC,1200".getBytes(StandardCharsets.US_ASCII));
      before.close();
      Files.delete(name);
      Await.await("the loop has noticed", () -> !troubles().isEmpty(), DEADLINE);

      try (PseudoTerminal after = PseudoTerminal.open()) {
        Files.createSymbolicLink(name, after.slavePath());
        speakUntilHeard(after, 53);
      }
    } finally {
      receiver.close();
    }

    assertThat(troubles().get(0)).startsWith("UNREACHABLE").contains("unplugged");
    assertThat(board.lines(BOAT).stream().filter(l -> l.startsWith("OK ")))
        .as("at first, and when it came back")
        .hasSize(2);
  }

  @Test
  void closingReturnsThoughNobodySpeaks(@TempDir Path byId) throws Exception {
    Path name = byId.resolve("usb-u-blox-if00");
    try (PseudoTerminal device = PseudoTerminal.open()) {
      Files.createSymbolicLink(name, device.slavePath());
      ConfiguredDevice receiver = receiverOn(name);
      Await.await("the port is open", device::isPortOpen, DEADLINE);

      receiver.close();

      Await.await("the port is closed", () -> !device.isPortOpen(), DEADLINE);
    }
  }

  private List<String> troubles() {
    return board.lines(BOAT).stream().filter(l -> !l.startsWith("OK ")).toList();
  }

  private ConfiguredDevice receiverOn(Path name) {
    ConfiguredDevice receiver =
        new ConfiguredDevice(
            new SerialConfiguration(
                BOAT,
                name.toString(),
                "gnss",
                1,
                new SerialConfiguration.Line(0, 0, "", 0),
                Map.of()),
            new Surroundings(
                new JSerialCommLines(),
                intake,
                new SystemClock(),
                (source, epochMillis, uncertaintyMillis, monotonicNanos) -> {},
                FrameTap.NOBODY,
                new PortClaims()),
            new ThreadSchedulers(),
            board);
    receiver.add(new Gnss());
    return receiver;
  }

  private void speakUntilHeard(PseudoTerminal device, int latitude) {
    Await.await(
        "a position at " + latitude + " degrees north has come",
        () -> {
          speak(device, latitude);
          return intake.readings().stream().anyMatch(r -> isAt(r, latitude));
        },
        DEADLINE);
  }

  private void speak(PseudoTerminal device, int latitude) throws IOException {
    String time = String.format("12%02d%02d.00", second / 60 % 60, second % 60);
    second++;
    device
        .output()
        .write(sentence("GNRMC," + time + ",A," + latitude + "00.0,N,00524.0,E,0.1,,231126,,,A"));
    device
        .output()
        .write(
            sentence(
                "GNGGA," + time + "," + latitude + "00.0,N,00524.0,E,1,09,0.98,2.5,M,45.6,M,,"));
  }

  private static byte[] sentence(String text) {
    int sum = text.chars().reduce(0, (a, b) -> a ^ b);
    return String.format("$%s*%02X\r\n", text, sum).getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isAt(Reading reading, int latitude) {
    return reading.result() instanceof Result.Position position && position.latitude() == latitude;
  }
}

package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.serial.internal.gnss.Gnss;
import city.mycelium.driver.serial.internal.line.JSerialCommLines;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.PseudoTerminal;
import city.mycelium.testkit.RecordingLogger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** The whole driver on the kernel's own serial port, with real threads and real time. */
@Timeout(120)
class SerialPortRecoveryTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingLogger log = new RecordingLogger();
  private int second;

  // The port dies in mid-sentence, its name disappears, and comes back leading to another port.
  @Test
  void aPortThatDiesAndComesBackIsReadAgain(@TempDir Path byId) throws Exception {
    Path name = byId.resolve("usb-u-blox-if00");
    PseudoTerminal before = PseudoTerminal.open();
    Files.createSymbolicLink(name, before.slavePath());
    try (SerialPortLoop<?> loop = loopOn(name)) {
      loop.start();
      speakUntilHeard(before, 52);
      before.output().write("$GNRMC,1200".getBytes(StandardCharsets.US_ASCII));
      before.close();
      Files.delete(name);
      Await.await("the loop has noticed", () -> !log.messages(Level.WARN).isEmpty(), DEADLINE);

      try (PseudoTerminal after = PseudoTerminal.open()) {
        Files.createSymbolicLink(name, after.slavePath());
        speakUntilHeard(after, 53);
      }
    }

    assertThat(log.messages(Level.WARN).get(0)).contains("unplugged");
    assertThat(log.messages(Level.INFO)).as("at first, and when it came back").hasSize(2);
  }

  @Test
  void closingReturnsThoughNobodySpeaks(@TempDir Path byId) throws Exception {
    Path name = byId.resolve("usb-u-blox-if00");
    try (PseudoTerminal device = PseudoTerminal.open()) {
      Files.createSymbolicLink(name, device.slavePath());
      SerialPortLoop<?> loop = loopOn(name);
      loop.start();
      Await.await("the port is open", device::isPortOpen, DEADLINE);

      loop.close();

      Await.await("the port is closed", () -> !device.isPortOpen(), DEADLINE);
    }
  }

  private SerialPortLoop<?> loopOn(Path name) {
    return new SerialPortLoop<>(
        name.toString(),
        0,
        new Gnss(new DeviceId("gnss.boat"), Duration.ofSeconds(1)),
        new JSerialCommLines(),
        intake,
        new SystemClock(),
        (source, epochMillis, uncertaintyMillis, monotonicNanos) -> {},
        new ThreadSchedulers(),
        log);
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

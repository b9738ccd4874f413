package city.mycelium.simulator.serial;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialDeviceTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path ports;

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler turns = new HandScheduler(clock);
  private final Echo echo = new Echo();
  private Path port;
  private SerialDevice device;

  @BeforeEach
  void begin() throws IOException {
    port = ports.resolve("echo-a");
    device = plugIn();
  }

  private SerialDevice plugIn() throws IOException {
    return SerialDevice.plugIn(
        port,
        echo,
        new LineNoise(new Random(1), 0),
        clock,
        turns,
        new ThreadSchedulers().serial("listens"));
  }

  @AfterEach
  void end() {
    device.close();
  }

  @Test
  void itsPortIsFoundUnderItsNameAndSpeaksEverySecond() throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(port.toFile(), "rw")) {
      turns.pass(Duration.ofSeconds(2));

      assertThat(read(open, 10)).isEqualTo("tick\ntick\n");
    }
  }

  @Test
  void answersWhatItHears() throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(port.toFile(), "rw")) {
      open.write("hello".getBytes(StandardCharsets.US_ASCII));
      Await.await(
          "it has answered",
          () -> {
            turns.runDue();
            return echo.heardBytes == 5;
          },
          LONG);

      assertThat(read(open, 5)).isEqualTo("HELLO");
    }
  }

  /** A gateway that was killed opens the same name again. */
  @Test
  void thePortSurvivesItsReaderAndKeepsNothingOldForTheNext() throws IOException {
    new RandomAccessFile(port.toFile(), "rw").close();
    turns.pass(Duration.ofSeconds(5));

    try (RandomAccessFile open = new RandomAccessFile(port.toFile(), "rw")) {
      turns.pass(Duration.ofSeconds(1));
      open.write('!');
      Await.await(
          "it has answered",
          () -> {
            turns.runDue();
            return echo.heardBytes == 1;
          },
          LONG);

      assertThat(read(open, 6)).isEqualTo("tick\n!");
    }
  }

  @Test
  void aNameLeftBehindIsTakenOver() throws IOException {
    Path before = Files.readSymbolicLink(port);

    SerialDevice first = device;
    device = plugIn();

    assertThat(Files.readSymbolicLink(port)).isNotEqualTo(before);
    first.close();
  }

  @Test
  void theNameGoesWithTheDevice() {
    assertThat(port).isSymbolicLink();

    device.close();

    assertThat(Files.exists(port, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private static String read(RandomAccessFile port, int count) throws IOException {
    byte[] bytes = new byte[count];
    port.readFully(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Says what it hears, louder. */
  private static final class Echo implements SerialChip {

    private int heardBytes;

    @Override
    public byte[] hear(byte[] bytes, long epochMillis) {
      heardBytes += bytes.length;
      return new String(bytes, StandardCharsets.US_ASCII)
          .toUpperCase(java.util.Locale.ROOT)
          .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] eachSecond(long epochMillis) {
      return "tick\n".getBytes(StandardCharsets.US_ASCII);
    }
  }
}

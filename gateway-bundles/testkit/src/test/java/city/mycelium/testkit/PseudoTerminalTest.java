package city.mycelium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PseudoTerminalTest {

  private static final byte[] EVERY_BYTE = new byte[256];

  static {
    for (int i = 0; i < EVERY_BYTE.length; i++) {
      EVERY_BYTE[i] = (byte) i;
    }
  }

  // Newlines, ^C, ^D, ^S and DEL are just bytes to a sensor.
  @Test
  void everyByteReachesTheProgramAsItIs() throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.open();
        RandomAccessFile port = new RandomAccessFile(terminal.slavePath().toFile(), "rw")) {
      terminal.output().write(EVERY_BYTE);

      byte[] seen = new byte[EVERY_BYTE.length];
      port.readFully(seen);
      assertThat(seen).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void everyByteReachesTheDeviceAsItIs() throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.open();
        RandomAccessFile port = new RandomAccessFile(terminal.slavePath().toFile(), "rw")) {
      port.write(EVERY_BYTE);

      assertThat(terminal.input().readNBytes(EVERY_BYTE.length)).isEqualTo(EVERY_BYTE);
    }
  }

  // The trap of real life: an unplugged adapter fails the read, it does not end the file.
  @Test
  void pullingTheCableEndsTheProgramsRead() throws Exception {
    PseudoTerminal terminal = PseudoTerminal.open();
    try (RandomAccessFile port = new RandomAccessFile(terminal.slavePath().toFile(), "rw")) {
      terminal.close();

      assertThatThrownBy(
              () -> {
                if (port.read() < 0) {
                  throw new IOException("end of file");
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(terminal.slavePath()).doesNotExist();
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    PseudoTerminal terminal = PseudoTerminal.open();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return terminal.input().read();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    terminal.close();

    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThatThrownBy(() -> terminal.output().write(1)).isInstanceOf(IOException.class);
  }

  // A sensor does not stop talking because nobody listens, and is not stopped by it.
  @Test
  void whatIsSaidWhileThePortIsClosedIsLost() throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.open()) {
      assertThat(terminal.isPortOpen()).isFalse();
      terminal.output().write(new byte[100_000]);

      try (RandomAccessFile port = new RandomAccessFile(terminal.slavePath().toFile(), "rw")) {
        assertThat(terminal.isPortOpen()).isTrue();
        terminal.output().write('x');
        assertThat(port.read()).isEqualTo('x');
      }
      Await.await(
          "the port is seen closed again", () -> !terminal.isPortOpen(), Duration.ofSeconds(10));
    }
  }
}

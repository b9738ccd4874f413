package city.mycelium.driver.serial.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialSetupException;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On real pseudo-terminals of the kernel: a USB adapter dies in the same way. */
@Timeout(60)
class JSerialCommLinesTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] EVERY_BYTE = new byte[256];

  static {
    for (int i = 0; i < EVERY_BYTE.length; i++) {
      EVERY_BYTE[i] = (byte) i;
    }
  }

  private static final SerialSettings SETTINGS = SerialSettings.of(9600);

  private final JSerialCommLines lines = new JSerialCommLines();

  @Test
  void everyByteArrivesAsItIs() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      device.output().write(EVERY_BYTE);

      assertThat(read(line, EVERY_BYTE.length)).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void everyByteLeavesAsItIs() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      line.write(EVERY_BYTE);

      assertThat(device.input().readNBytes(EVERY_BYTE.length)).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void aStableNameLeadsToThePort(@TempDir Path byId) throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open()) {
      Path name = Files.createSymbolicLink(byId.resolve("usb-example-if00"), device.slavePath());
      try (SerialLine line = lines.open(name.toString(), SETTINGS)) {
        device.output().write('x');

        assertThat(read(line, 1)).containsExactly('x');
      }
    }
  }

  @Test
  void aReadWithoutPatienceReturnsAtOnce() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      assertThat(line.read(new byte[8], Duration.ZERO)).isZero();
      assertThat(line.read(new byte[8], Duration.ofMillis(1))).isZero();
    }
  }

  // The trap: the library still calls the port open.
  @Test
  void aDeadLineIsNoticedByReadAndWrite() throws Exception {
    PseudoTerminal device = PseudoTerminal.open();
    try (SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      assertThat(line.read(new byte[8], Duration.ZERO)).as("control").isZero();
      device.close();

      assertThatThrownBy(() -> line.read(new byte[8], Duration.ZERO))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("unplugged");
      assertThatThrownBy(() -> line.read(new byte[8], LONG)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> line.write(new byte[8])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReadWaitsForWhatComes() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Integer> read =
          inBackground(
              () -> {
                begun.countDown();
                return line.read(new byte[8], LONG);
              });
      begun.await();
      device.output().write('x');

      assertThat(read.get()).isEqualTo(1);
    }
  }

  @Test
  void whatHasComeIsReadWithoutPatience() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      device.output().write('x');

      Await.await("the byte is there", () -> line.read(new byte[8], Duration.ZERO) == 1, LONG);
    }
  }

  // Another thread has used the line before, and is waiting in it now.
  @Test
  void closingEndsAReadThatWaits() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open()) {
      SerialLine line = lines.open(device.slavePath().toString(), SETTINGS);
      CountDownLatch used = new CountDownLatch(1);
      CompletableFuture<Integer> read =
          inBackground(
              () -> {
                line.write(new byte[] {1});
                line.read(new byte[8], Duration.ZERO);
                line.read(new byte[8], Duration.ofMillis(1));
                used.countDown();
                return line.read(new byte[8], Duration.ofHours(1));
              });

      used.await();
      line.close();
      line.close();

      assertThatThrownBy(read::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("was closed");
    }
  }

  @Test
  void aPortThatIsNotThereIsSaidNotToBe() {
    assertThatThrownBy(() -> lines.open("/dev/serial/by-id/usb-nobody", SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is the device plugged in");
  }

  @Test
  void aFileIsNoSerialPort(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> lines.open(file.toString(), SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void anAdapterThatIsNotPluggedInIsSaidNotToBe() {
    assertThatThrownBy(() -> lines.open("fff0:fff1:nobody", SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plug it in");
  }

  @Test
  void aPortThatAnotherProgramHasIsSaidToBeTaken() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line = lines.open(device.slavePath().toString(), SETTINGS)) {
      JSerialCommLines another = new JSerialCommLines();
      assertThatThrownBy(() -> another.open(device.slavePath().toString(), SETTINGS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another program has it");
      line.write(new byte[] {1});
    }
  }

  // Two devices of one gateway, under two names of one port: nobody has to look for another
  // program.
  @Test
  void aPortServesOneDevice(@TempDir Path byId) throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open()) {
      Path name = Files.createSymbolicLink(byId.resolve("usb-example-if00"), device.slavePath());
      SerialLine line = lines.open(name.toString(), SETTINGS);

      assertThatThrownBy(() -> lines.open(device.slavePath().toString(), SETTINGS))
          .isInstanceOf(SerialSetupException.class)
          .hasMessageContaining("a port serves one device");
      line.close();
      lines.open(device.slavePath().toString(), SETTINGS).close();
    }
  }

  // Root, who runs the build in a container, may open anything: only the words can be tested.
  @Test
  void aMissingPermissionNamesTheCommandThatGivesIt() {
    assertThat(JSerialCommLines.mayNot("/dev/ttyUSB0", "mycelium", "dialout"))
        .isEqualTo(
            "/dev/ttyUSB0 may not be opened by the user mycelium: run 'sudo usermod -aG dialout"
                + " mycelium' and start the gateway again");
  }

  // Of older smart meters (DSMR 2 and 3). A pseudo-terminal keeps what it is told and ignores it.
  @Test
  void aLineWithParityAndSevenBitsIsOpened() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open();
        SerialLine line =
            lines.open(
                device.slavePath().toString(),
                new SerialSettings(9600, 7, SerialSettings.Parity.EVEN, 1))) {
      device.output().write('x');

      assertThat(read(line, 1)).containsExactly('x');
    }
  }

  private static CompletableFuture<Integer> inBackground(Callable<Integer> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private static byte[] read(SerialLine line, int count) throws IOException {
    byte[] all = new byte[count];
    int length = 0;
    while (length < count) {
      byte[] part = new byte[count - length];
      int n = line.read(part, LONG);
      System.arraycopy(part, 0, all, length, n);
      length += n;
    }
    return all;
  }
}

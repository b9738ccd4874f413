package city.mycelium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract of SerialLine, as the real one does on a pseudo-terminal. */
class FakeSerialLinesTest {

  private static final String PORT = "/dev/ttyUSB0";

  private static final SerialSettings SETTINGS = SerialSettings.of(9600);

  private final FakeSerialLines lines = new FakeSerialLines();

  @Test
  void bytesPassBothWays() throws Exception {
    FakeSerialLine device = lines.plugIn(PORT);
    SerialLine line = lines.open(PORT, SETTINGS);

    device.say(new byte[] {1, 2, 3});
    line.write(new byte[] {4, 5});

    assertThat(read(line, 2)).containsExactly(1, 2);
    assertThat(read(line, 2)).containsExactly(3);
    assertThat(read(line, 2)).isEmpty();
    assertThat(device.heard()).containsExactly(4, 5);
    assertThat(device.heard()).isEmpty();
  }

  @Test
  void whatIsSaidWhileNobodyListensIsLost() throws Exception {
    FakeSerialLine device = lines.plugIn(PORT);
    device.say("lost");
    SerialLine line = lines.open(PORT, SETTINGS);
    device.say("unread");
    line.close();
    device.say("lost too");
    SerialLine again = lines.open(PORT, SETTINGS);
    device.say("x");

    assertThat(read(again, 100)).containsExactly('x');
    assertThat(device.openings()).isEqualTo(2);
  }

  @Test
  void aPortIsOpenedByOneAtATime() throws Exception {
    lines.plugIn(PORT);
    SerialLine line = lines.open(PORT, SETTINGS);

    assertThatThrownBy(() -> lines.open(PORT, SETTINGS)).isInstanceOf(IOException.class);
    line.close();
    assertThat(lines.open(PORT, SETTINGS)).isNotNull();
  }

  // It never comes back: a new one is opened.
  @Test
  void aLineThatWasUnpluggedStaysDead() throws Exception {
    lines.plugIn(PORT);
    SerialLine line = lines.open(PORT, SETTINGS);
    lines.unplug(PORT);
    assertThatThrownBy(() -> lines.open(PORT, SETTINGS)).isInstanceOf(IOException.class);
    lines.plugIn(PORT);

    assertThatThrownBy(() -> read(line, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> line.write(new byte[1])).isInstanceOf(IOException.class);
    assertThat(read(lines.open(PORT, SETTINGS), 1)).as("control").isEmpty();
  }

  @Test
  void aClosedLineIsDeadForItsOwner() throws Exception {
    FakeSerialLine device = lines.plugIn(PORT);
    SerialLine line = lines.open(PORT, SETTINGS);
    line.close();
    line.close();

    assertThatThrownBy(() -> read(line, 1)).isInstanceOf(IOException.class);
    assertThat(device.isOpen()).isFalse();
  }

  private static byte[] read(SerialLine line, int most) throws IOException {
    byte[] into = new byte[most];
    return Arrays.copyOf(into, line.read(into, Duration.ZERO));
  }
}

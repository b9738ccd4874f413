package city.mycelium.driver.serial.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.serial.internal.line.UsbIdentity.Adapter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsbIdentityTest {

  private static final Adapter DUST = new Adapter("/dev/ttyUSB0", 0x1a86, 0x7523, "Unknown");
  private static final Adapter GPS = new Adapter("/dev/ttyACM0", 0x1546, 0x01a7, "Unknown");
  private static final Adapter LEFT = new Adapter("/dev/ttyUSB1", 0x0403, 0x6001, "A1:B2");
  private static final Adapter RIGHT = new Adapter("/dev/ttyUSB2", 0x0403, 0x6001, "A1:B3");
  private static final List<Adapter> ALL = List.of(DUST, GPS, LEFT, RIGHT);

  @Test
  void vendorAndProductAreHexadecimalAsLsusbPrintsThem() throws Exception {
    assertThat(UsbIdentity.parse("1a86:7523").pathAmong(ALL)).isEqualTo("/dev/ttyUSB0");
    assertThat(UsbIdentity.parse("1546:01A7").pathAmong(ALL)).isEqualTo("/dev/ttyACM0");
  }

  // Serial numbers may hold colons.
  @Test
  void ofTwoAlikeTheSerialNumberChooses() throws Exception {
    assertThat(UsbIdentity.parse("0403:6001:A1:B3").pathAmong(ALL)).isEqualTo("/dev/ttyUSB2");
  }

  @Test
  void whichOfTwoAlikeIsNotLeftToLuck() {
    assertThatThrownBy(() -> UsbIdentity.parse("0403:6001").pathAmong(ALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/ttyUSB1, /dev/ttyUSB2");
  }

  @Test
  void anAdapterThatIsNotThereIsSaidNotToBe() {
    for (String absent : List.of("1a86:7524", "1a87:7523", "0403:6001:A1", "1a86:7523:x")) {
      assertThatThrownBy(() -> UsbIdentity.parse(absent).pathAmong(ALL))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no USB serial adapter " + absent + " is plugged in");
    }
  }

  @Test
  void anythingElseIsRefusedInWords() {
    for (String wrong : List.of("", "ttyUSB0", "1a86", "1a86:75", "1a86:7523:", "xyzw:7523")) {
      assertThatThrownBy(() -> UsbIdentity.parse(wrong))
          .as(wrong)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("names no serial port");
    }
  }
}

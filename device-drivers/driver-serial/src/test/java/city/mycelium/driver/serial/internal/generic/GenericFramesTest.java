package city.mycelium.driver.serial.internal.generic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericFramesTest {

  private static final Map<String, String> GOOD =
      Map.of(
          "header", "FF",
          "length", "4",
          "checksum", "sum8",
          "outputs", "distance distance mm at=1 type=u16be");

  @Test
  void aLayoutThatCannotBeIsRefusedInWords() {
    refused("length", "2", "header and the checksum together");
    refused("length", "300", "2 to 256");
    refused("checksum", "md5", "sum8");
    refused("checksumFrom", "3", "checksumFrom");
    refused("outputs", "distance distance mm at=2 type=u16be", "from 0 to 1");
    refused("outputs", "distance distance mm at=1 type=u64", "type is one of u8");
    refused("outputs", "distance distance mm type=u8", "needs at=");
    refused("header", "xyz", "hexadecimal");
    refused("ask", "hello", "hexadecimal");
  }

  private static void refused(String option, String value, String why) {
    Map<String, String> wrong = new HashMap<>(GOOD);
    wrong.put(option, value);
    GenericFrames kind = new GenericFrames();
    assertThatThrownBy(
            () -> kind.device(Duration.ofMinutes(1), DeviceSettings.of(kind.description(), wrong)))
        .hasMessageContaining(why);
  }
}

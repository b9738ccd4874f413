package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The expected bytes were printed by a C program that was compiled against linux/gpio.h of Linux
 * 6.1 on x86-64, with the fields set that the comments name.
 */
@EnabledIf("isLittleEndian")
class GpioAbiTest {

  static boolean isLittleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  // offsets[0] 17, consumer "mycelium:rain.roof", flags INPUT | ACTIVE_LOW | EDGE_RISING |
  // BIAS_PULL_UP, one attribute DEBOUNCE of 5000 us with mask 1, num_lines 1, event_buffer_size
  // 1024; sizeof 592.
  @Test
  void aRequestIsTheKernelsStructure() {
    byte[] request =
        GpioAbi.request(
            17,
            new LineRequest(
                "any", "GPIO17", "mycelium:rain.roof", true, LineRequest.Bias.PULL_UP, true, 5000));

    Map<Integer, Integer> set = new TreeMap<>();
    for (int i = 0; i < request.length; i++) {
      if (request[i] != 0) {
        set.put(i, request[i] & 0xff);
      }
    }
    Map<Integer, Integer> expected =
        new TreeMap<>(
            Map.of(
                0, 0x11, 288, 0x16, 289, 0x01, 296, 0x01, 320, 0x03, 328, 0x88, 329, 0x13, 336,
                0x01, 560, 0x01, 565, 0x04));
    String consumer = "mycelium:rain.roof";
    for (int i = 0; i < consumer.length(); i++) {
      expected.put(256 + i, (int) consumer.charAt(i));
    }
    assertThat(request).hasSize(592);
    assertThat(set).isEqualTo(expected);
  }

  // timestamp_ns 123456789012345, id RISING_EDGE, offset 17, seqno 7, line_seqno 7.
  @Test
  void anEventIsTheKernelsStructure() {
    byte[] event =
        HexFormat.of()
            .parseHex("79df0d864870000001000000110000000700000007000000" + "00".repeat(24));

    assertThat(GpioAbi.edges(event, event.length)).containsExactly(new Edge(123456789012345L, 7));
  }

  @Test
  void halfAnEventIsNone() {
    assertThat(GpioAbi.edges(new byte[GpioAbi.EVENT_BYTES], GpioAbi.EVENT_BYTES - 1)).isEmpty();
  }

  // _IOC of linux/ioctl.h: size and direction are part of the number.
  @Test
  void requestsAndStructuresAgree() {
    assertThat(GpioAbi.GET_CHIPINFO >> 16 & 0x3fff).isEqualTo(GpioAbi.CHIPINFO_BYTES);
    assertThat(GpioAbi.GET_LINEINFO >> 16 & 0x3fff).isEqualTo(GpioAbi.LINEINFO_BYTES);
    assertThat(GpioAbi.GET_VALUES >> 16 & 0x3fff).isEqualTo(GpioAbi.VALUES_BYTES);
    assertThat(GpioAbi.GET_LINE >> 16 & 0x3fff).isEqualTo(592);
  }
}

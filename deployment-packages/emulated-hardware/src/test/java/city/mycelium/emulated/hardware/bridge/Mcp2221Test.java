package city.mycelium.emulated.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The sequences are those of Linux' hid-mcp2221; what the fields mean is Microchip DS20005565, 3.1.
 */
class Mcp2221Test {

  private final Recorder target = new Recorder();
  private final Mcp2221 bridge = new Mcp2221(Map.of(0x44, target), Set.of(1));

  @Test
  void aWriteReachesTheTargetAndIsAcknowledged() {
    assertThat(hex(bridge.answer(report("90 02 00 88 24 00")), 3)).isEqualTo("90 00 00");
    assertThat(target.written).containsExactly(0x24, 0x00);
    assertThat(status()[20]).isZero();
  }

  @Test
  void aWriteToNobodyIsNotAcknowledgedUntilItIsCancelled() {
    bridge.answer(report("90 01 00 a0 10"));

    assertThat(status()[20]).isEqualTo((byte) 0x40);
    bridge.answer(report("10 00 10"));
    assertThat(status()[20]).isZero();
  }

  @Test
  void whatIsReadIsHandedOverOnRequest() {
    target.answer = HexFormat.of().parseHex("beef92");

    bridge.answer(report("91 03 00 89"));

    assertThat(hex(bridge.answer(report("40")), 7)).isEqualTo("40 00 55 03 be ef 92");
  }

  @Test
  void aReadThatIsNotAcknowledgedIsToldApartFromOneOfNothing() {
    bridge.answer(report("91 03 00 89"));

    assertThat(hex(bridge.answer(report("40")), 4)).isEqualTo("40 00 25 00");
  }

  /** A report carries 60 bytes, a transfer may have more. */
  @Test
  void longTransfersComeInPieces() {
    byte[] first = Arrays.copyOf(report("90 46 00 88"), 64);
    Arrays.fill(first, 4, 64, (byte) 1);
    bridge.answer(first);
    assertThat(target.written).isEmpty();
    bridge.answer(report("90 46 00 88 02 02 02 02 02 02 02 02 02 02"));
    assertThat(target.written).hasSize(70).endsWith(2, 2).startsWith(1);

    target.answer = new byte[70];
    bridge.answer(report("91 46 00 89"));
    assertThat(bridge.answer(report("40"))[3]).isEqualTo((byte) 60);
    assertThat(bridge.answer(report("40"))[3]).isEqualTo((byte) 10);
  }

  @Test
  void theSpeedIsTakenOver() {
    assertThat(hex(bridge.answer(report("10 00 00 20 1b")), 5)).isEqualTo("10 00 00 20 1b");
  }

  /** Value and direction of each pin; 1 is an input. */
  @Test
  void pinsAreReadAndMadeInputs() {
    assertThat(hex(bridge.answer(report("51")), 10)).isEqualTo("51 00 00 01 01 01 00 01 00 01");
    assertThat(hex(bridge.answer(report("50 00 00 00 00 00 00 00 01 01")), 10))
        .isEqualTo("50 00 00 00 00 00 00 00 01 01");
  }

  private byte[] status() {
    return bridge.answer(report("10"));
  }

  private static byte[] report(String digits) {
    return HexFormat.ofDelimiter(" ").parseHex(digits);
  }

  private static String hex(byte[] answer, int bytes) {
    assertThat(answer).hasSize(64);
    return HexFormat.ofDelimiter(" ").formatHex(answer, 0, bytes);
  }

  private static final class Recorder implements I2cTarget {

    private int[] written = {};
    private byte[] answer = {};

    @Override
    public boolean write(byte[] bytes) {
      written = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        written[i] = bytes[i];
      }
      return true;
    }

    @Override
    public byte[] read(int count) {
      return answer;
    }
  }
}

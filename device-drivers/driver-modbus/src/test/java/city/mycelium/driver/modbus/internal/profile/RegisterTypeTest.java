package city.mycelium.driver.modbus.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers by hand. IEEE 754 binary32 of 230.2: 230.2 = 1.7984375 * 2^7, so the exponent is 127 + 7
 * = 0x86 and the fraction 0.7984375 * 2^23 = 6697779.2, rounded 0x663333: 0 10000110 1100110…0011 =
 * 0x43663333. (Eastron's manuals print 43 66 33 34, the next one up, for the same 230.2.)
 */
class RegisterTypeTest {

  @ParameterizedTest
  @CsvSource({
    "ABCD, 43663333",
    "CDAB, 33334366",
    "BADC, 66433333",
    "DCBA, 33336643",
  })
  void theFourOrdersGiveOneFloat(ByteOrder order, String bytes) {
    assertThat(number(RegisterType.FLOAT32, order, bytes)).isEqualTo("230.2");
  }

  // 0x12345678 = 305419896, the number whose bytes all differ.
  @ParameterizedTest
  @CsvSource({
    "ABCD, 12345678",
    "CDAB, 56781234",
    "BADC, 34127856",
    "DCBA, 78563412",
  })
  void theFourOrdersGiveOneInteger(ByteOrder order, String bytes) {
    assertThat(number(RegisterType.UINT32, order, bytes)).isEqualTo("305419896");
  }

  @ParameterizedTest
  @CsvSource({
    "ABCD, 0102030405060708",
    "CDAB, 0708050603040102",
    "BADC, 0201040306050807",
    "DCBA, 0807060504030201",
  })
  void theFourOrdersGiveOneLongInteger(ByteOrder order, String bytes) {
    // 0x0102030405060708 = 1 * 2^56 + 2 * 2^48 + … + 8
    assertThat(number(RegisterType.INT64, order, bytes)).isEqualTo("72623859790382856");
  }

  @ParameterizedTest
  @CsvSource({
    "INT16, 8000, -32768",
    "INT16, FF05, -251",
    "UINT16, FF05, 65285",
    "INT32, FFFFFFFF, -1",
    "UINT32, FFFFFFFF, 4294967295",
    "INT64, FFFFFFFFFFFFFFFF, -1",
    "BCD16, 1234, 1234",
    "BCD32, 00987654, 987654",
    "FLOAT32, C1480000, -12.5", // -(1.5625 * 2^3): exponent 130 = 0x82, fraction 0.5625 = 0x480000
    "FLOAT64, 4029000000000000, 12.5", // exponent 1023 + 3 = 0x402, fraction 0.5625 = 0x9000…
  })
  void eachTypeReadsItsNumber(RegisterType type, String bytes, String number) {
    assertThat(number(type, ByteOrder.ABCD, bytes)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 7FC00000", // quiet NaN
    "FLOAT32, 7F800000", // infinity
    "FLOAT64, FFF0000000000000", // minus infinity
    "BCD16, 12A4", // a digit above 9
  })
  void whatIsNoNumberIsNone(RegisterType type, String bytes) {
    assertThat(number(type, ByteOrder.ABCD, bytes)).isEqualTo("none");
  }

  @Test
  void aBitIsOneOfEight() {
    Register register = new Register(Table.DISCRETE, 12, RegisterType.BIT, ByteOrder.ABCD, 1);
    Block block = new Block(Table.DISCRETE, 3, 12);

    // Bit 12 is the tenth of those from 3 on: bit 1 of the second byte.
    assertThat(block.cut(register, new byte[] {0, 0b10})).containsExactly(1);
    assertThat(block.cut(register, new byte[] {-1, 0b01})).containsExactly(0);
  }

  private static String number(RegisterType type, ByteOrder order, String bytes) {
    Register register =
        new Register(Table.INPUT, 0, type, order, (1L << Math.min(32, type.width())) - 1);
    return register
        .content(HexFormat.of().parseHex(bytes))
        .number()
        .map(n -> n.toPlainString())
        .orElse("none");
  }
}

package city.mycelium.driver.serial.internal.generic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  // The CRCs by the check values of the catalogue of parametrised CRC algorithms; 31 to 39 add up
  // to
  // 1DD, and their exclusive or is 31.
  @Test
  void eachHasTheValueThatTheCatalogueGives() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    Map<String, Integer> expected =
        Map.of(
            "none", 0,
            "sum8", 0xDD,
            "negated-sum8", 0x23,
            "inverted-sum8", 0x22,
            "xor8", 0x31,
            "sum16", 0x01DD,
            "crc16-modbus", 0x374B,
            "crc16-arc", 0x3DBB,
            "crc16-ccitt", 0x29B1);

    assertThat(Checksum.words()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (word, value) ->
            assertThat(Checksum.named(word).orElseThrow().of(check, 0, check.length))
                .as(word)
                .isEqualTo(value));
  }

  @Test
  void eachTypeReadsItsOctets() {
    List<Integer> octets = List.of(0xFF, 0xFE, 0x00, 0x01);
    assertThat(read("u8", octets)).isEqualTo(255);
    assertThat(read("s8", octets)).isEqualTo(-1);
    assertThat(read("u16be", octets)).isEqualTo(0xFFFE);
    assertThat(read("s16be", octets)).isEqualTo(-2);
    assertThat(read("u16le", octets)).isEqualTo(0xFEFF);
    assertThat(read("s16le", octets)).isEqualTo(-257);
    assertThat(read("u32be", octets)).isEqualTo(4_294_836_225.0);
    assertThat(read("s32be", octets)).isEqualTo(-131_071);
    assertThat(read("u32le", octets)).isEqualTo(16_842_495 - 65_536 + 65_536);
    assertThat(read("s32le", List.of(0, 0, 0, 0x80))).isEqualTo(-2_147_483_648.0);
    assertThat(read("f32be", List.of(0x41, 0x20, 0, 0))).isEqualTo(10);
    assertThat(read("f32le", List.of(0, 0, 0x20, 0x41))).isEqualTo(10);
    assertThat(FieldType.words()).hasSize(12);
  }

  private static double read(String type, List<Integer> octets) {
    return FieldType.named(type).orElseThrow().read(octets, 0);
  }
}

package city.mycelium.driver.serial.internal.generic;

import city.mycelium.driver.serial.internal.frame.Checksums;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A checksum that a frame may end with. CRCs by the names and parameters of the catalogue of
 * parametrised CRC algorithms (reveng), the low octet first where Modbus does so.
 */
enum Checksum {
  NONE("none", 0),
  SUM8("sum8", 1),
  NEGATED_SUM8("negated-sum8", 1),
  INVERTED_SUM8("inverted-sum8", 1),
  XOR8("xor8", 1),
  SUM16("sum16", 2),
  CRC16_MODBUS("crc16-modbus", 2),
  CRC16_ARC("crc16-arc", 2),
  CRC16_CCITT("crc16-ccitt", 2);

  /** x16 + x15 + x2 + 1, with its bits in reverse. */
  private static final int IBM = 0xA001;

  private final String word;
  private final int octets;

  Checksum(String word, int octets) {
    this.word = word;
    this.octets = octets;
  }

  static Optional<Checksum> named(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(c -> c.word).toList();
  }

  /** How many octets it has. */
  int octets() {
    return octets;
  }

  /** As it stands in a frame, the first octet in the high place. */
  int of(byte[] bytes, int from, int to) {
    return switch (this) {
      case NONE -> 0;
      case SUM8 -> Checksums.sum(bytes, from, to) & 0xff;
      case NEGATED_SUM8 -> -Checksums.sum(bytes, from, to) & 0xff;
      case INVERTED_SUM8 -> ~Checksums.sum(bytes, from, to) & 0xff;
      case XOR8 -> Checksums.xor(bytes, from, to);
      case SUM16 -> Checksums.sum(bytes, from, to) & 0xffff;
      case CRC16_MODBUS -> swapped(Checksums.reflectedCrc16(bytes, from, to, IBM, 0xffff));
      case CRC16_ARC -> swapped(Checksums.reflectedCrc16(bytes, from, to, IBM, 0));
      case CRC16_CCITT -> Checksums.crc16Ccitt(bytes, from, to);
    };
  }

  private static int swapped(int crc) {
    return (crc & 0xff) << 8 | crc >> 8;
  }
}

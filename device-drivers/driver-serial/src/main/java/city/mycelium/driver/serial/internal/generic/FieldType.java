package city.mycelium.driver.serial.internal.generic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How octets of a frame mean a number: unsigned, signed or IEEE 754, big- or little-endian. */
enum FieldType {
  U8(1, false, false),
  S8(1, true, false),
  U16BE(2, false, false),
  U16LE(2, false, true),
  S16BE(2, true, false),
  S16LE(2, true, true),
  U32BE(4, false, false),
  U32LE(4, false, true),
  S32BE(4, true, false),
  S32LE(4, true, true),
  F32BE(4, true, false),
  F32LE(4, true, true);

  private final int octets;
  private final boolean signed;
  private final boolean lowFirst;

  FieldType(int octets, boolean signed, boolean lowFirst) {
    this.octets = octets;
    this.signed = signed;
    this.lowFirst = lowFirst;
  }

  static Optional<FieldType> named(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(FieldType::word).toList();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int octets() {
    return octets;
  }

  /** The number at a place; one of IEEE 754 may be none. */
  double read(List<Integer> frame, int at) {
    long number = 0;
    for (int i = 0; i < octets; i++) {
      number = number << 8 | frame.get(lowFirst ? at + octets - 1 - i : at + i);
    }
    if (this == F32BE || this == F32LE) {
      return Float.intBitsToFloat((int) number);
    }
    long beyond = 1L << (8 * octets);
    return signed && number >= beyond / 2 ? number - beyond : number;
  }
}

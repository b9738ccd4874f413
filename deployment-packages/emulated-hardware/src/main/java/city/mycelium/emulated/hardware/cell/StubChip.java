package city.mycelium.emulated.hardware.cell;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A chip of the kernel's i2c-stub (Linux, Documentation/i2c/i2c-stub.rst): 256 registers that hold
 * what is written to them. It is filled with i2cset of i2c-tools, and so not by code of ours.
 *
 * @param address of seven bits
 * @param registers first register and the bytes from there on, as hexadecimal digits
 */
record StubChip(int address, Map<Integer, String> registers) {

  /** SMBus 2.0, 5.5.7: a block has at most 32 bytes. */
  private static final int BLOCK_BYTES = 32;

  /** The bus of i2c-stub: it is the first that the guest's kernel gets. */
  static final int BUS = 0;

  private static final HexFormat HEX = HexFormat.of();

  StubChip {
    registers = Map.copyOf(registers);
  }

  /** The lines that fill it, in the language of sh. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(registers)
        .forEach((first, digits) -> lines.addAll(lines(first, HEX.parseHex(digits))));
    return lines;
  }

  private List<String> lines(int first, byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += BLOCK_BYTES) {
      StringBuilder line =
          new StringBuilder(String.format("i2cset -y %d 0x%02x 0x%02x", BUS, address, first + at));
      for (int i = at; i < Math.min(bytes.length, at + BLOCK_BYTES); i++) {
        line.append(" 0x").append(HEX.toHexDigits(bytes[i]));
      }
      lines.add(line.append(" i").toString());
    }
    return lines;
  }
}

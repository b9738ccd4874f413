package city.mycelium.driver.modbus.internal.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consecutive addresses of one table that are read at once, so that what stands in them is of one
 * moment.
 */
public record Block(Table table, int address, int count) {

  /** Exactly a register. */
  static Block of(Register register) {
    return new Block(register.table(), register.address(), register.type().addresses());
  }

  /**
   * As few blocks as the limits allow. No register is cut in two: half a value of now and half of
   * later is no value.
   */
  static List<Block> merged(List<Register> registers, Profile.Limits limits) {
    List<Block> blocks = new ArrayList<>();
    registers.stream()
        .sorted(Comparator.comparing(Register::table).thenComparing(Register::address))
        .forEach(register -> merge(blocks, of(register), limits));
    return List.copyOf(blocks);
  }

  private static void merge(List<Block> blocks, Block next, Profile.Limits limits) {
    if (!blocks.isEmpty()) {
      Block last = blocks.get(blocks.size() - 1);
      int end = Math.max(last.end(), next.end());
      if (last.table == next.table
          && next.address - last.end() <= limits.gap()
          && end - last.address <= limits.most(last.table)) {
        blocks.set(blocks.size() - 1, new Block(last.table, last.address, end - last.address));
        return;
      }
    }
    blocks.add(next);
  }

  private int end() {
    return address + count;
  }

  /** Whether all of the register is in it. */
  public boolean holds(Register register) {
    return register.table() == table && register.address() >= address && register.end() <= end();
  }

  /**
   * The bytes of one register.
   *
   * @param data of the whole block: two bytes each, or eight bits to a byte, the lowest bit first
   *     (Application Protocol V1.1b3, 6.1 and 6.3)
   */
  public byte[] cut(Register register, byte[] data) {
    int from = register.address() - address;
    if (table.isBits()) {
      return new byte[] {(byte) (data[from / 8] >> from % 8 & 1)};
    }
    byte[] bytes = new byte[2 * register.type().addresses()];
    System.arraycopy(data, 2 * from, bytes, 0, bytes.length);
    return bytes;
  }
}

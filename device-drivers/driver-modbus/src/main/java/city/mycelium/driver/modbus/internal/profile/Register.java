package city.mycelium.driver.modbus.internal.profile;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where a number stands in a device, and how.
 *
 * @param address of its first register or bit as it goes over the line: from 0, what manuals call
 *     30001 or 40001 is 0
 * @param mask the bits that count, for unsigned types; all of them else
 */
public record Register(Table table, int address, RegisterType type, ByteOrder order, long mask) {

  /** The first address behind it. */
  public int end() {
    return address + type.addresses();
  }

  /** For a person: {@code input registers 0x0048 to 0x0049}. */
  public String place() {
    return table.place(address)
        + (type.addresses() == 1 ? "" : String.format(" to 0x%04X", end() - 1));
  }

  /** Whether both stand at one place in one way, so that only their masks may differ. */
  boolean isBeside(Register other) {
    return table == other.table
        && address == other.address
        && type == other.type
        && order == other.order;
  }

  boolean overlaps(Register other) {
    return table == other.table && address < other.end() && other.address < end();
  }

  /**
   * What stands there.
   *
   * @param bytes of its registers, or one byte that is 0 or 1 for a bit
   */
  public Content content(byte[] bytes) {
    long bits = type == RegisterType.BIT ? bytes[0] : order.bits(bytes);
    return new Content(
        bits,
        type.isUnsigned()
            ? type.number((bits & mask) >>> Long.numberOfTrailingZeros(mask))
            : type.number(bits));
  }

  /**
   * What stands at a place.
   *
   * @param bits all of them, as one number
   * @param number what they mean, if they are a number
   */
  public record Content(long bits, Optional<BigDecimal> number) {}
}

package city.mycelium.driver.lorawan.internal.radio;

import java.util.regex.Pattern;

/**
 * An EUI-64 (IEEE): of a device, a join server or a concentrator.
 *
 * @param value the 64 bits, the first byte as printed being the highest
 */
public record Eui(long value) implements Comparable<Eui> {

  private static final Pattern PRINTED = Pattern.compile("[0-9a-fA-F]{16}");
  private static final int HEX = 16;

  /**
   * Reads 16 hexadecimal digits; dashes and colons between them are passed over.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Eui parse(String text) {
    String digits = text.replaceAll("[-:]", "");
    if (!PRINTED.matcher(digits).matches()) {
      throw new IllegalArgumentException("an EUI is 16 hexadecimal digits, not '" + text + "'");
    }
    return new Eui(Long.parseUnsignedLong(digits, HEX));
  }

  @Override
  public int compareTo(Eui other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** 16 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}

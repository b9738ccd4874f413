package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;

/**
 * An EUI as Basics Station writes it: four groups of up to four hexadecimal digits with colons
 * between them, of which {@code ::} stands for as many groups of zeros as are missing ("ID6" in its
 * documentation). The form with dashes between bytes is read too.
 */
final class Id6 {

  private static final int GROUPS = 4;
  private static final int GROUP_BITS = 16;
  private static final int HEX = 16;

  private Id6() {}

  /**
   * Reads it.
   *
   * @throws RefusedException if it is none
   */
  static Eui read(String text) throws RefusedException {
    try {
      if (text.length() > 23) {
        throw new IllegalArgumentException("too long");
      }
      int gap = text.indexOf("::");
      String[] left = groups(gap < 0 ? text : text.substring(0, gap));
      if (gap < 0) {
        return left.length == GROUPS ? new Eui(value(left)) : Eui.parse(text);
      }
      String[] right = groups(text.substring(gap + 2));
      if (left.length + right.length >= GROUPS) {
        throw new IllegalArgumentException("too many groups");
      }
      long high = value(left) << (GROUP_BITS * (GROUPS - left.length));
      return new Eui((left.length == 0 ? 0 : high) | value(right));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("'" + text + "' is no station's EUI", e);
    }
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static long value(String[] groups) {
    long value = 0;
    for (String group : groups) {
      if (group.isEmpty() || group.length() > 4 || group.charAt(0) == '+') {
        throw new IllegalArgumentException("a group has 1 to 4 digits");
      }
      value = value << GROUP_BITS | Integer.parseUnsignedInt(group, HEX);
    }
    return value;
  }

  /** In four groups, none left out. */
  static String write(Eui eui) {
    StringBuilder text = new StringBuilder();
    for (int shift = GROUP_BITS * (GROUPS - 1); shift >= 0; shift -= GROUP_BITS) {
      text.append(shift == GROUP_BITS * (GROUPS - 1) ? "" : ":")
          .append(Long.toHexString(eui.value() >>> shift & 0xffff));
    }
    return text.toString();
  }
}

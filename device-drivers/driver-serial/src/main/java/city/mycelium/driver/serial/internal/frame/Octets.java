package city.mycelium.driver.serial.internal.frame;

import java.util.ArrayList;
import java.util.List;

/** Octets of a frame as the numbers that they mean. */
public final class Octets {

  private static final int BITS = 8;

  private Octets() {}

  /** One octet, 0 to 255. */
  public static int at(byte[] bytes, int place) {
    return bytes[place] & 0xff;
  }

  /** Two octets, the high one first, 0 to 65535. */
  public static int pair(byte[] bytes, int place) {
    return at(bytes, place) << BITS | at(bytes, place + 1);
  }

  /** Octets from a place to another, exclusive, as a value that equals another of its kind. */
  public static List<Integer> list(byte[] bytes, int from, int to) {
    List<Integer> octets = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      octets.add(at(bytes, i));
    }
    return List.copyOf(octets);
  }

  /** Whether, as far as there are bytes, these octets stand at the place. */
  public static boolean begins(byte[] bytes, int place, int... octets) {
    for (int i = 0; i < octets.length && place + i < bytes.length; i++) {
      if (at(bytes, place + i) != octets[i]) {
        return false;
      }
    }
    return true;
  }

  /** A command as bytes. */
  public static byte[] bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }
}

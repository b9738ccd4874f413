package city.mycelium.driver.kit;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * What passed between a device class and its device: what was said, and what a healthy device
 * answers to that. Immutable as long as nobody writes to what it hands out.
 *
 * @param number from 0
 * @param said hexadecimal, or a path, or whatever names a request on this bus
 * @param answer each 0 to 255; empty if none is due
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere, and copied at the border
public record Transfer(int number, String said, int[] answer) {

  public Transfer {
    answer = answer.clone();
  }

  /** A copy. */
  @Override
  public int[] answer() {
    return answer.clone();
  }

  @Override
  public String toString() {
    return "transfer " + number + " (" + said + " -> " + hex(answer) + ")";
  }

  /** As in a data sheet: {@code 0B 2F}. */
  static String hex(int... bytes) {
    return Arrays.stream(bytes).mapToObj(b -> "%02X".formatted(b)).collect(Collectors.joining(" "));
  }

  /** The bytes of {@code 0B 2F}, with or without spaces. */
  static int[] bytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    int[] ints = new int[bytes.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = bytes[i] & 0xFF;
    }
    return ints;
  }
}

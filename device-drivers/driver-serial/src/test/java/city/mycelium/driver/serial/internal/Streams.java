package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Byte streams for the tests of frame scanners, cut into pieces in all the ways a line may. */
public final class Streams {

  private Streams() {}

  /** One after another. */
  public static byte[] join(byte[]... parts) {
    byte[] all = new byte[0];
    for (byte[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }

  /** What a scanner finds when the pieces arrive one by one. */
  public static <F> List<F> scan(Function<byte[], Scan<F>> scanner, List<byte[]> pieces) {
    List<F> frames = new ArrayList<>();
    byte[] rest = new byte[0];
    for (byte[] piece : pieces) {
      byte[] bytes = join(rest, piece);
      Scan<F> scan = scanner.apply(bytes);
      frames.addAll(scan.frames());
      rest = Arrays.copyOfRange(bytes, scan.consumed(), bytes.length);
    }
    return frames;
  }

  /** In two, at this place. */
  public static List<byte[]> cutAt(byte[] bytes, int place) {
    return List.of(
        Arrays.copyOfRange(bytes, 0, place), Arrays.copyOfRange(bytes, place, bytes.length));
  }

  /** In single bytes. */
  public static List<byte[]> crumbs(byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte octet : bytes) {
      pieces.add(new byte[] {octet});
    }
    return pieces;
  }
}

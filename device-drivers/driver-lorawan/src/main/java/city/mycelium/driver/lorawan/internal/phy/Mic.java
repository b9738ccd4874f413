package city.mycelium.driver.lorawan.internal.phy;

import java.security.MessageDigest;
import java.util.Arrays;

/** Integrity codes: the first four bytes of an AES-CMAC. */
final class Mic {

  static final int LENGTH = 4;

  private static final int B0 = 0x49;

  private Mic() {}

  /**
   * Of a data frame (4.4).
   *
   * @param message all before the MIC
   * @param fCnt all 32 bits
   */
  static byte[] ofData(Aes network, Direction direction, int devAddr, long fCnt, byte[] message) {
    byte[] b0 = new byte[Aes.BLOCK];
    b0[0] = B0;
    b0[5] = (byte) direction.bit();
    Bytes.write(devAddr, b0, 6, 4);
    Bytes.write(fCnt, b0, 10, 4);
    b0[15] = (byte) message.length;
    return Arrays.copyOf(network.cmac(b0, message), LENGTH);
  }

  /** Of a join-request or join-accept (6.2.4 and 6.2.5). */
  static byte[] ofJoin(Aes root, byte[] message) {
    return Arrays.copyOf(root.cmac(message), LENGTH);
  }

  /** Compares in constant time: how long it takes says nothing about how much was right. */
  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  /** All of a frame but its MIC. */
  static byte[] message(byte[] frame) {
    return Arrays.copyOf(frame, frame.length - LENGTH);
  }

  /** The MIC that a frame carries. */
  static byte[] carried(byte[] frame) {
    return Arrays.copyOfRange(frame, frame.length - LENGTH, frame.length);
  }

  static byte[] appended(byte[] message, byte[] mic) {
    byte[] frame = Arrays.copyOf(message, message.length + LENGTH);
    System.arraycopy(mic, 0, frame, message.length, LENGTH);
    return frame;
  }
}

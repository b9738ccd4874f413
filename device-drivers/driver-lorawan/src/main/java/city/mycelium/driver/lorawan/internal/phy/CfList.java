package city.mycelium.driver.lorawan.internal.phy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Channels that a join-accept brings along (RP002, 2.x.4 of each region). Immutable. */
public final class CfList {

  static final int LENGTH = 16;

  private static final int TYPE_AT = LENGTH - 1;
  private static final int FREQUENCIES = 5;
  private static final int STEP_HZ = 100;
  private static final int MASKS = 7;

  private final byte[] bytes;

  /**
   * As it is in the frame.
   *
   * @throws IllegalArgumentException if it has not 16 bytes
   */
  public CfList(byte[] bytes) {
    Bytes.require(bytes.length == LENGTH, "a CFList has 16 bytes, not " + bytes.length);
    this.bytes = bytes.clone();
  }

  /**
   * Of type 0: up to five frequencies, Hz, multiples of 100.
   *
   * @throws IllegalArgumentException if there are more, or one cannot be said
   */
  public static CfList ofFrequencies(List<Long> frequenciesHz) {
    Bytes.require(frequenciesHz.size() <= FREQUENCIES, "a CFList has room for five frequencies");
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < frequenciesHz.size(); i++) {
      long hz = frequenciesHz.get(i);
      Bytes.require(
          hz > 0 && hz % STEP_HZ == 0 && hz / STEP_HZ <= 0xffffff,
          "a CFList cannot say the frequency " + hz + " Hz");
      Bytes.write(hz / STEP_HZ, bytes, 3 * i, 3);
    }
    return new CfList(bytes);
  }

  /** 0: frequencies; 1: masks of channels that are fixed by the region. */
  public int type() {
    return bytes[TYPE_AT] & 0xff;
  }

  /** Those of type 0, Hz; empty slots are left out. Empty for another type. */
  public List<Long> frequenciesHz() {
    List<Long> frequencies = new ArrayList<>();
    for (int i = 0; type() == 0 && i < FREQUENCIES; i++) {
      long steps = Bytes.read(bytes, 3 * i, 3);
      if (steps != 0) {
        frequencies.add(steps * STEP_HZ);
      }
    }
    return frequencies;
  }

  /** Those of type 1, 16 channels each, the lowest first. Empty for another type. */
  public List<Integer> channelMasks() {
    List<Integer> masks = new ArrayList<>();
    for (int i = 0; type() == 1 && i < MASKS; i++) {
      masks.add((int) Bytes.read(bytes, 2 * i, 2));
    }
    return masks;
  }

  /** A copy of its 16 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CfList list && Arrays.equals(bytes, list.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return type() == 0 ? "CfList" + frequenciesHz() : "CfList[type " + type() + "]";
  }
}

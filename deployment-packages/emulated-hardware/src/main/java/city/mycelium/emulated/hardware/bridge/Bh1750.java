package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;

/**
 * The light sensor BH1750: takes commands of one byte, gives two bytes. It always sees what the
 * example of its datasheet calculates.
 *
 * <p>Source: ROHM, "BH1750FVI Technical Note" (2011), "Measurement sequence example": 0x8390 are
 * 33,680 counts, and at the usual measurement time 33,680 / 1.2 = 28,067 lx.
 */
public final class Bh1750 implements I2cTarget {

  /** With its ADDR pin low. */
  public static final int ADDRESS = 0x23;

  private static final int POWER_DOWN = 0x00;
  private static final byte[] SEEN = {(byte) 0x83, (byte) 0x90};

  private boolean on;

  @Override
  public boolean write(byte[] bytes) {
    on = bytes.length > 0 ? bytes[bytes.length - 1] != POWER_DOWN : on;
    return true;
  }

  @Override
  public byte[] read(int count) {
    return on ? Arrays.copyOf(SEEN, count) : new byte[count];
  }
}

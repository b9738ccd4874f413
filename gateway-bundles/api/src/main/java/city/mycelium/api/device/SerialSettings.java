package city.mycelium.api.device;

/**
 * How a serial line is set.
 *
 * @param baud bits per second
 * @param dataBits 7 or 8
 * @param parity what is sent beside them
 * @param stopBits 1 or 2
 */
public record SerialSettings(int baud, int dataBits, Parity parity, int stopBits) {

  /** The bit after the data bits. */
  public enum Parity {
    NONE,
    EVEN,
    ODD
  }

  public SerialSettings {
    if (baud < 50 || baud > 4_000_000 || dataBits < 7 || dataBits > 8) {
      throw new IllegalArgumentException(
          "a serial line has 50 to 4000000 baud and 7 or 8 data bits, not "
              + baud
              + " and "
              + dataBits);
    }
    if (stopBits < 1 || stopBits > 2) {
      throw new IllegalArgumentException("a serial line has 1 or 2 stop bits, not " + stopBits);
    }
  }

  /** 8 data bits, no parity, 1 stop bit, as nearly everything speaks. */
  public static SerialSettings of(int baud) {
    return new SerialSettings(baud, 8, Parity.NONE, 1);
  }

  /** The same at another speed. */
  public SerialSettings at(int otherBaud) {
    return new SerialSettings(otherBaud, dataBits, parity, stopBits);
  }
}

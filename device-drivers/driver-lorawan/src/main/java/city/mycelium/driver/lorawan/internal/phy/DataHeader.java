package city.mycelium.driver.lorawan.internal.phy;

/**
 * What stands before the payload of a data frame (4.2 and 4.3).
 *
 * @param confirmed whether the other side is to acknowledge it
 * @param devAddr 32 bits
 * @param fCnt the lower 16 bits of the counter
 * @param fOpts MAC commands, up to 15 bytes; not copied
 * @param fPort 0 to 255, or {@link #NO_PORT}
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is read once
public record DataHeader(
    Direction direction,
    boolean confirmed,
    int devAddr,
    FCtrl fCtrl,
    int fCnt,
    byte[] fOpts,
    int fPort) {

  /** There is no port, and so no payload. */
  public static final int NO_PORT = -1;

  /** Longest FOpts, bytes. */
  public static final int LONGEST_OPTIONS = 15;

  public DataHeader {
    Bytes.require(fCnt >= 0 && fCnt <= 0xffff, "a frame carries 16 bits of its counter");
    Bytes.require(fOpts.length <= LONGEST_OPTIONS, "FOpts has at most 15 bytes");
    Bytes.require(fPort >= NO_PORT && fPort <= 0xff, "a port is 0 to 255");
  }

  public boolean hasPort() {
    return fPort != NO_PORT;
  }

  int mType() {
    if (direction == Direction.UP) {
      return confirmed ? PhyPayload.CONFIRMED_UP : PhyPayload.UNCONFIRMED_UP;
    }
    return confirmed ? PhyPayload.CONFIRMED_DOWN : PhyPayload.UNCONFIRMED_DOWN;
  }
}

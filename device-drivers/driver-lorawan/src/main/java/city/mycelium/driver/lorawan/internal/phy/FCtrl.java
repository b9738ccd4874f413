package city.mycelium.driver.lorawan.internal.phy;

/**
 * The flags of a data frame (4.3.1).
 *
 * @param adr the network may choose data rate and power
 * @param adrAckReq a device asks whether the network still hears it; reserved on the way down
 * @param ack the last confirmed frame of the other side has come
 * @param pending on the way down FPending, more waits; on the way up the device is in class B
 */
public record FCtrl(boolean adr, boolean adrAckReq, boolean ack, boolean pending) {

  /** No flag at all. */
  public static final FCtrl NONE = new FCtrl(false, false, false, false);

  int bits() {
    return (adr ? 0x80 : 0) | (adrAckReq ? 0x40 : 0) | (ack ? 0x20 : 0) | (pending ? 0x10 : 0);
  }
}

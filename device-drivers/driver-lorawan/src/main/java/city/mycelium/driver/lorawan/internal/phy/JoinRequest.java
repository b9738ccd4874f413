package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.phy.FrameException.Reason;
import city.mycelium.driver.lorawan.internal.radio.Eui;

/**
 * A device asks to come in (6.2.4).
 *
 * @param bytes the frame; not copied, must not change
 * @param joinEui called AppEUI up to 1.0.3
 * @param devNonce 16 bits
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is read once
public record JoinRequest(byte[] bytes, Eui joinEui, Eui devEui, int devNonce)
    implements PhyPayload {

  private static final int LENGTH = 23;

  static JoinRequest parse(byte[] bytes) throws FrameException {
    if (bytes.length != LENGTH) {
      throw new FrameException(
          Reason.MALFORMED, "a join-request has " + LENGTH + " bytes, not " + bytes.length);
    }
    return new JoinRequest(
        bytes,
        new Eui(Bytes.read(bytes, 1, 8)),
        new Eui(Bytes.read(bytes, 9, 8)),
        (int) Bytes.read(bytes, 17, 2));
  }

  /**
   * What a device sends.
   *
   * @param devNonce 16 bits
   */
  public static byte[] build(Aes root, Eui joinEui, Eui devEui, int devNonce) {
    Bytes.require(devNonce >= 0 && devNonce <= 0xffff, "a DevNonce is 0 to 65535, not " + devNonce);
    byte[] message = new byte[LENGTH - Mic.LENGTH];
    message[0] = JOIN_REQUEST << 5;
    Bytes.write(joinEui.value(), message, 1, 8);
    Bytes.write(devEui.value(), message, 9, 8);
    Bytes.write(devNonce, message, 17, 2);
    return Mic.appended(message, Mic.ofJoin(root, message));
  }

  /** Whether who sent it has this AppKey. */
  public boolean isFrom(Aes root) {
    return Mic.same(Mic.ofJoin(root, Mic.message(bytes)), Mic.carried(bytes));
  }
}

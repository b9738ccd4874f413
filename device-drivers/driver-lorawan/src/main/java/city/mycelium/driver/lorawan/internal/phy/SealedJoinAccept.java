package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.phy.FrameException.Reason;
import java.util.Arrays;

/**
 * A join-accept as it goes over the air: nothing of it can be read without the AppKey (6.2.5).
 *
 * @param bytes the frame; not copied, must not change
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is read once
public record SealedJoinAccept(byte[] bytes) implements PhyPayload {

  static SealedJoinAccept parse(byte[] bytes) throws FrameException {
    if (bytes.length != JoinAccept.LENGTH && bytes.length != JoinAccept.LENGTH + CfList.LENGTH) {
      throw new FrameException(
          Reason.MALFORMED,
          "a join-accept has "
              + JoinAccept.LENGTH
              + " bytes, or "
              + (JoinAccept.LENGTH + CfList.LENGTH)
              + " with a CFList, not "
              + bytes.length);
    }
    return new SealedJoinAccept(bytes);
  }

  /**
   * Opens it.
   *
   * @param accept what it says, whether or not that can be believed
   * @param plain the whole frame in plain
   * @param isGenuine whether the MIC fits, and so the key
   */
  @SuppressWarnings("ArrayRecordComponent") // a frame is read once
  public record Opened(JoinAccept accept, byte[] plain, boolean isGenuine) {}

  /** Opens it as a device does: with the encrypting direction of AES. */
  public Opened open(Aes root) {
    byte[] plain = bytes.clone();
    byte[] body = root.encrypt(Arrays.copyOfRange(bytes, 1, bytes.length));
    System.arraycopy(body, 0, plain, 1, body.length);
    boolean genuine = Mic.same(Mic.ofJoin(root, Mic.message(plain)), Mic.carried(plain));
    return new Opened(JoinAccept.read(plain), plain, genuine);
  }
}

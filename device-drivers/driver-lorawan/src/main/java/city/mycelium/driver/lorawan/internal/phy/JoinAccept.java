package city.mycelium.driver.lorawan.internal.phy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The network lets a device in (6.2.5).
 *
 * @param appNonce 24 bits; called JoinNonce in 1.0.4
 * @param netId 24 bits
 * @param devAddr the device's address from now on, 32 bits
 * @param rx1DrOffset 0 to 7
 * @param rx2DataRate 0 to 15
 * @param rxDelaySeconds 0 to 15, and 0 means 1
 * @param cfList further channels
 */
public record JoinAccept(
    int appNonce,
    int netId,
    int devAddr,
    int rx1DrOffset,
    int rx2DataRate,
    int rxDelaySeconds,
    Optional<CfList> cfList) {

  /** Bytes without a CFList. */
  static final int LENGTH = 17;

  private static final int BEFORE_CF_LIST = LENGTH - Mic.LENGTH;
  private static final int BITS_24 = 0xffffff;

  public JoinAccept {
    Bytes.require((appNonce & ~BITS_24) == 0, "an AppNonce has 24 bits");
    Bytes.require((netId & ~BITS_24) == 0, "a NetID has 24 bits");
    Bytes.require(rx1DrOffset >= 0 && rx1DrOffset <= 7, "RX1DROffset is 0 to 7");
    Bytes.require(rx2DataRate >= 0 && rx2DataRate <= 15, "a data rate is 0 to 15");
    Bytes.require(rxDelaySeconds >= 0 && rxDelaySeconds <= 15, "RxDelay is 0 to 15");
  }

  /** Of a whole plain frame. */
  static JoinAccept read(byte[] plain) {
    return new JoinAccept(
        (int) Bytes.read(plain, 1, 3),
        (int) Bytes.read(plain, 4, 3),
        (int) Bytes.read(plain, 7, 4),
        plain[11] >> 4 & 0x7,
        plain[11] & 0xf,
        plain[12] & 0xf,
        plain.length == LENGTH
            ? Optional.empty()
            : Optional.of(
                new CfList(
                    Arrays.copyOfRange(plain, BEFORE_CF_LIST, BEFORE_CF_LIST + CfList.LENGTH))));
  }

  /** The frame for the air: with its MIC, and sealed with the decrypting direction of AES. */
  public byte[] build(Aes root) {
    byte[] message = new byte[BEFORE_CF_LIST + cfList.map(list -> CfList.LENGTH).orElse(0)];
    message[0] = PhyPayload.JOIN_ACCEPT << 5;
    Bytes.write(appNonce, message, 1, 3);
    Bytes.write(netId, message, 4, 3);
    Bytes.write(devAddr, message, 7, 4);
    message[11] = (byte) (rx1DrOffset << 4 | rx2DataRate);
    message[12] = (byte) rxDelaySeconds;
    cfList.ifPresent(
        list -> System.arraycopy(list.bytes(), 0, message, BEFORE_CF_LIST, CfList.LENGTH));
    byte[] frame = Mic.appended(message, Mic.ofJoin(root, message));
    byte[] sealed = root.decrypt(Arrays.copyOfRange(frame, 1, frame.length));
    System.arraycopy(sealed, 0, frame, 1, sealed.length);
    return frame;
  }

  /** How long after an uplink RX1 opens, seconds. */
  public int rx1DelaySeconds() {
    return Math.max(1, rxDelaySeconds);
  }
}

package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.phy.FrameException.Reason;

/**
 * What goes over the air (4). Reading one checks its form only: whether it is from whom it says is
 * asked with a key.
 */
public sealed interface PhyPayload permits JoinRequest, SealedJoinAccept, DataFrame {

  /** Longest frame that a concentrator can hear, bytes. */
  int LONGEST = 255;

  /** MType in MHDR (4.2.1). */
  int JOIN_REQUEST = 0;

  /** MType in MHDR (4.2.1). */
  int JOIN_ACCEPT = 1;

  /** MType in MHDR (4.2.1). */
  int UNCONFIRMED_UP = 2;

  /** MType in MHDR (4.2.1). */
  int UNCONFIRMED_DOWN = 3;

  /** MType in MHDR (4.2.1). */
  int CONFIRMED_UP = 4;

  /** MType in MHDR (4.2.1). */
  int CONFIRMED_DOWN = 5;

  /** The frame as it was, MIC included; not copied, must not change. */
  byte[] bytes();

  /** MType as MHDR says it, 0 to 7. */
  default int mType() {
    return mType(bytes());
  }

  private static int mType(byte[] frame) {
    return (frame[0] & 0xff) >> 5;
  }

  /**
   * Reads a frame.
   *
   * @param bytes not copied, must not change
   * @throws FrameException if it is none that LoRaWAN 1.0.x has
   */
  static PhyPayload parse(byte[] bytes) throws FrameException {
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new FrameException(
          Reason.MALFORMED, "a frame has 1 to " + LONGEST + " bytes, not " + bytes.length);
    }
    int major = bytes[0] & 0b11;
    if (major != 0) {
      throw new FrameException(
          Reason.UNSUPPORTED, "major version " + major + " in MHDR; LoRaWAN 1.0.x has 0");
    }
    int mType = mType(bytes);
    return switch (mType) {
      case JOIN_REQUEST -> JoinRequest.parse(bytes);
      case JOIN_ACCEPT -> SealedJoinAccept.parse(bytes);
      case UNCONFIRMED_UP, UNCONFIRMED_DOWN, CONFIRMED_UP, CONFIRMED_DOWN -> DataFrame.parse(bytes);
      default ->
          throw new FrameException(
              Reason.UNSUPPORTED,
              mType == 7
                  ? "a proprietary frame (MType 7), which only its maker understands"
                  : "a rejoin-request (MType 6), which LoRaWAN 1.0.x does not have");
    };
  }
}

package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Puts a PHYPayload together again from the fields that a station took it apart into: byte for byte
 * what was heard, as its MIC is still to be checked (LoRaWAN 1.0.3, 4; all little-endian).
 */
final class PhyPayloads {

  private static final int MOST_BYTES = 255;
  private static final int MTYPE = 0xe0;
  private static final int JOIN_REQUEST = 0x00;
  private static final int UNCONFIRMED_UP = 0x40;
  private static final int CONFIRMED_UP = 0x80;
  private static final int FOPTS_LENGTH = 0x0f;

  /** MHDR, DevAddr, FCtrl, FCnt and MIC. */
  private static final int DATA_FRAME = 12;

  private static final int JOIN_REQUEST_FRAME = 23;

  private PhyPayloads() {}

  /** Of {@code jreq} (LoRaWAN 1.0.3, 6.2.4). */
  static byte[] ofJoinRequest(Fields fields) throws RefusedException {
    int mhdr = (int) fields.needWhole("MHdr", 0, 0xff);
    if ((mhdr & MTYPE) != JOIN_REQUEST) {
      throw new RefusedException("MHdr " + mhdr + " is not of a join-request");
    }
    return ByteBuffer.allocate(JOIN_REQUEST_FRAME)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) mhdr)
        .putLong(eui(fields, "JoinEui", "JoinEUI"))
        .putLong(eui(fields, "DevEui", "DevEUI"))
        .putShort((short) fields.needWhole("DevNonce", 0, 0xffff))
        .putInt(mic(fields))
        .array();
  }

  /** Of {@code updf} (LoRaWAN 1.0.3, 4.3). */
  static byte[] ofData(Fields fields) throws RefusedException {
    int mhdr = (int) fields.needWhole("MHdr", 0, 0xff);
    if ((mhdr & MTYPE) != UNCONFIRMED_UP && (mhdr & MTYPE) != CONFIRMED_UP) {
      throw new RefusedException("MHdr " + mhdr + " is not of data from a device");
    }
    int fCtrl = (int) fields.needWhole("FCtrl", 0, 0xff);
    byte[] fOpts = hex(fields, "FOpts");
    if (fOpts.length != (fCtrl & FOPTS_LENGTH)) {
      throw new RefusedException(
          "FCtrl speaks of "
              + (fCtrl & FOPTS_LENGTH)
              + " bytes of FOpts, "
              + fOpts.length
              + " are there");
    }
    int fPort = (int) fields.whole("FPort", -1, 0xff, -1);
    byte[] payload = hex(fields, "FRMPayload");
    if (fPort < 0 && payload.length > 0) {
      throw new RefusedException("there is a FRMPayload without an FPort");
    }
    int length = DATA_FRAME + fOpts.length + (fPort < 0 ? 0 : 1 + payload.length);
    if (length > MOST_BYTES) {
      throw new RefusedException("a frame of " + length + " bytes is none");
    }
    ByteBuffer frame =
        ByteBuffer.allocate(length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) mhdr)
            .putInt((int) fields.needWhole("DevAddr", Integer.MIN_VALUE, 0xffff_ffffL))
            .put((byte) fCtrl)
            .putShort((short) fields.needWhole("FCnt", 0, 0xffff))
            .put(fOpts);
    if (fPort >= 0) {
      frame.put((byte) fPort).put(payload);
    }
    return frame.putInt(mic(fields)).array();
  }

  /** Of {@code propdf}, which is not taken apart. */
  static byte[] ofProprietary(Fields fields) throws RefusedException {
    byte[] frame = hex(fields, "FRMPayload");
    if (frame.length < 1 || frame.length > MOST_BYTES) {
      throw new RefusedException("a frame of " + frame.length + " bytes is none");
    }
    return frame;
  }

  /** Stations write it signed. */
  private static int mic(Fields fields) throws RefusedException {
    return (int) fields.needWhole("MIC", Integer.MIN_VALUE, 0xffff_ffffL);
  }

  private static long eui(Fields fields, String name, String olderName) throws RefusedException {
    String text = fields.has(name) ? fields.needText(name) : fields.needText(olderName);
    try {
      return Eui.parse(text).value();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + ": " + e.getMessage(), e);
    }
  }

  private static byte[] hex(Fields fields, String name) throws RefusedException {
    String text = fields.text(name).orElse("");
    if (text.length() > 2 * MOST_BYTES) {
      throw new RefusedException(name + " is longer than any frame");
    }
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + " is not hexadecimal", e);
    }
  }
}

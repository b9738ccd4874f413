package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.phy.FrameException.Reason;
import java.util.Arrays;

/**
 * A data frame as it was heard (4.3): its payload is still encrypted, and nothing is proven.
 *
 * @param bytes the frame; not copied, must not change
 * @param header what stands before the payload
 * @param encrypted FRMPayload as it was heard
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is read once
public record DataFrame(byte[] bytes, DataHeader header, byte[] encrypted) implements PhyPayload {

  private static final int FIXED = 8; // MHDR 1, DevAddr 4, FCtrl 1, FCnt 2
  private static final int FCTRL_AT = 5;
  private static final int A = 0x01;

  static DataFrame parse(byte[] bytes) throws FrameException {
    if (bytes.length < FIXED + Mic.LENGTH) {
      throw new FrameException(
          Reason.MALFORMED,
          "a data frame has at least " + (FIXED + Mic.LENGTH) + " bytes, not " + bytes.length);
    }
    int mType = (bytes[0] & 0xff) >> 5;
    int fCtrl = bytes[FCTRL_AT] & 0xff;
    int optionsEnd = FIXED + (fCtrl & 0xf);
    int end = bytes.length - Mic.LENGTH;
    if (optionsEnd > end) {
      throw new FrameException(
          Reason.MALFORMED,
          "FCtrl says " + (fCtrl & 0xf) + " bytes of FOpts, and there are " + (end - FIXED));
    }
    int fPort = optionsEnd < end ? bytes[optionsEnd] & 0xff : DataHeader.NO_PORT;
    if (fPort == 0 && optionsEnd > FIXED) {
      throw new FrameException(
          Reason.OPTIONS_TWICE, "MAC commands both in FOpts and under port 0 (4.3.1.6)");
    }
    DataHeader header =
        new DataHeader(
            mType == UNCONFIRMED_UP || mType == CONFIRMED_UP ? Direction.UP : Direction.DOWN,
            mType == CONFIRMED_UP || mType == CONFIRMED_DOWN,
            (int) Bytes.read(bytes, 1, 4),
            new FCtrl(
                (fCtrl & 0x80) != 0, (fCtrl & 0x40) != 0, (fCtrl & 0x20) != 0, (fCtrl & 0x10) != 0),
            (int) Bytes.read(bytes, 6, 2),
            Arrays.copyOfRange(bytes, FIXED, optionsEnd),
            fPort);
    return new DataFrame(
        bytes, header, Arrays.copyOfRange(bytes, Math.min(end, optionsEnd + 1), end));
  }

  /**
   * What either end sends.
   *
   * @param fCnt all 32 bits; those of the header are its lower half
   * @param plain the payload in plain; empty if the header has no port
   * @throws IllegalArgumentException if the parts make no frame
   */
  public static byte[] build(SessionKeys keys, DataHeader header, long fCnt, byte[] plain) {
    Bytes.require((fCnt & 0xffff) == header.fCnt(), "the header carries another counter");
    Bytes.require(header.hasPort() || plain.length == 0, "a payload needs a port (4.3.2)");
    Bytes.require(
        header.fPort() != 0 || header.fOpts().length == 0,
        "MAC commands go either into FOpts or under port 0 (4.3.1.6)");
    int length = FIXED + header.fOpts().length + (header.hasPort() ? 1 : 0) + plain.length;
    Bytes.require(length + Mic.LENGTH <= LONGEST, "a frame of " + length + " bytes is too long");
    byte[] message = new byte[length];
    message[0] = (byte) (header.mType() << 5);
    Bytes.write(header.devAddr(), message, 1, 4);
    message[FCTRL_AT] = (byte) (header.fCtrl().bits() | header.fOpts().length);
    Bytes.write(header.fCnt(), message, 6, 2);
    System.arraycopy(header.fOpts(), 0, message, FIXED, header.fOpts().length);
    if (header.hasPort()) {
      message[FIXED + header.fOpts().length] = (byte) header.fPort();
      byte[] hidden = crypt(keys, header, fCnt, plain);
      System.arraycopy(hidden, 0, message, length - hidden.length, hidden.length);
    }
    return Mic.appended(
        message, Mic.ofData(keys.network(), header.direction(), header.devAddr(), fCnt, message));
  }

  /**
   * Whether who sent it has the keys of this session, and meant this counter.
   *
   * @param fCnt all 32 bits
   */
  public boolean isFrom(SessionKeys keys, long fCnt) {
    return Mic.same(
        Mic.ofData(keys.network(), header.direction(), header.devAddr(), fCnt, Mic.message(bytes)),
        Mic.carried(bytes));
  }

  /**
   * The payload in plain: MAC commands under port 0, else the application's.
   *
   * @param fCnt all 32 bits
   */
  public byte[] plain(SessionKeys keys, long fCnt) {
    return crypt(keys, header, fCnt, encrypted);
  }

  /** 4.3.3: the same way to hide and to show. */
  private static byte[] crypt(SessionKeys keys, DataHeader header, long fCnt, byte[] payload) {
    if (payload.length == 0) {
      return payload;
    }
    int blocks = (payload.length + Aes.BLOCK - 1) / Aes.BLOCK;
    byte[] stream = new byte[blocks * Aes.BLOCK];
    for (int i = 0; i < blocks; i++) {
      int at = i * Aes.BLOCK;
      stream[at] = A;
      stream[at + 5] = (byte) header.direction().bit();
      Bytes.write(header.devAddr(), stream, at + 6, 4);
      Bytes.write(fCnt, stream, at + 10, 4);
      stream[at + 15] = (byte) (i + 1);
    }
    byte[] s = keys.forPort(header.fPort()).encrypt(stream);
    byte[] result = payload.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= s[i];
    }
    return result;
  }
}

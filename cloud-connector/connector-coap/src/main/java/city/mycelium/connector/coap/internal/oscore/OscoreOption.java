package city.mycelium.connector.coap.internal.oscore;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of the OSCORE option (RFC 8613, 6.1). Absent parts are null.
 *
 * @param number the partial IV, 1 to 5 bytes
 * @param kidContext names the context beyond the kid; up to 255 bytes
 * @param kid who sends; may be of no bytes
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by who made or received it
record OscoreOption(byte @Nullable [] number, byte @Nullable [] kidContext, byte @Nullable [] kid) {

  static final int LONGEST_CONTEXT = 255;

  private static final int NUMBER_LENGTH = 0x07;
  private static final int HAS_KID = 0x08;
  private static final int HAS_KID_CONTEXT = 0x10;
  private static final int RESERVED = 0xE0;
  private static final int LONGEST_NUMBER = 5;

  byte[] encoded() {
    int flags =
        (number == null ? 0 : number.length)
            | (kid == null ? 0 : HAS_KID)
            | (kidContext == null ? 0 : HAS_KID_CONTEXT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (flags == 0) {
      return out.toByteArray(); // RFC 8613, 6.1: then it is of no bytes
    }
    out.write(flags);
    if (number != null) {
      out.writeBytes(number);
    }
    if (kidContext != null) {
      out.write(kidContext.length);
      out.writeBytes(kidContext);
    }
    if (kid != null) {
      out.writeBytes(kid);
    }
    return out.toByteArray();
  }

  /** Reads it; null if it is none. */
  static @Nullable OscoreOption decoded(byte[] bytes) {
    if (bytes.length == 0) {
      return new OscoreOption(null, null, null);
    }
    int flags = bytes[0] & 0xFF;
    int length = flags & NUMBER_LENGTH;
    int at = 1;
    if ((flags & RESERVED) != 0 || length > LONGEST_NUMBER || at + length > bytes.length) {
      return null;
    }
    byte[] number = length == 0 ? null : Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    byte[] kidContext = null;
    if ((flags & HAS_KID_CONTEXT) != 0) {
      int size = at < bytes.length ? bytes[at] & 0xFF : 0;
      if (at + 1 + size > bytes.length) {
        return null;
      }
      kidContext = Arrays.copyOfRange(bytes, at + 1, at + 1 + size);
      at += 1 + size;
    }
    boolean hasKid = (flags & HAS_KID) != 0;
    if (!hasKid && at < bytes.length) {
      return null;
    }
    return new OscoreOption(
        number, kidContext, hasKid ? Arrays.copyOfRange(bytes, at, bytes.length) : null);
  }
}

package city.mycelium.connector.coap.internal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** CoAP's messages on a stream of bytes (RFC 8323, 3.2), and its signals (5). */
final class Frames {

  /** RFC 8323, 5.3.1: what a server takes that does not say more. */
  static final int USUAL_MAXIMUM = 1_152;

  /** What we take: more than an answer to a message has. */
  static final int OUR_MAXIMUM = 1 << 20;

  /** RFC 8323, 5.3 to 5.6, and 3.3 for the empty message. */
  static final int EMPTY = 0x00;

  static final int CSM = 0xE1;
  static final int PING = 0xE2;
  static final int PONG = 0xE3;
  static final int RELEASE = 0xE4;
  static final int ABORT = 0xE5;

  private static final int CLASS_OF_SIGNALS = 7;

  /** RFC 8323, 5.3.1, and 5.4: RFC 7252, 3.1 writes a length below 13 into the first byte. */
  private static final byte MAX_MESSAGE_SIZE = 2;

  private Frames() {}

  /**
   * A message.
   *
   * @param bytes all of it, as a parser wants it
   * @param rest where options and payload begin
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by who asked for it
  record Frame(byte[] bytes, int code, byte[] token, int rest) {

    boolean isSignal() {
      return code == EMPTY || code >> 5 == CLASS_OF_SIGNALS;
    }

    /** RFC 8323, 5.3.1: of a CSM; what is not said is as it was. */
    int maximumMessageSize(int before) {
      int at = rest;
      int number = 0;
      while (at < bytes.length && bytes[at] != (byte) 0xFF) {
        int delta = (bytes[at] & 0xFF) >> 4;
        int length = bytes[at] & 0x0F;
        if (delta > 12 || length > 12 || at + 1 + length > bytes.length) {
          return before; // a signal has no option so long or so far that is known here
        }
        number += delta;
        if (number == MAX_MESSAGE_SIZE && length <= Integer.BYTES) {
          long size = 0;
          for (int i = 0; i < length; i++) {
            size = (size << 8) | (bytes[at + 1 + i] & 0xFF);
          }
          return (int) Math.min(size, Integer.MAX_VALUE);
        }
        at += 1 + length;
      }
      return before;
    }

    /** RFC 8323, 5.6: why it was aborted, for people. */
    String words() {
      for (int at = rest; at < bytes.length; at++) {
        if (bytes[at] == (byte) 0xFF) {
          return new String(
                  bytes, at + 1, bytes.length - at - 1, java.nio.charset.StandardCharsets.UTF_8)
              .replaceAll("\\p{Cntrl}+", " ")
              .strip();
        }
      }
      return "";
    }
  }

  /**
   * Reads the next message; blocks.
   *
   * @throws EOFException if there is none
   * @throws IOException if the stream breaks, or what comes is no CoAP
   */
  static Frame read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    int first = in.readUnsignedByte();
    int tokenLength = first & 0x0F;
    long length =
        switch (first >> 4) {
          case 13 -> 13L + in.readUnsignedByte();
          case 14 -> 269L + in.readUnsignedShort();
          case 15 -> 65_805L + (in.readInt() & 0xFFFF_FFFFL);
          default -> first >> 4;
        };
    int lengthBytes =
        switch (first >> 4) {
          case 13 -> 1;
          case 14 -> 2;
          case 15 -> 4;
          default -> 0;
        };
    if (tokenLength > 8 || length > OUR_MAXIMUM) {
      throw new IOException("what comes from there is no CoAP, or too much of it");
    }
    int head = 1 + lengthBytes;
    byte[] bytes = new byte[head + 1 + tokenLength + (int) length];
    bytes[0] = (byte) first; // the length itself is known; nobody reads it again
    in.readFully(bytes, head, bytes.length - head);
    return new Frame(
        bytes,
        bytes[head] & 0xFF,
        Arrays.copyOfRange(bytes, head + 1, head + 1 + tokenLength),
        head + 1 + tokenLength);
  }

  /** RFC 8323, 5.3: what each side says first. */
  static byte[] csm() {
    int size = OUR_MAXIMUM;
    return new byte[] {
      (byte) 0x40, // four bytes of options, no token
      (byte) CSM,
      (byte) ((MAX_MESSAGE_SIZE << 4) | 3),
      (byte) (size >> 16),
      (byte) (size >> 8),
      (byte) size
    };
  }

  /** A signal without options. */
  static byte[] signal(int code, byte[] token) {
    byte[] bytes = new byte[2 + token.length];
    bytes[0] = (byte) token.length;
    bytes[1] = (byte) code;
    System.arraycopy(token, 0, bytes, 2, token.length);
    return bytes;
  }
}

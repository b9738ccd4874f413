package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.ByteBuffer;

/**
 * The first 12 bytes of every datagram that a packet forwarder sends (PROTOCOL.TXT, 3.2, 5.2, 5.5).
 *
 * @param version 1 or 2
 * @param token what ties an answer to its question, 16 bits
 * @param kind what it is
 * @param eui whose it is
 */
record Header(int version, int token, Kind kind, Eui eui) {

  static final int BYTES = 12;
  private static final int KIND_AT = 3;

  enum Kind {
    PUSH_DATA,
    PULL_DATA,
    TX_ACK
  }

  /**
   * Reads it.
   *
   * @param datagram at its first byte; moved on to what follows the header
   * @throws BadDatagramException if a packet forwarder does not begin so
   */
  static Header read(ByteBuffer datagram) throws BadDatagramException {
    int length = datagram.remaining();
    if (length <= KIND_AT) {
      throw new BadDatagramException(Refusal.TRUNCATED, length + " bytes");
    }
    int version = datagram.get() & 0xff;
    int token = datagram.getShort() & 0xffff;
    int code = datagram.get() & 0xff;
    if (version != 1 && version != 2) {
      throw new BadDatagramException(Refusal.VERSION, "version " + version);
    }
    Kind kind =
        switch (code) {
          case Codes.PUSH_DATA -> Kind.PUSH_DATA;
          case Codes.PULL_DATA -> Kind.PULL_DATA;
          case Codes.TX_ACK -> Kind.TX_ACK;
          default -> throw new BadDatagramException(Refusal.KIND, "identifier " + code);
        };
    if (length < BYTES) {
      throw new BadDatagramException(Refusal.TRUNCATED, length + " bytes of " + kind);
    }
    return new Header(version, token, kind, new Eui(datagram.getLong()));
  }
}

package city.mycelium.driver.lorawan.internal.gwmp;

/** The identifiers in byte 3 of a datagram (PROTOCOL.TXT, 3 and 5). */
final class Codes {

  static final int PUSH_DATA = 0x00;
  static final int PUSH_ACK = 0x01;
  static final int PULL_DATA = 0x02;
  static final int PULL_RESP = 0x03;
  static final int PULL_ACK = 0x04;
  static final int TX_ACK = 0x05;

  private Codes() {}
}

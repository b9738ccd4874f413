package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.guard.Refusals;

/** Why a datagram, or a frame in one, is refused. */
public enum Refusal implements Refusals.Reason {
  TOO_LONG("a datagram is longer than is allowed"),
  TOO_OFTEN("an address sends more datagrams than it may: is it a packet forwarder?"),
  TRUNCATED("a datagram ends before it is complete: who sends it does not speak this protocol"),
  VERSION("a datagram is of a protocol version other than 1 and 2"),
  KIND("a datagram is of a kind that only servers send, or none at all"),
  NOT_LISTED("a concentrator is not on the list: add its EUI if it is yours"),
  TOO_MANY("more concentrators than can be served: list those that may"),
  JSON("a datagram holds what is no JSON of this protocol"),
  CRC("a concentrator forwards frames with a wrong CRC; switch forward_crc_error off in it"),
  FRAME("a frame's report cannot be used"),
  TOKEN("a TX_ACK answers nothing that was asked, or comes too late"),
  FAULT("a datagram met a fault in this program: please report it");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  @Override
  public String words() {
    return words;
  }
}

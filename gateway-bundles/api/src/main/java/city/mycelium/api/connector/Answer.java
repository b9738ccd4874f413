package city.mycelium.api.connector;

/** What a connector can say about a message it was given. */
public sealed interface Answer {

  /**
   * The far end answered.
   *
   * @param status the transport's own code: an HTTP status, a CoAP code, an MQTT reason code
   * @param body what came with it; empty if nothing did; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // read once by the dialect
  record Replied(int status, byte[] body) implements Answer {}

  /**
   * The far end or the transport refused it.
   *
   * @param why for a person
   * @param permanent sending the same again will not help
   */
  record Refused(String why, boolean permanent) implements Answer {}

  /**
   * Nobody knows: the line went dead first. It may have arrived.
   *
   * @param why for a person
   */
  record Unknown(String why) implements Answer {}
}

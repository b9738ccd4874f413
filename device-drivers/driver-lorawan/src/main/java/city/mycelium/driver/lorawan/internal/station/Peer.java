package city.mycelium.driver.lorawan.internal.station;

/** The other end of one WebSocket. Safe for use by many threads; does not block. */
interface Peer {

  /** Where it is, for people. */
  String address();

  /** Sends a text; nothing happens if the connection is over. */
  void send(String text);

  /** Ends the connection, with a word why. */
  void close(String why);
}

package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.tls.SetupException;
import java.util.function.Consumer;

/**
 * One connection from its beginning to its end; it is never used again after that. For one thread;
 * what it has to say it says on threads of its own.
 */
interface Line {

  /** What a broker may make us hold at once, in bytes: acknowledgements are small. */
  int LARGEST_INBOUND_PACKET = 1 << 20;

  /** MQTT 5, 2.1.4; MQTT 3.1.1, 2.2.3: more than this no packet can be, in bytes. */
  long LARGEST_PACKET = 268_435_455 + 5;

  /** Makes Lines. */
  @FunctionalInterface
  interface Maker {
    Line make(Events events);
  }

  /** What a Line tells its owner, on any thread. */
  interface Events {
    /** The connection stands, and what was to be listened to is listened to. */
    void connected(Limits limits);

    /** It is over, or never began; may be told more than once. The owner still has to cut it. */
    void lost(String why);

    void received(Message message);
  }

  /**
   * What the broker takes (MQTT 5, 3.2.2.3); what a broker for MQTT 3.1.1 takes nobody says.
   *
   * @param inFlight messages without PUBACK: its Receive Maximum
   * @param packetBytes its Maximum Packet Size
   */
  record Limits(int inFlight, long packetBytes) {}

  /**
   * Begins to connect and returns at once.
   *
   * @throws SetupException if it cannot even be tried
   */
  void open() throws SetupException;

  /** How long the packet of a message gets, at most, in bytes. */
  long packetBytes(Message message);

  /** Sends a message; the owner keeps to the limits. An answer may never come if it is lost. */
  void send(Message message, Consumer<Answer> answered);

  /** Lets the broker say farewell for us, then ends as {@link #cut} does. */
  void leave();

  /** Ends it at once; returns when its threads end or soon will. Doing it twice does no harm. */
  void cut();
}

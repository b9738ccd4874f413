package city.mycelium.api.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One connection to one platform: moves bytes and says what it learned. It connects and reconnects
 * by itself, with back-off, for as long as it is open. Where the far end asks to be left alone for
 * a while (RFC 9110, 10.2.3), it does so by itself. Safe for use by many threads.
 */
public interface Connector {

  /**
   * Opens the connection and returns at once.
   *
   * @param farewell what the far end should say for us when we vanish (MQTT's last will), on
   *     transports that can; asked before each attempt to connect, on any thread
   * @param inbound channels to listen to
   * @param listener told what happens, one call at a time, on the connector's own thread; must
   *     return at once
   */
  Session open(Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener);

  /**
   * Tries the connection layer by layer, beside what is open, until one does not work: a name that
   * nobody knows and a password that is wrong are mended in different places. Says nothing of
   * anybody's data. Blocks.
   *
   * @param patience for each layer
   * @return what was found, the lowest layer first; empty if it cannot be tried
   */
  default List<Check> probe(Duration patience) {
    return List.of();
  }

  /**
   * Asks the far end something and waits for what it says, beside what is open: a refusal is
   * nothing to the open connection. Blocks.
   *
   * @param question with {@link Verb#GET}
   * @param patience until the answer is there
   * @return what is known; {@link Answer.Refused} for good where a transport can ask nothing
   */
  default Answer ask(Message question, Duration patience) {
    return new Answer.Refused("this connector can only send", true);
  }

  /** An open connection. */
  interface Session extends AutoCloseable {

    /**
     * Sends a message. The future never fails: it completes with what is known, at the latest when
     * the connection is lost. Sent while not connected, it completes with {@link Answer.Unknown}.
     */
    CompletableFuture<Answer> send(Message message);

    /** Says farewell properly and connects anew, after the usual pause. Returns at once. */
    void hangUp();

    /** Says farewell properly, ends the connection and its threads; returns within seconds. */
    @Override
    void close();
  }

  /** What a connector tells its owner. */
  interface Listener {
    /** The connection stands, inbound channels included. */
    void connected();

    /**
     * The connection is gone; the connector tries again by itself.
     *
     * @param why for a person
     */
    void disconnected(String why);

    /** Something came in on one of the inbound channels. */
    void received(Message message);
  }
}

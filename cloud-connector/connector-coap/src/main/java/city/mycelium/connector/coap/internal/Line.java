package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One association with a server from its beginning to its end; it is never used again after that.
 * For one thread; what it has to say it says on threads of its own.
 */
interface Line {

  /** Makes Lines. */
  @FunctionalInterface
  interface Maker {
    Line make(Events events);
  }

  /** What a Line tells its owner, on any thread. */
  interface Events {
    /** The server answers, and what was to be listened to is listened to. */
    void connected();

    /** It is over, or never began; may be told more than once. The owner still has to cut it. */
    void lost(String why);

    void received(Message message);

    /** The server said something that shows that it is there. */
    void alive();

    /** The Line has something to ask on its own behalf: it begins when the owner has room. */
    void errand(Errand errand);
  }

  /** A question of the Line's own. */
  @FunctionalInterface
  interface Errand {
    /**
     * Begins it.
     *
     * @param done to be run once, when it is answered or given up
     */
    void begin(Runnable done);
  }

  /**
   * What became of a message.
   *
   * @param holdOff how long the server asks to be left alone; usually zero
   * @param silent nobody said anything: the line may be dead
   */
  record Result(Answer answer, Duration holdOff, boolean silent) {
    static Result of(Answer answer) {
      return new Result(answer, Duration.ZERO, false);
    }
  }

  /**
   * Begins to connect and returns at once.
   *
   * @throws SetupException if it cannot even be tried
   */
  void open() throws SetupException;

  /**
   * Sends a message; the owner keeps to how many may wait for answers.
   *
   * @return gives it up
   */
  Runnable send(Message message, Consumer<Result> answered);

  /** Asks for a sign of life; {@link Events#alive} is it. */
  void ping();

  /** What it means that nothing has come of connecting so far. */
  String whySilent();

  /** Says farewell, then ends as {@link #cut} does; within seconds. */
  void leave();

  /** Ends it at once; returns when its threads end or soon will. Doing it twice does no harm. */
  void cut();
}

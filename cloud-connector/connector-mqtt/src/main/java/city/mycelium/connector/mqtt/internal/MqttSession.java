package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Scheduler;
import city.mycelium.tls.SetupException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps one connection standing for as long as it is open: connects, watches, begins anew with
 * growing pauses. Safe for use by many threads: everything but {@link #send} and {@link #close}
 * happens on the Scheduler, which nobody else has.
 */
final class MqttSession implements Connector.Session {

  /** A connection that has stood so long was a good one; the next pause is short again. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  /** Messages that wait for room at the broker; sync keeps a window of its own, far below this. */
  private static final int MOST_WAITING = 1_000;

  /** So many keep-alive times in a row without any answer to what waits for one: the line hangs. */
  private static final int MOST_SILENT_CHECKS = 3;

  private static final Answer CLOSED = new Answer.Unknown("the connection is closed");

  private final MqttSettings settings;
  private final Connector.Listener listener;
  private final Line.Maker maker;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Failure failure;
  private final Logger log;

  /** Every message whose future was handed out and is not yet complete. */
  private final Set<Parcel> unanswered = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  // From here on: touched by the Scheduler's tasks only, and by close() when it has ended.

  /** The current connection or attempt; what an earlier one still says is not heard. */
  private @Nullable Line line;

  /** What the broker takes; null while the connection does not stand. */
  private Line.@Nullable Limits limits;

  private String why = "it has not been tried yet";
  private String lastLogged = "";

  /** A broker may send what it kept before it says that we now listen (MQTT 5, 3.8.4). */
  private final Deque<Message> early = new ArrayDeque<>();

  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private final Set<Parcel> inFlight = new LinkedHashSet<>();
  private boolean answersCame;
  private int silentChecks;

  /** A message and the promise to say what became of it; two of the same content are two. */
  private static final class Parcel {
    final Message message;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Parcel(Message message) {
      this.message = message;
    }
  }

  MqttSession(
      MqttSettings settings,
      Connector.Listener listener,
      Line.Maker maker,
      Scheduler scheduler,
      Backoff backoff,
      Failure failure,
      Logger log) {
    this.settings = settings;
    this.listener = listener;
    this.maker = maker;
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.failure = failure;
    this.log = log;
  }

  void start() {
    scheduler.execute(this::attempt);
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    Parcel parcel = new Parcel(message);
    unanswered.add(parcel);
    var unused = parcel.answer.thenRun(() -> unanswered.remove(parcel));
    scheduler.execute(() -> accept(parcel));
    if (closed) { // the Scheduler may no longer have taken it
      parcel.answer.complete(CLOSED);
    }
    return parcel.answer;
  }

  @Override
  public void hangUp() {
    scheduler.execute(
        () -> {
          Line ending = line;
          if (ending != null) {
            ending.leave();
            lost(ending, "it was ended to begin anew");
          }
        });
  }

  /**
   * Not from a listener's method. After the Scheduler has ended this thread is the only one here.
   */
  @Override
  public void close() {
    closed = true;
    scheduler.close();
    if (line != null) {
      line.leave();
      line = null;
    }
    List.copyOf(unanswered).forEach(parcel -> parcel.answer.complete(CLOSED));
  }

  private void attempt() {
    Line made = newLine();
    line = made;
    scheduler.after(
        settings.connectTimeout(),
        () -> {
          if (limits == null) {
            lost(made, failure.silentFromTheBeginning());
          }
        });
    try {
      made.open();
    } catch (SetupException e) {
      lost(made, String.valueOf(e.getMessage()));
    }
  }

  private Line newLine() {
    var events =
        new Line.Events() {
          @Nullable Line from;

          @Override
          public void connected(Line.Limits offered) {
            scheduler.execute(() -> stands(from, offered));
          }

          @Override
          public void lost(String because) {
            scheduler.execute(() -> MqttSession.this.lost(from, because));
          }

          @Override
          public void received(Message message) {
            scheduler.execute(() -> MqttSession.this.received(from, message));
          }
        };
    Line made = maker.make(events);
    events.from = made;
    return made;
  }

  private void stands(@Nullable Line from, Line.Limits offered) {
    if (from == null || from != line || limits != null) {
      return;
    }
    limits = offered;
    lastLogged = "";
    log.info("destination {}: connected to {}", settings.name(), settings.broker());
    silentChecks = 0;
    scheduler.after(settings.keepAlive(), () -> watch(from));
    scheduler.after(
        STABLE_AFTER,
        () -> {
          if (from == line) {
            backoff.reset();
          }
        });
    listener.connected();
    while (!early.isEmpty()) {
      listener.received(early.remove());
    }
  }

  private void received(@Nullable Line from, Message message) {
    if (from == null || from != line) {
      return;
    }
    if (limits != null) {
      listener.received(message);
    } else if (early.size() < MOST_WAITING) {
      early.add(message);
    }
  }

  /** Against a line that hangs in a way that Paho's own keep-alive does not see. */
  private void watch(Line watched) {
    if (watched != line) {
      return;
    }
    silentChecks = inFlight.isEmpty() || answersCame ? 0 : silentChecks + 1;
    answersCame = false;
    if (silentChecks >= MOST_SILENT_CHECKS) {
      lost(watched, failure.silent());
      return;
    }
    scheduler.after(settings.keepAlive(), () -> watch(watched));
  }

  private void lost(@Nullable Line from, String because) {
    if (from == null || from != line) {
      return;
    }
    line = null;
    limits = null;
    why = because;
    early.clear();
    from.cut();
    answerAll(new Answer.Unknown(because));
    if (!because.equals(lastLogged)) { // not each time again
      lastLogged = because;
      log.warn("destination {} is not connected, trying again: {}", settings.name(), because);
    }
    listener.disconnected(because);
    scheduler.after(backoff.next(), this::attempt);
  }

  private void answerAll(Answer answer) {
    List<Parcel> all = List.copyOf(inFlight);
    inFlight.clear();
    all.forEach(parcel -> parcel.answer.complete(answer));
    List<Parcel> rest = List.copyOf(waiting);
    waiting.clear();
    rest.forEach(parcel -> parcel.answer.complete(answer));
  }

  private void accept(Parcel parcel) {
    Line.Limits now = limits;
    if (now == null) {
      parcel.answer.complete(new Answer.Unknown("not connected: " + why));
      return;
    }
    Message message = parcel.message;
    if (message.verb() != Verb.POST) {
      parcel.answer.complete(
          new Answer.Refused(
              "MQTT can only publish: this dialect also has to ask (" + message.verb() + ")",
              true));
      return;
    }
    Line open = line;
    long size = open == null ? 0 : open.packetBytes(message);
    long most = longestPacket(now);
    if (size > most) {
      parcel.answer.complete(
          new Answer.TooLarge(
              "a message of "
                  + size
                  + " bytes is more than the "
                  + most
                  + (most < now.packetBytes() ? " of maxPacketBytes" : " that the broker takes")));
    } else if (waiting.size() >= MOST_WAITING) {
      parcel.answer.complete(
          new Answer.Refused("too many messages wait for the broker's answers", false));
    } else {
      waiting.add(parcel);
      sendOn();
    }
  }

  private void sendOn() {
    while (line != null && limits != null && !waiting.isEmpty() && inFlight.size() < window()) {
      Line now = line;
      Parcel parcel = waiting.remove();
      inFlight.add(parcel);
      now.send(parcel.message, answer -> scheduler.execute(() -> answered(now, parcel, answer)));
    }
  }

  private long longestPacket(Line.Limits now) {
    int ours = settings.maxPacketBytes();
    return ours == 0 ? now.packetBytes() : Math.min(ours, now.packetBytes());
  }

  private int window() {
    return limits == null ? 0 : Math.min(settings.inFlight(), limits.inFlight());
  }

  private void answered(Line from, Parcel parcel, Answer answer) {
    if (inFlight.remove(parcel)) {
      parcel.answer.complete(answer);
    }
    if (from == line) {
      answersCame = true;
      sendOn();
    }
  }
}

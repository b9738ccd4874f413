package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps one connection standing for as long as it is open: connects, watches, begins anew with
 * growing pauses. Keeps to how many messages may wait for answers (RFC 7252, 4.7), holds off while
 * the server asks for it, and lets no two transfers in blocks to one resource run at once: servers
 * without Request-Tag (RFC 9175, 3) mix them up. Safe for use by many threads: everything but
 * {@link #send} and {@link #close} happens on the Scheduler, which nobody else has.
 */
final class CoapSession implements Connector.Session {

  /** A connection that has stood so long was a good one; the next pause is short again. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  /** Messages that wait for room; sync keeps a window of its own, far below this. */
  private static final int MOST_WAITING = 1_000;

  /** Over TCP nothing but memory limits how many answers are waited for. */
  private static final int STREAM_WINDOW = 32;

  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Answer CLOSED = new Answer.Unknown("the connection is closed");

  private final CoapSettings settings;
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

  private boolean stands;
  private String why = "it has not been tried yet";
  private String lastLogged = "";

  /** A notification may come before the last channel is listened to. */
  private final Deque<Message> early = new ArrayDeque<>();

  private final Deque<Line.Errand> errands = new ArrayDeque<>();
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private final Set<Parcel> inFlight = new LinkedHashSet<>();

  /** How many messages are under way to a resource, and to which a transfer in blocks is. */
  private final Map<String, Integer> busy = new HashMap<>();

  private final Set<String> inBlocks = new HashSet<>();
  private int errandsUnderWay;

  /** Counts the times that the server asked to be left alone; even: it does not now. */
  private int holdOffs;

  private boolean held;

  /** Somebody was silent: nothing new is begun until there is a sign of life. */
  private boolean doubted;

  private int ticksUntilGivenUp;
  private int quietTicks;

  /** A message and the promise to say what became of it; two of the same content are two. */
  private static final class Parcel {
    final Message message;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** The resource that it goes to. */
    final String place;

    /** Whether nothing else may be under way to its resource. */
    final boolean alone;

    Runnable giveUp = () -> {};
    long ticksLeft;

    Parcel(Message message, boolean alone) {
      this.message = message;
      int query = message.channel().indexOf('?');
      this.place = query < 0 ? message.channel() : message.channel().substring(0, query);
      this.alone = alone;
    }
  }

  CoapSession(
      CoapSettings settings,
      Connector.Listener listener,
      Line.Maker maker,
      Scheduler scheduler,
      Backoff backoff,
      Logger log) {
    this.settings = settings;
    this.listener = listener;
    this.maker = maker;
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.failure = new Failure(settings);
    this.log = log;
  }

  void start() {
    scheduler.execute(this::attempt);
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    // What is asked for may come in blocks as well.
    boolean alone =
        settings.address().transport().isDatagram()
            && (message.verb() == Verb.GET
                || message.payload().length > settings.pace().blockSize());
    Parcel parcel = new Parcel(message, alone);
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
        settings.pace().connectTimeout(),
        () -> {
          if (!stands) {
            lost(made, made.whySilent());
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
          public void connected() {
            scheduler.execute(() -> stands(from));
          }

          @Override
          public void lost(String because) {
            scheduler.execute(() -> CoapSession.this.lost(from, because));
          }

          @Override
          public void received(Message message) {
            scheduler.execute(() -> CoapSession.this.received(from, message));
          }

          @Override
          public void alive() {
            scheduler.execute(() -> CoapSession.this.alive(from));
          }

          @Override
          public void errand(Line.Errand errand) {
            scheduler.execute(() -> CoapSession.this.errand(from, errand));
          }
        };
    Line made = maker.make(events);
    events.from = made;
    return made;
  }

  private boolean isCurrent(@Nullable Line from) {
    return from != null && from == line;
  }

  private void stands(@Nullable Line from) {
    if (from == null || !isCurrent(from) || stands) {
      return;
    }
    stands = true;
    lastLogged = "";
    log.info("destination {}: connected to {}", settings.name(), settings.address());
    quietTicks = 0;
    scheduler.after(TICK, () -> tick(from));
    scheduler.after(
        STABLE_AFTER,
        () -> {
          if (isCurrent(from)) {
            backoff.reset();
          }
        });
    listener.connected();
    while (!early.isEmpty()) {
      listener.received(early.remove());
    }
    sendOn();
  }

  private void received(@Nullable Line from, Message message) {
    if (!isCurrent(from)) {
      return;
    }
    if (stands) {
      alive(from);
      listener.received(message);
    } else if (early.size() < MOST_WAITING) {
      early.add(message);
    }
  }

  private void alive(@Nullable Line from) {
    if (isCurrent(from)) {
      doubted = false;
      ticksUntilGivenUp = 0;
      quietTicks = 0;
      sendOn();
    }
  }

  private void errand(@Nullable Line from, Line.Errand errand) {
    if (isCurrent(from)) {
      errands.add(errand);
      sendOn();
    }
  }

  private void tick(Line watched) {
    if (!isCurrent(watched)) {
      return;
    }
    for (Parcel parcel : List.copyOf(inFlight)) {
      if (--parcel.ticksLeft <= 0) {
        parcel.giveUp.run();
        answered(
            watched,
            parcel,
            new Line.Result(new Answer.Unknown(failure.silent()), Duration.ZERO, true));
      }
    }
    long keepAlive = settings.pace().keepAlive().toSeconds();
    quietTicks++;
    if (ticksUntilGivenUp > 0) {
      if (--ticksUntilGivenUp == 0) {
        lost(watched, failure.silent());
        return;
      }
    } else if (keepAlive > 0 && quietTicks >= keepAlive && inFlight.isEmpty()) {
      ask(watched);
    }
    scheduler.after(TICK, () -> tick(watched));
  }

  private void ask(Line asked) {
    if (ticksUntilGivenUp == 0) {
      ticksUntilGivenUp = (int) Math.min(3_600, settings.pace().connectTimeout().toSeconds());
      asked.ping();
    }
  }

  private void lost(@Nullable Line from, String because) {
    if (from == null || !isCurrent(from)) {
      return;
    }
    line = null;
    stands = false;
    held = false;
    doubted = false;
    ticksUntilGivenUp = 0;
    holdOffs++;
    why = because;
    early.clear();
    errands.clear();
    errandsUnderWay = 0;
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
    busy.clear();
    inBlocks.clear();
    all.forEach(parcel -> parcel.answer.complete(answer));
    List<Parcel> rest = List.copyOf(waiting);
    waiting.clear();
    rest.forEach(parcel -> parcel.answer.complete(answer));
  }

  private void accept(Parcel parcel) {
    if (!stands || held) {
      parcel.answer.complete(new Answer.Unknown("not connected: " + why));
    } else if (waiting.size() >= MOST_WAITING) {
      parcel.answer.complete(
          new Answer.Refused("too many messages wait for the server's answers", false));
    } else {
      waiting.add(parcel);
      sendOn();
    }
  }

  private void sendOn() {
    Line now = line;
    if (now == null || doubted || held) {
      return;
    }
    while (hasRoom() && !errands.isEmpty()) {
      errandsUnderWay++;
      errands.remove().begin(() -> scheduler.execute(() -> errandDone(now)));
    }
    if (!stands) {
      return;
    }
    Set<String> passedOver = new HashSet<>();
    for (Iterator<Parcel> next = waiting.iterator(); hasRoom() && next.hasNext(); ) {
      Parcel parcel = next.next();
      if (passedOver.contains(parcel.place) || !isFree(parcel)) {
        passedOver.add(parcel.place); // those to one resource keep their order
      } else {
        next.remove();
        begin(now, parcel);
      }
    }
  }

  private boolean hasRoom() {
    int window =
        settings.address().transport().isDatagram() ? settings.pace().nstart() : STREAM_WINDOW;
    return inFlight.size() + errandsUnderWay < window;
  }

  private boolean isFree(Parcel parcel) {
    return parcel.alone ? !busy.containsKey(parcel.place) : !inBlocks.contains(parcel.place);
  }

  private void begin(Line now, Parcel parcel) {
    inFlight.add(parcel);
    busy.merge(parcel.place, 1, Integer::sum);
    if (parcel.alone) {
      inBlocks.add(parcel.place);
    }
    parcel.ticksLeft = patience(parcel.message).toSeconds();
    parcel.giveUp =
        now.send(parcel.message, result -> scheduler.execute(() -> answered(now, parcel, result)));
  }

  /** For the answer, and for each block before it. */
  private Duration patience(Message message) {
    long blocks = message.payload().length / settings.pace().blockSize();
    return settings
        .pace()
        .answerTimeout()
        .plus(settings.pace().ackTimeout().multipliedBy(4 * blocks));
  }

  private void errandDone(Line from) {
    if (isCurrent(from) && errandsUnderWay > 0) {
      errandsUnderWay--;
      sendOn();
    }
  }

  private void answered(Line from, Parcel parcel, Line.Result result) {
    if (!inFlight.remove(parcel)) {
      return; // given up before, or the line was lost
    }
    busy.computeIfPresent(parcel.place, (place, count) -> count > 1 ? count - 1 : null);
    if (parcel.alone) {
      inBlocks.remove(parcel.place);
    }
    if (!result.holdOff().isZero() && result.answer() instanceof Answer.Refused refused) {
      holdOff(result.holdOff(), refused.why());
    }
    if (result.silent()) {
      doubted = true;
      ask(from);
    } else {
      doubted = false;
      ticksUntilGivenUp = 0;
      quietTicks = 0;
    }
    parcel.answer.complete(result.answer());
    sendOn();
  }

  /**
   * For whoever sends it is as if the connection were lost: what waited here for an hour would be
   * sent again in the meantime, several times, and at last be held to be hopeless.
   */
  private void holdOff(Duration asked, String because) {
    held = true;
    why = because;
    int number = ++holdOffs;
    List<Parcel> rest = List.copyOf(waiting);
    waiting.clear();
    rest.forEach(parcel -> parcel.answer.complete(new Answer.Unknown("not sent: " + because)));
    listener.disconnected(because);
    scheduler.after(
        asked,
        () -> {
          if (number == holdOffs) { // nothing newer was asked, and the connection is the same
            held = false;
            listener.connected();
            sendOn();
          }
        });
  }
}

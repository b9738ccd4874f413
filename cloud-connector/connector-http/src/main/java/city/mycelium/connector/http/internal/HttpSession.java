package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps a line to one platform open or shut. HTTP has no connection that stands, so this is what
 * "connected" means here: the host was reached (TCP, and TLS with its certificate), and since then
 * nothing said that it no longer is, or that it wants to be left alone. While it is not connected
 * nothing is sent at all, so that a storm of refusals cannot be answered by a storm of attempts.
 *
 * <p>The line is shut when a request finds nobody, when one gets no answer while no other got one,
 * and when the platform asks for it or turns the login down. What is under way is waited for first:
 * so no message goes out a second time while its first copy may still be answered.
 *
 * <p>Safe for use by many threads: everything but {@link #send} and {@link #close} happens on the
 * Scheduler, which nobody else has.
 */
final class HttpSession implements Connector.Session {

  /** Messages that wait for room; sync keeps a window of its own, far below this. */
  private static final int MOST_WAITING = 1_000;

  /** A wrong login stays wrong for a while, and some platforms lock out who tries too often. */
  static final Duration LONG_PAUSE = Duration.ofSeconds(30);

  /** Says in an answer's headers that its body was longer than what is kept of it. */
  static final String CUT = "mycelium-body-cut-at";

  private static final Answer CLOSED = new Answer.Unknown("the connection is closed");

  private final HttpSettings settings;
  private final Connector.Listener listener;
  private final Exchange exchange;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Backoff backoff;
  private final Backoff longBackoff;
  private final Trouble.Words words;
  private final Logger log;

  /** Every message whose future was handed out and is not yet complete. */
  private final Set<Parcel> unanswered = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  // From here on: touched by the Scheduler's tasks only, and by close() when it has ended.

  private boolean connected;

  /** Why the line is to be shut when nothing is under way any more; null: it is not. */
  private @Nullable String shutting;

  /** How long it is then shut at least. */
  private Duration pause = Duration.ZERO;

  private String why = "it has not been tried yet";
  private String lastLogged = "";
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private final Set<Parcel> inFlight = new LinkedHashSet<>();

  /** Counts events, so that one can be said to be later than another without a clock. */
  private long now;

  private long lastAnswered;
  private long lastTaken;
  private Zip zip = Zip.UNTRIED;
  private boolean cutLogged;

  /** What is known of the platform and compressed bodies (RFC 9110, 12.5.3 and 15.5.16). */
  private enum Zip {
    UNTRIED,
    TAKEN,
    NOT_TAKEN
  }

  /** A message and the promise to say what became of it; two of the same content are two. */
  private static final class Parcel {
    final Message message;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    long begun;
    boolean isAgain;
    @Nullable Request request;
    @Nullable CompletableFuture<Exchange.Response> exchange;
    @Nullable Cancellable deadline;

    Parcel(Message message) {
      this.message = message;
    }
  }

  HttpSession(
      HttpSettings settings,
      Connector.Listener listener,
      Exchange exchange,
      Scheduler scheduler,
      Clock clock,
      Backoff backoff,
      Backoff longBackoff,
      Trouble.Words words,
      Logger log) {
    this.settings = settings;
    this.listener = listener;
    this.exchange = exchange;
    this.scheduler = scheduler;
    this.clock = clock;
    this.backoff = backoff;
    this.longBackoff = longBackoff;
    this.words = words;
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
    scheduler.execute(() -> shut("it was ended to begin anew", backoff.next()));
  }

  /**
   * Not from a listener's method. After the Scheduler has ended this thread is the only one here.
   */
  @Override
  public void close() {
    closed = true;
    scheduler.close();
    exchange.close();
    List.copyOf(unanswered).forEach(parcel -> parcel.answer.complete(CLOSED));
  }

  private void attempt() {
    var unused =
        exchange
            .knock()
            .whenComplete(
                (reached, failure) -> scheduler.execute(() -> knocked(unwrapped(failure))));
  }

  private void knocked(@Nullable Throwable failure) {
    if (connected) {
      return;
    }
    if (failure != null) {
      notConnected(words.of(failure).why(), backoff.next());
      return;
    }
    connected = true;
    log.info("destination {}: reached {}", settings.name(), words.platform());
    listener.connected();
  }

  private void notConnected(String because, Duration until) {
    connected = false;
    why = because;
    if (!because.equals(lastLogged)) { // not each time again
      lastLogged = because;
      log.warn("destination {} is not connected, trying again: {}", settings.name(), because);
    }
    listener.disconnected(because);
    scheduler.after(until, this::attempt);
  }

  /** Nothing more goes out; when nothing is under way any more, the pause begins. */
  private void shut(String because, Duration atLeast) {
    if (!connected) {
      return;
    }
    if (shutting == null) {
      shutting = because;
    }
    pause = pause.compareTo(atLeast) < 0 ? atLeast : pause;
    shutIfQuiet();
  }

  private void shutIfQuiet() {
    String because = shutting;
    if (because == null || !inFlight.isEmpty()) {
      return;
    }
    Duration until = pause;
    shutting = null;
    pause = Duration.ZERO;
    List<Parcel> rest = List.copyOf(waiting);
    waiting.clear();
    rest.forEach(parcel -> parcel.answer.complete(notConnectedAnswer(because)));
    notConnected(because, until);
  }

  private static Answer notConnectedAnswer(String because) {
    return new Answer.Unknown("not connected, and not sent: " + because);
  }

  private void accept(Parcel parcel) {
    if (!connected) {
      parcel.answer.complete(notConnectedAnswer(why));
    } else if (waiting.size() >= MOST_WAITING) {
      parcel.answer.complete(
          new Answer.Refused("too many messages wait for the platform's answers", false));
    } else {
      waiting.add(parcel);
      sendOn();
    }
  }

  private void sendOn() {
    while (connected
        && shutting == null
        && !waiting.isEmpty()
        && inFlight.size() < settings.inFlight()) {
      go(waiting.remove());
    }
    shutIfQuiet();
  }

  private void go(Parcel parcel) {
    Request request;
    try {
      request = Request.of(parcel.message, settings, zip != Zip.NOT_TAKEN && !parcel.isAgain);
    } catch (Request.UnsayableException e) {
      parcel.answer.complete(
          new Answer.Refused("this cannot be said over HTTP: " + e.getMessage(), true));
      return;
    }
    parcel.request = request;
    parcel.begun = ++now;
    inFlight.add(parcel);
    CompletableFuture<Exchange.Response> answer = exchange.send(request);
    parcel.exchange = answer;
    parcel.deadline =
        scheduler.after(
            settings.timeout(),
            () -> {
              if (parcel.exchange == answer && ended(parcel)) {
                answer.cancel(true);
                failed(parcel, words.silent());
              }
            });
    var unused =
        answer.whenComplete(
            (response, failure) ->
                scheduler.execute(
                    () -> {
                      if (parcel.exchange == answer && ended(parcel)) {
                        heard(parcel, request, response, unwrapped(failure));
                      }
                    }));
  }

  /** Whether this is the first that ends it. */
  private boolean ended(Parcel parcel) {
    parcel.exchange = null;
    if (parcel.deadline != null) {
      parcel.deadline.cancel();
    }
    return inFlight.remove(parcel);
  }

  private void heard(
      Parcel parcel,
      Request request,
      Exchange.@Nullable Response response,
      @Nullable Throwable failure) {
    if (response == null || failure != null) {
      failed(parcel, words.of(failure == null ? new IllegalStateException("no answer") : failure));
      return;
    }
    if (response.status() < 200) { // RFC 9110, 15.2: only a promise, and the client let it through
      failed(
          parcel,
          new Trouble(
              words.platform() + " said " + response.status() + " and no more than that", true));
      return;
    }
    lastAnswered = ++now;
    if (request.isZipped() && zip != Zip.TAKEN && isPerhapsAboutZip(response.status())) {
      parcel.isAgain = true;
      go(parcel);
      return;
    }
    if (parcel.isAgain && zip == Zip.UNTRIED && isSuccess(response.status())) {
      noMoreZip();
    } else if (request.isZipped() && isSuccess(response.status())) {
      zip = Zip.TAKEN;
    }
    judge(parcel, response);
    sendOn();
  }

  /**
   * 415 says it (RFC 9110, 15.5.16); some servers take the compressed bytes for a broken document,
   * or break over them.
   */
  private boolean isPerhapsAboutZip(int status) {
    if (status == 415) {
      noMoreZip();
      return true;
    }
    return status == 400 || status == 422 || status == 500 || status == 501;
  }

  private void noMoreZip() {
    zip = Zip.NOT_TAKEN;
    log.info(
        "destination {}: {} does not take compressed messages; from now on they go as they are",
        settings.name(),
        words.platform());
  }

  private void judge(Parcel parcel, Exchange.Response response) {
    Optional<Duration> retryAfter =
        RetryAfter.of(
            Optional.ofNullable(response.headers().get("retry-after")),
            Optional.ofNullable(response.headers().get("date")),
            clock.epochMillis());
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers());
    if (response.isCut()) {
      headers.put(CUT, String.valueOf(response.body().length));
      if (!cutLogged) {
        cutLogged = true;
        log.warn(
            "destination {}: {} answers more than {} bytes; the rest is not read",
            settings.name(),
            words.platform(),
            response.body().length);
      }
    }
    String sentTo = parcel.request == null ? "" : parcel.request.address().toString();
    Verdict verdict =
        Verdict.of(
            words.platform(), sentTo, response.status(), headers, response.body(), retryAfter);
    parcel.answer.complete(verdict.answer());
    boolean othersWereTaken = lastTaken > parcel.begun;
    switch (verdict.line()) {
      case GOOD -> {
        lastTaken = ++now;
        lastLogged = "";
        backoff.reset();
        longBackoff.reset();
      }
      case NOT_NOW -> {}
      case SHUT -> shut(verdict, backoff.next());
      case SHUT_FOR_LONG -> shut(verdict, longBackoff.next());
      case SHUT_FOR_LONG_UNLESS_OTHERS_WERE_TAKEN -> {
        if (!othersWereTaken) {
          shut(verdict, longBackoff.next());
        }
      }
    }
  }

  private void shut(Verdict verdict, Duration ours) {
    Duration asked = verdict.askedPause().orElse(Duration.ZERO);
    Answer answer = verdict.answer();
    String because = answer instanceof Answer.Refused refused ? refused.why() : answer.toString();
    shut(because, asked.compareTo(ours) > 0 ? asked : ours);
  }

  private void failed(Parcel parcel, Trouble trouble) {
    parcel.answer.complete(
        trouble.mayHaveArrived()
            ? new Answer.Unknown(trouble.why())
            : new Answer.Refused(trouble.why(), false));
    if (!trouble.mayHaveArrived() || lastAnswered <= parcel.begun) {
      shut(trouble.why(), backoff.next());
    }
    sendOn();
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }
}

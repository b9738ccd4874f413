package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to one HTTP server, and its answers (RFC 9110, RFC 9112). Safe for use by many threads.
 *
 * <p>What an answer means on this wire:
 *
 * <ul>
 *   <li><b>Replied</b>: the platform itself answered, with any status that is not below. A 2xx says
 *       that it has accepted the message; whether it has <em>stored</em> it, and all of it, is in
 *       what the platform promises and in the body (207, a row of errors under a 201): the dialect
 *       reads that.
 *   <li><b>Refused</b>, not permanent: nothing was sent (nobody reached, no TLS), or the
 *       transport's side said no: 401, 403, 407, 408, 425, 429, 502, 503, 504, and any redirect but
 *       304, which is never followed. Permanent only for what cannot be said over HTTP.
 *   <li><b>TooLarge</b>: 413.
 *   <li><b>Unknown</b>: the request may have been written, and no complete answer came. Here
 *       nothing is sent again: sync does so, and the dialect has made that harmless by the
 *       platform's own identity, or asks first what is there. (What the JDK repeats by itself is
 *       GET only.)
 * </ul>
 *
 * <p>There are no inbound channels and no farewell on HTTP: both are ignored.
 */
public final class HttpConnector implements Connector {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnector.class);

  private final HttpSettings settings;
  private final Schedulers schedulers;
  private final Clock clock;
  private final RandomGenerator random;
  private final BooleanSupplier clockIsTrusted;

  /**
   * A connector, not yet open.
   *
   * @param clock for dates in Retry-After, where the server does not say what time it is for it
   * @param random spreads the pauses between attempts
   * @param clockIsTrusted whether somebody vouches for this gateway's time now; decides only what
   *     is said of a certificate that seems not to be valid
   */
  public HttpConnector(
      HttpSettings settings,
      Schedulers schedulers,
      Clock clock,
      RandomGenerator random,
      BooleanSupplier clockIsTrusted) {
    this.settings = settings;
    this.schedulers = schedulers;
    this.clock = clock;
    this.random = random;
    this.clockIsTrusted = clockIsTrusted;
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    Duration most = settings.retryAtMost();
    Duration longAtFirst =
        settings.retryAtFirst().multipliedBy(30).compareTo(HttpSession.LONG_PAUSE) < 0
            ? settings.retryAtFirst().multipliedBy(30)
            : HttpSession.LONG_PAUSE;
    HttpSession session =
        new HttpSession(
            settings,
            listener,
            new JdkExchange(settings),
            schedulers.serial("http-" + settings.name()),
            clock,
            new Backoff(settings.retryAtFirst(), most, random),
            new Backoff(longAtFirst, longer(most, longAtFirst).multipliedBy(10), random),
            new Trouble.Words(settings, clockIsTrusted),
            LOG);
    if (!settings.base().tls() && !settings.base().isLoopback()) {
      LOG.warn(
          "destination {}: everything that is sent to {} can be read on the way, passwords included",
          settings.name(),
          settings.base());
    }
    session.start();
    return session;
  }

  @Override
  public List<Check> probe(Duration patience) {
    return new Probe(settings, patience, new Trouble.Words(settings, clockIsTrusted), clock).run();
  }

  @Override
  public Answer ask(Message question, Duration patience) {
    Trouble.Words words = new Trouble.Words(settings, clockIsTrusted);
    return new SideRequest(settings, patience, words).send(question).answer(words, question, clock);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}

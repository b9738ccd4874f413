package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to and from one CoAP server. A message that is answered with a success was taken by the
 * server itself: there is nobody between who could have answered for it. Safe for use by many
 * threads.
 */
public final class CoapConnector implements Connector {

  private static final Logger LOG = LoggerFactory.getLogger(CoapConnector.class);

  private final CoapSettings settings;
  private final Schedulers schedulers;
  private final RandomGenerator random;

  /**
   * @param random spreads the pauses between attempts
   */
  public CoapConnector(CoapSettings settings, Schedulers schedulers, RandomGenerator random) {
    this.settings = settings;
    this.schedulers = schedulers;
    this.random = random;
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    Set<String> channels = Set.copyOf(inbound);
    CoapSession session =
        new CoapSession(
            settings,
            listener,
            events ->
                settings.address().transport().isDatagram()
                    ? new DatagramLine(settings, farewell.get(), channels, events, LOG)
                    : new StreamLine(settings, farewell.get(), channels, events, LOG),
            schedulers.serial("coap-" + settings.name()),
            new Backoff(settings.retryAtFirst(), settings.retryAtMost(), random),
            LOG);
    if (!settings.address().transport().isSecure()
        && settings.oscore() == null
        && !settings.address().isLoopback()) {
      LOG.warn(
          "destination {}: everything that is sent to {} can be read on the way",
          settings.name(),
          settings.address());
    }
    session.start();
    return session;
  }

  @Override
  public List<Check> probe(Duration patience) {
    return new Probe(settings, patience, LOG).run();
  }

  @Override
  public Answer ask(Message question, Duration patience) {
    return new Probe(settings, patience, LOG).ask(question);
  }
}

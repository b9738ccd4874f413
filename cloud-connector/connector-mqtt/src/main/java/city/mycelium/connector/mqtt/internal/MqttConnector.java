package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
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

/** Messages to and from one MQTT broker. Safe for use by many threads. */
public final class MqttConnector implements Connector {

  private static final Logger LOG = LoggerFactory.getLogger(MqttConnector.class);

  private final MqttSettings settings;
  private final Schedulers schedulers;
  private final RandomGenerator random;
  private final Failure failure;

  /** Where the clock is right: at a desk. */
  public MqttConnector(MqttSettings settings, Schedulers schedulers, RandomGenerator random) {
    this(settings, schedulers, random, () -> true);
  }

  /**
   * A connector, not yet open.
   *
   * @param clockIsTrusted whether somebody vouches for this gateway's time now; decides only what
   *     is said of a certificate that seems not to be valid
   * @param random spreads the pauses between attempts
   */
  public MqttConnector(
      MqttSettings settings,
      Schedulers schedulers,
      RandomGenerator random,
      BooleanSupplier clockIsTrusted) {
    this.failure = new Failure(settings, clockIsTrusted);
    this.settings = settings;
    this.schedulers = schedulers;
    this.random = random;
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    Set<String> channels = Set.copyOf(inbound);
    MqttSession session =
        new MqttSession(
            settings,
            listener,
            new Lines(settings, farewell, channels, failure),
            schedulers.serial("mqtt-" + settings.name()),
            new Backoff(settings.retryAtFirst(), settings.retryAtMost(), random),
            failure,
            LOG);
    if (!settings.broker().tls() && !settings.broker().isLoopback()) {
      LOG.warn(
          "destination {}: everything that is sent to {} can be read on the way, passwords included",
          settings.name(),
          settings.broker());
    }
    session.start();
    return session;
  }

  @Override
  public List<Check> probe(Duration patience) {
    return new Probe(settings, patience, failure).run();
  }
}

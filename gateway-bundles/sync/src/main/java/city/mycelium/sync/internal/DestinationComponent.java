package city.mycelium.sync.internal;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.consent.Consent;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One Destination of the configuration: runs while its dialect and its connector are there, and
 * stops while one of them is not.
 */
@Component(
    service = DestinationComponent.class,
    immediate = true,
    configurationPid = "city.mycelium.sync.Destination",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DestinationComponent.Config.class, factory = true)
public final class DestinationComponent {

  @ObjectClassDefinition(
      name = "Destination",
      description = "One platform: what it asks for, who is behind it, how it is spoken to.")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description =
            "What it is called here and on the wire; its connector's configuration names it.")
    String name();

    @AttributeDefinition(
        name = "Recipient",
        description = "The party behind it; nothing leaves for it without that party's Grant.")
    String recipient();

    @AttributeDefinition(
        name = "Dialect",
        description = "How payloads are written: senml-json or senml-cbor.")
    String dialect() default "senml-cbor";

    @AttributeDefinition(
        name = "Proof",
        description =
            "What counts as delivered: 'receiver' (acknowledged after the receiver's own commit) or"
                + " 'answer' (the transport's answer; a broker's says only that the broker has it).")
    String proof() default "receiver";

    @AttributeDefinition(name = "Select", description = "Datastream ids, * stands for anything.")
    String[] select() default {"*"};

    @AttributeDefinition(
        name = "Urgent",
        description = "Datastream ids of what overtakes a backlog, * stands for anything.")
    String[] urgentSelect() default {};

    @AttributeDefinition(
        name = "Order",
        description =
            "What goes first after an outage: 'oldest-first', or 'newest-first' (live data first,"
                + " the backlog is filled behind it).")
    String order() default "oldest-first";

    @AttributeDefinition(
        name = "Bytes per hour",
        description = "Payload that may go out in an hour of the clock; 0 for no limit.")
    long bytesPerHour() default 0;

    @AttributeDefinition(
        name = "Bytes per day",
        description = "Payload that may go out in a day (UTC); 0 for no limit.")
    long bytesPerDay() default 0;

    @AttributeDefinition(
        name = "Urgent reserve (percent)",
        description = "How far beyond a byte limit that is used up urgent data may go.")
    int urgentReservePercent() default 10;

    @AttributeDefinition(
        name = "History",
        description =
            "Where it begins when it is new: 'all' that the journal has, 'none', or an instant such"
                + " as 2026-11-23T12:00:00Z. Decided once.")
    String history() default "all";

    @AttributeDefinition(
        name = "Quarantine after (attempts)",
        description =
            "A message without proof after so many attempts, while later ones were proven, is set"
                + " aside.")
    int quarantineAfterAttempts() default 10;

    @AttributeDefinition(name = "Batch", description = "Observations in one message at most.")
    int batchObservations() default 100;

    @AttributeDefinition(name = "In flight", description = "Messages without proof at most.")
    int inFlight() default 50;

    @AttributeDefinition(
        name = "Linger (milliseconds)",
        description = "How long a batch that is not full waits for more.")
    int lingerMillis() default 1_000;

    @AttributeDefinition(
        name = "Proof time-out (seconds)",
        description =
            "Without proof a message is sent again after this time, later ever more seldom.")
    int proofTimeoutSeconds() default 30;

    @AttributeDefinition(
        name = "Retry at most (seconds)",
        description = "The longest pause between two attempts.")
    int retryAtMostSeconds() default 300;
  }

  private final Destination destination;
  private final String dialectName;
  private final Journal journal;
  private final Registry registry;
  private final Consent consent;
  private final Clock clock;
  private final Schedulers schedulers;
  private final List<Dialect> dialects = new ArrayList<>();
  private final List<NamedConnector> connectors = new ArrayList<>();
  private @Nullable DestinationSync running;

  private record NamedConnector(String destination, Connector connector) {}

  @Activate
  public DestinationComponent(
      Config config,
      @Reference Journal journal,
      @Reference Registry registry,
      @Reference Consent consent,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    destination =
        new Destination(
            config.name(),
            new PartyId(config.recipient()),
            Proof.valueOf(config.proof().toUpperCase(Locale.ROOT)),
            List.of(config.select()),
            config.batchObservations(),
            config.inFlight(),
            Duration.ofMillis(config.lingerMillis()),
            Duration.ofSeconds(config.proofTimeoutSeconds()),
            Duration.ofSeconds(config.retryAtMostSeconds()),
            policy(config));
    dialectName = config.dialect();
    this.journal = journal;
    this.registry = registry;
    this.consent = consent;
    this.clock = clock;
    this.schedulers = schedulers;
  }

  private static Policy policy(Config config) {
    return new Policy(
        List.of(config.urgentSelect()),
        Order.of(config.order()),
        new Limits(config.bytesPerHour(), config.bytesPerDay(), config.urgentReservePercent()),
        Start.of(config.history()),
        config.quarantineAfterAttempts());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addDialect(Dialect dialect) {
    dialects.add(dialect);
    startOrStop();
  }

  synchronized void removeDialect(Dialect dialect) {
    dialects.remove(dialect);
    startOrStop();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addConnector(Connector connector, java.util.Map<String, Object> properties) {
    connectors.add(
        new NamedConnector(Objects.toString(properties.get("destination"), ""), connector));
    startOrStop();
  }

  synchronized void removeConnector(Connector connector) {
    connectors.removeIf(named -> named.connector() == connector);
    startOrStop();
  }

  String name() {
    return destination.name();
  }

  /** What runs now; null while its dialect or its connector is not there. */
  synchronized @Nullable DestinationSync running() {
    return running;
  }

  @Deactivate
  synchronized void deactivate() {
    stop();
  }

  private void startOrStop() {
    stop();
    Optional<Dialect> dialect =
        dialects.stream().filter(known -> known.name().equals(dialectName)).findFirst();
    Optional<Connector> connector =
        connectors.stream()
            .filter(named -> named.destination().equals(destination.name()))
            .map(NamedConnector::connector)
            .findFirst();
    if (dialect.isPresent() && connector.isPresent()) {
      running =
          new DestinationSync(
              destination,
              journal,
              registry,
              consent,
              dialect.get(),
              connector.get(),
              clock,
              schedulers.serial("mycelium-sync-" + destination.name()),
              RandomGenerator.getDefault());
    }
  }

  private void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}

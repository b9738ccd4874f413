package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.consent.Consent;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class DestinationComponent implements Destinations.Configured {

  private static final Logger LOG = LoggerFactory.getLogger(DestinationComponent.class);

  /** What begins with this is the dialect's to understand. */
  private static final String DIALECT_SETTING = "dialect.";

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
        description =
            "How payloads are written, such as senml-cbor. What may be set of it begins with"
                + " 'dialect.'.")
    String dialect() default "senml-cbor";

    @AttributeDefinition(
        name = "Proof",
        description =
            "What counts as delivered: 'receiver' (acknowledged after the receiver's own commit) or"
                + " 'answer' (the transport's answer; a broker's says only that the broker has"
                + " it).")
    String proof() default "receiver";

    @AttributeDefinition(
        name = "Mapping file",
        description =
            "JSON file with what the platform calls things, datastreams and properties, within the"
                + " folder of the configuration or with its whole path; empty for none.")
    String mappingFile() default "";

    @AttributeDefinition(name = "Select", description = "Datastream ids, * stands for anything.")
    String[] select() default {"*"};

    @AttributeDefinition(
        name = "Select properties",
        description = "Names such as NO2, * stands for anything; empty for all.")
    String[] selectProperties() default {};

    @AttributeDefinition(
        name = "Select things",
        description = "Ids of Things, * stands for anything; empty for all.")
    String[] selectThings() default {};

    @AttributeDefinition(
        name = "Select area",
        description =
            "south,west,north,east in degrees (WGS 84): Things that the recipient is told are in"
                + " there; one whose place may not be told is outside. Empty for everywhere.")
    String selectArea() default "";

    @AttributeDefinition(
        name = "Select kinds",
        description = "'raw', and windows of aggregates such as PT1H or P1D; empty for all.")
    String[] selectKinds() default {};

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

  private final String name;

  /** Null if the configuration makes no sense. */
  private final @Nullable Destination destination;

  private final @Nullable Path mappingFile;
  private final String dialectName;
  private final Map<String, String> dialectSettings;
  private final Journal journal;
  private final Registry registry;
  private final Consent consent;
  private final Clock clock;
  private final Schedulers schedulers;
  private final List<DialectKind> dialects = new ArrayList<>();
  private final List<NamedConnector> connectors = new ArrayList<>();
  private @Nullable DestinationSync running;

  /** What it was started with last, whether or not that went well; null while it is stopped. */
  private @Nullable DialectKind spokenIn;

  private @Nullable Connector spokenOver;
  private String trouble = "";

  private record NamedConnector(String destination, Connector connector) {}

  @Activate
  public DestinationComponent(
      BundleContext context,
      Config config,
      Map<String, Object> properties,
      @Reference Journal journal,
      @Reference Registry registry,
      @Reference Consent consent,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    name = config.name();
    destination = destination(config, properties);
    String folder = context.getProperty("mycelium.config");
    mappingFile =
        config.mappingFile().isBlank()
            ? null
            : Path.of(folder == null ? "" : folder).resolve(config.mappingFile());
    dialectName = config.dialect();
    dialectSettings = dialectSettings(properties);
    this.journal = journal;
    this.registry = registry;
    this.consent = consent;
    this.clock = clock;
    this.schedulers = schedulers;
  }

  /** One that makes no sense does not run, and says why; the others do. */
  private @Nullable Destination destination(Config config, Map<String, Object> properties) {
    try {
      checkKeys(properties);
      return new Destination(
          config.name(),
          new PartyId(config.recipient()),
          proof(config.proof()),
          selection(config),
          config.batchObservations(),
          config.inFlight(),
          Duration.ofMillis(config.lingerMillis()),
          Duration.ofSeconds(config.proofTimeoutSeconds()),
          Duration.ofSeconds(config.retryAtMostSeconds()),
          policy(config));
    } catch (IllegalArgumentException e) { // each says in words what is wrong
      doesNotRun(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A key that means nothing was meant to: a limit, a selection. The framework's have a dot. */
  private static void checkKeys(Map<String, Object> properties) {
    for (String key : properties.keySet()) {
      if (key.indexOf('.') < 0
          && Arrays.stream(Config.class.getDeclaredMethods())
              .noneMatch(known -> known.getName().equals(key))) {
        throw new IllegalArgumentException(
            "'" + key + "' is nothing that can be set of a Destination: is it written otherwise?");
      }
    }
  }

  private static Proof proof(String word) {
    return switch (word) {
      case "receiver" -> Proof.RECEIVER;
      case "answer" -> Proof.ANSWER;
      default ->
          throw new IllegalArgumentException("proof is 'receiver' or 'answer', not '" + word + "'");
    };
  }

  private static Selection selection(Config config) {
    return new Selection(
        List.of(config.select()),
        List.of(config.selectProperties()),
        List.of(config.selectThings()),
        config.selectArea().isBlank()
            ? Optional.empty()
            : Optional.of(Area.of(config.selectArea())),
        List.of(config.selectKinds()));
  }

  private static Map<String, String> dialectSettings(Map<String, Object> properties) {
    Map<String, String> settings = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(DIALECT_SETTING)) {
            settings.put(key.substring(DIALECT_SETTING.length()), String.valueOf(value));
          }
        });
    return settings;
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
  synchronized void addDialect(DialectKind dialect) {
    dialects.add(dialect);
    startOrStop();
  }

  synchronized void removeDialect(DialectKind dialect) {
    dialects.remove(dialect);
    startOrStop();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addConnector(Connector connector, Map<String, Object> properties) {
    connectors.add(
        new NamedConnector(Objects.toString(properties.get("destination"), ""), connector));
    startOrStop();
  }

  synchronized void removeConnector(Connector connector) {
    connectors.removeIf(named -> named.connector() == connector);
    startOrStop();
  }

  String name() {
    return name;
  }

  /** What runs now; null while its dialect or its connector is not there. */
  @Override
  public synchronized @Nullable DestinationSync running() {
    return running;
  }

  /** Why it does not run, for a person; empty if it does. */
  @Override
  public synchronized String trouble() {
    return trouble;
  }

  /** Not under the lock: it takes its time. */
  @Override
  public List<Check> probe(Duration patience) {
    Optional<Connector> connector = connector();
    return connector.isPresent() ? connector.get().probe(patience) : List.of();
  }

  /** Likewise. */
  @Override
  public Answer ask(Message question, Duration patience) {
    Optional<Connector> connector = connector();
    return connector.isPresent()
        ? connector.get().ask(question, patience)
        : new Answer.Refused("it has no connector", true);
  }

  private synchronized Optional<Connector> connector() {
    return connectors.stream()
        .filter(named -> named.destination().equals(name))
        .map(NamedConnector::connector)
        .findFirst();
  }

  @Deactivate
  synchronized void deactivate() {
    stop();
  }

  /** What comes and goes for other Destinations does not touch this one. */
  private void startOrStop() {
    Destination configured = destination;
    if (configured == null) {
      return; // why not, has been said
    }
    Optional<DialectKind> dialect =
        dialects.stream().filter(known -> known.name().equals(dialectName)).findFirst();
    Optional<Connector> connector = connector();
    if (dialect.isEmpty()) {
      stop();
      trouble =
          "no dialect '"
              + dialectName
              + "' is here; known are "
              + dialects.stream().map(DialectKind::name).sorted().toList();
    } else if (connector.isEmpty()) {
      stop();
      trouble =
          "no connector is there for it: it needs a city.mycelium.connector.… whose destination is "
              + name;
    } else if (dialect.get() != spokenIn || connector.get() != spokenOver) {
      stop();
      spokenIn = dialect.get();
      spokenOver = connector.get();
      start(configured, dialect.get(), connector.get());
    }
  }

  private void start(Destination configured, DialectKind kind, Connector connector) {
    try {
      Settings settings = Settings.of("dialect " + kind.name(), kind.options(), dialectSettings);
      Dialect dialect = kind.dialect(settings, names());
      trouble = "";
      running =
          new DestinationSync(
              configured,
              journal,
              registry,
              consent,
              dialect,
              connector,
              clock,
              schedulers.serial("mycelium-sync-" + name),
              RandomGenerator.getDefault());
    } catch (SettingsException e) {
      doesNotRun(String.valueOf(e.getMessage()));
    }
  }

  private Names names() throws SettingsException {
    return mappingFile == null ? Names.NONE : MappingFile.read(mappingFile);
  }

  private void doesNotRun(String why) {
    trouble = why;
    LOG.warn("destination {} does not run: {}", name, why);
  }

  private void stop() {
    spokenIn = null;
    spokenOver = null;
    if (running != null) {
      running.close();
      running = null;
    }
  }
}

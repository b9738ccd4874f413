package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Misconfigured;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.time.Schedulers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One CoAP server of the configuration, offered to the Destination that it names. */
@Component(
    service = Connector.class,
    configurationPid = "city.mycelium.connector.coap",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CoapConnectorComponent.Config.class, factory = true)
public final class CoapConnectorComponent implements Connector {

  @ObjectClassDefinition(
      name = "CoAP connector",
      description =
          "How one Destination's CoAP server is reached. {gateway} and {destination} stand for"
              + " their names.")
  @interface Config {
    @AttributeDefinition(name = "Destination", description = "Whose connection this is.")
    String destination();

    @AttributeDefinition(
        name = "URI",
        description =
            "coaps://host:port/path, coaps+tcp:// over TCP; coap:// and coap+tcp:// without"
                + " encryption only to this machine. Channels are paths below it.")
    String uri();

    @AttributeDefinition(
        name = "Allow plaintext",
        description = "Whether another machine may be spoken to without DTLS: anybody can read it.")
    boolean allowPlaintext() default false;

    @AttributeDefinition(
        name = "PSK identity",
        description = "Which pre-shared key is used, to the server. Together with PSK file.")
    String pskIdentity() default "";

    @AttributeDefinition(
        name = "PSK file",
        description =
            "Holds the pre-shared key: text, or hex: and hexadecimal digits. Readable by the"
                + " gateway only.")
    String pskFile() default "";

    @AttributeDefinition(
        name = "Server key file",
        description =
            "PEM file of the server's raw public key; together with Key file and Public key file.")
    String serverKeyFile() default "";

    @AttributeDefinition(
        name = "Public key file",
        description = "PEM file of the gateway's raw public key.")
    String publicKeyFile() default "";

    @AttributeDefinition(
        name = "CA file",
        description =
            "PEM file of the authorities that may have signed the server's certificate; empty, and"
                + " without PSK and raw public key: those that the Java runtime trusts.")
    String caFile() default "";

    @AttributeDefinition(
        name = "Certificate file",
        description = "PEM file of the gateway's own certificate, if the server asks for one.")
    String certificateFile() default "";

    @AttributeDefinition(
        name = "Key file",
        description =
            "PEM file of the private key of certificate or raw public key: PKCS#8, not encrypted.")
    String keyFile() default "";

    @AttributeDefinition(
        name = "OSCORE key file",
        description =
            "Holds the master secret of OSCORE (RFC 8613), which protects messages from end to end,"
                + " also without DTLS: text, or hex: and hexadecimal digits, 16 bytes or more. For"
                + " this gateway only. Empty: no OSCORE.")
    String oscoreKeyFile() default "";

    @AttributeDefinition(
        name = "OSCORE master salt",
        description = "Hexadecimal digits, as at the server; may be empty.")
    String oscoreMasterSalt() default "";

    @AttributeDefinition(
        name = "OSCORE sender id",
        description = "The gateway's: hexadecimal digits, 7 bytes at most; may be empty.")
    String oscoreSenderId() default "";

    @AttributeDefinition(
        name = "OSCORE recipient id",
        description = "The server's: hexadecimal digits, 7 bytes at most; another one.")
    String oscoreRecipientId() default "";

    @AttributeDefinition(
        name = "OSCORE id context",
        description =
            "Hexadecimal digits, as at the server; empty: none. Another one makes other keys of the"
                + " same secret.")
    String oscoreIdContext() default "";

    @AttributeDefinition(
        name = "NSTART",
        description =
            "Messages over UDP that may wait for their answers at once (RFC 7252, 4.7). More than 1"
                + " only where the network's operator agrees.")
    int nstart() default 1;

    @AttributeDefinition(
        name = "Block size (bytes)",
        description = "Larger payloads over UDP go in blocks: 16, 32, 64, 128, 256, 512 or 1024.")
    int blockSize() default 1024;

    @AttributeDefinition(
        name = "Acknowledgement time-out (milliseconds)",
        description = "After this a message over UDP is sent again; the next pauses double.")
    int ackTimeoutMillis() default 2000;

    @AttributeDefinition(
        name = "Retransmissions at most",
        description = "So often a message over UDP is sent again before the line is doubted.")
    int maxRetransmit() default 4;

    @AttributeDefinition(
        name = "Connect time-out (seconds)",
        description = "For everything until the connection stands, and for a sign of life later.")
    int connectTimeoutSeconds() default 30;

    @AttributeDefinition(
        name = "Answer time-out (seconds)",
        description = "For the answer to a message.")
    int answerTimeoutSeconds() default 100;

    @AttributeDefinition(
        name = "Keep alive (seconds)",
        description =
            "After so long without a word the server is asked for a sign of life; 0: never.")
    int keepAliveSeconds() default 120;

    @AttributeDefinition(
        name = "Resource directory",
        description =
            "URI of a resource directory's registration, such as coaps://host/rd, in which the"
                + " gateway makes itself known (RFC 9176); empty: none.")
    String resourceDirectory() default "";

    @AttributeDefinition(
        name = "Registration lifetime (seconds)",
        description = "After this without a word the resource directory forgets the gateway.")
    int registrationLifetimeSeconds() default 90000;

    @AttributeDefinition(
        name = "Retry at most (seconds)",
        description = "The longest pause between two attempts.")
    int retryAtMostSeconds() default 60;
  }

  private final Connector connector;

  /**
   * @param context tells where the gateway keeps what it keeps
   * @param journal knows the gateway's name, and which sequence numbers of OSCORE were used
   */
  @Activate
  public CoapConnectorComponent(
      BundleContext context,
      Config config,
      @Reference Journal journal,
      @Reference Schedulers schedulers) {
    connector = Misconfigured.unless(() -> made(context, config, journal, schedulers));
  }

  /**
   * The connector itself.
   *
   * @throws IllegalArgumentException if the configuration makes no sense; says why
   */
  static Connector made(
      BundleContext context, Config config, Journal journal, Schedulers schedulers) {
    String gateway = journal.gateway().value();
    CoapAddress address =
        CoapAddress.parse(
            config
                .uri()
                .replace("{gateway}", gateway)
                .replace("{destination}", config.destination()));
    CoapSettings settings =
        new CoapSettings(
            config.destination(),
            address,
            config.allowPlaintext(),
            security(config, address, gateway),
            oscore(context, config, gateway, journal.state()),
            new Pace(
                config.nstart(),
                config.blockSize(),
                Duration.ofMillis(config.ackTimeoutMillis()),
                config.maxRetransmit(),
                Duration.ofSeconds(config.connectTimeoutSeconds()),
                Duration.ofSeconds(config.answerTimeoutSeconds()),
                Duration.ofSeconds(config.keepAliveSeconds())),
            config.resourceDirectory().isBlank()
                ? null
                : new Directory(
                    CoapAddress.parse(config.resourceDirectory()),
                    gateway,
                    Duration.ofSeconds(config.registrationLifetimeSeconds())),
            CoapSettings.USUAL_RETRY_AT_FIRST,
            Duration.ofSeconds(config.retryAtMostSeconds()));
    return new CoapConnector(settings, schedulers, RandomGenerator.getDefault());
  }

  private static Security security(Config config, CoapAddress address, String gateway) {
    boolean shared = !(config.pskIdentity().isEmpty() && config.pskFile().isBlank());
    boolean raw = !(config.serverKeyFile().isBlank() && config.publicKeyFile().isBlank());
    boolean certificates = !(config.caFile().isBlank() && config.certificateFile().isBlank());
    if ((shared && (raw || certificates)) || (raw && certificates)) {
      throw new IllegalArgumentException(
          "destination "
              + config.destination()
              + ": give either a PSK, or raw public keys, or certificates");
    }
    if (shared) {
      return new Security.SharedKey(
          config.pskIdentity().replace("{gateway}", gateway), needed(config.pskFile(), "pskFile"));
    }
    if (raw) {
      return new Security.RawKeys(
          needed(config.keyFile(), "keyFile"),
          needed(config.publicKeyFile(), "publicKeyFile"),
          needed(config.serverKeyFile(), "serverKeyFile"));
    }
    if (certificates || !config.keyFile().isBlank() || address.transport().isSecure()) {
      return new Security.Certificates(
          path(config.caFile()), path(config.certificateFile()), path(config.keyFile()));
    }
    return new Security.None();
  }

  private static @Nullable ObjectSecurity oscore(
      BundleContext context, Config config, String gateway, StateStore state) {
    if (config.oscoreKeyFile().isBlank()) {
      if (!(config.oscoreMasterSalt()
              + config.oscoreSenderId()
              + config.oscoreRecipientId()
              + config.oscoreIdContext())
          .isEmpty()) {
        throw new IllegalArgumentException(
            "destination " + config.destination() + ": OSCORE needs its oscoreKeyFile");
      }
      return null;
    }
    return new ObjectSecurity(
        Path.of(config.oscoreKeyFile()),
        config.oscoreMasterSalt(),
        config.oscoreSenderId(),
        config.oscoreRecipientId(),
        config.oscoreIdContext(),
        Path.of(context.getProperty("mycelium.data")).resolve("oscore"),
        gateway,
        new JournalWitness(state));
  }

  private static Path needed(String text, String name) {
    Path path = path(text);
    if (path == null) {
      throw new IllegalArgumentException(name + " is missing: it goes with the others given");
    }
    return path;
  }

  private static @Nullable Path path(String text) {
    return text.isBlank() ? null : Path.of(text);
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    return connector.open(farewell, inbound, listener);
  }

  @Override
  public List<Check> probe(Duration patience) {
    return connector.probe(patience);
  }

  @Override
  public Answer ask(Message question, Duration patience) {
    return connector.ask(question, patience);
  }
}

package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Misconfigured;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.tls.Alpn;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One broker of the configuration, offered to the Destination that it names. */
@Component(
    service = Connector.class,
    configurationPid = "city.mycelium.connector.mqtt",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MqttConnectorComponent.Config.class, factory = true)
public final class MqttConnectorComponent implements Connector {

  @ObjectClassDefinition(
      name = "MQTT connector",
      description =
          "How one Destination's MQTT broker is reached. {gateway} and {destination} stand for"
              + " their names in user, client id and topics.")
  @interface Config {
    @AttributeDefinition(name = "Destination", description = "Whose connection this is.")
    String destination();

    @AttributeDefinition(
        name = "Broker",
        description =
            "mqtts://host:port, or wss://host:port/path over WebSocket; mqtt:// and ws:// without"
                + " TLS only to this machine.")
    String broker();

    @AttributeDefinition(
        name = "MQTT version",
        description =
            "5, 3.1.1, or auto: 5, and 3.1.1 if the broker itself says that it does not speak 5.")
    String mqttVersion() default "5";

    @AttributeDefinition(
        name = "Allow plaintext",
        description = "Whether another machine may be spoken to without TLS: anybody can read it.")
    boolean allowPlaintext() default false;

    @AttributeDefinition(
        name = "CA file",
        description =
            "PEM file of the authorities that may have signed the broker's certificate; empty:"
                + " those that the Java runtime trusts.")
    String caFile() default "";

    @AttributeDefinition(
        name = "Certificate file",
        description = "PEM file of the gateway's own certificate, if the broker asks for one.")
    String certificateFile() default "";

    @AttributeDefinition(
        name = "Key file",
        description = "PEM file of its private key: PKCS#8, not encrypted.")
    String keyFile() default "";

    @AttributeDefinition(
        name = "ALPN",
        description =
            "Protocols that are offered in the TLS handshake, for brokers that share a port with"
                + " others: x-amzn-mqtt-ca, mqtt. Empty: none.")
    String[] alpn() default {};

    @AttributeDefinition(name = "User", description = "Empty: none.")
    String user() default "";

    @AttributeDefinition(name = "Password file", description = "Holds the user's password.")
    String passwordFile() default "";

    @AttributeDefinition(
        name = "Password",
        type = AttributeType.PASSWORD,
        description = "Better kept in a file of its own: see Password file.")
    String password() default "";

    @AttributeDefinition(name = "Client id", description = "Unique at the broker.")
    String clientId() default "{gateway}-{destination}";

    @AttributeDefinition(
        name = "Topic prefix",
        description = "Channels are topics below it; empty if they are whole topics.")
    String topicPrefix() default "mycelium/1/{gateway}/{destination}";

    @AttributeDefinition(
        name = "Topic template",
        description =
            "Instead of a prefix: a topic with {channel} once in it; {client} stands for the client"
                + " id. Empty: the prefix counts.")
    String topicTemplate() default "";

    @AttributeDefinition(
        name = "Keep alive (seconds)",
        description = "A broker that is silent for twice this time is gone.")
    int keepAliveSeconds() default 20;

    @AttributeDefinition(
        name = "Connect time-out (seconds)",
        description = "For everything until the connection stands.")
    int connectTimeoutSeconds() default 8;

    @AttributeDefinition(
        name = "Retry at most (seconds)",
        description = "The longest pause between two attempts.")
    int retryAtMostSeconds() default 60;

    @AttributeDefinition(
        name = "In flight",
        description = "Messages without the broker's answer at most; fewer if it asks for it.")
    int inFlight() default 100;

    @AttributeDefinition(
        name = "Largest packet (bytes)",
        description =
            "The most that the broker takes, where it does not say so itself, as in MQTT 3.1.1. 0:"
                + " only what it says.")
    int maxPacketBytes() default 0;
  }

  private final Connector connector;

  /**
   * @param journal knows the gateway's name
   * @param time says whether a certificate's dates can be judged here
   */
  @Activate
  public MqttConnectorComponent(
      Config config,
      @Reference Journal journal,
      @Reference Schedulers schedulers,
      @Reference TrustedTime time) {
    connector = Misconfigured.unless(() -> made(config, journal, schedulers, time));
  }

  /**
   * The connector itself.
   *
   * @throws IllegalArgumentException if the configuration makes no sense; says why
   */
  static Connector made(Config config, Journal journal, Schedulers schedulers, TrustedTime time) {
    String gateway = journal.gateway().value();
    String clientId = filled(config.clientId(), gateway, config.destination());
    MqttSettings settings =
        new MqttSettings(
            config.destination(),
            BrokerAddress.parse(config.broker()),
            config.allowPlaintext(),
            new TlsFiles(
                path(config.caFile()), path(config.certificateFile()), path(config.keyFile())),
            new Credentials(
                orNull(filled(config.user(), gateway, config.destination())),
                orNull(config.password()),
                path(config.passwordFile())),
            clientId,
            topics(config, gateway, clientId),
            Duration.ofSeconds(config.keepAliveSeconds()),
            Duration.ofSeconds(config.connectTimeoutSeconds()),
            MqttSettings.USUAL_RETRY_AT_FIRST,
            Duration.ofSeconds(config.retryAtMostSeconds()),
            config.inFlight(),
            MqttVersion.parse(config.mqttVersion()),
            new Alpn(words(config.alpn())),
            config.maxPacketBytes());
    return new MqttConnector(
        settings, schedulers, RandomGenerator.getDefault(), () -> time.trust().isTrusted());
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

  private static TopicTemplate topics(Config config, String gateway, String clientId) {
    Map<String, String> words =
        Map.of("gateway", gateway, "destination", config.destination(), "client", clientId);
    try {
      return config.topicTemplate().isEmpty()
          ? TopicTemplate.below(config.topicPrefix(), words)
          : TopicTemplate.parse(config.topicTemplate(), words);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "destination " + config.destination() + ": " + e.getMessage(), e);
    }
  }

  /** A list, also with commas, as it is typed on a command line. */
  private static List<String> words(String[] list) {
    return Stream.of(list)
        .flatMap(each -> Stream.of(each.split(",")))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static String filled(String text, String gateway, String destination) {
    return text.replace("{gateway}", gateway).replace("{destination}", destination);
  }

  private static @Nullable Path path(String text) {
    return text.isBlank() ? null : Path.of(text);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

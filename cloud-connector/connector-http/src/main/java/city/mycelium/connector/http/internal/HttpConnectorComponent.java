package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Misconfigured;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One HTTP server of the configuration, offered to the Destination that it names. */
@Component(
    service = Connector.class,
    configurationPid = "city.mycelium.connector.http",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpConnectorComponent.Config.class, factory = true)
public final class HttpConnectorComponent implements Connector {

  @ObjectClassDefinition(
      name = "HTTP connector",
      description =
          "How one Destination's HTTP server is reached. {gateway} and {destination} stand for"
              + " their names in url, user and headers.")
  @interface Config {
    @AttributeDefinition(name = "Destination", description = "Whose connection this is.")
    String destination();

    @AttributeDefinition(
        name = "URL",
        description =
            "https://host:port/path, below which all messages go; http:// without TLS only to this"
                + " machine.")
    String url();

    @AttributeDefinition(
        name = "Allow plaintext",
        description = "Whether another machine may be spoken to without TLS: anybody can read it.")
    boolean allowPlaintext() default false;

    @AttributeDefinition(
        name = "CA file",
        description =
            "PEM file of the authorities that may have signed the server's certificate; empty:"
                + " those that the Java runtime trusts.")
    String caFile() default "";

    @AttributeDefinition(
        name = "Certificate file",
        description = "PEM file of the gateway's own certificate, if the server asks for one.")
    String certificateFile() default "";

    @AttributeDefinition(
        name = "Key file",
        description = "PEM file of its private key: PKCS#8, not encrypted.")
    String keyFile() default "";

    @AttributeDefinition(name = "User", description = "For a Basic login; empty: none.")
    String user() default "";

    @AttributeDefinition(name = "Password file", description = "Holds the user's password.")
    String passwordFile() default "";

    @AttributeDefinition(name = "Token file", description = "Holds a token, instead of a user.")
    String tokenFile() default "";

    @AttributeDefinition(
        name = "Token scheme",
        description = "What stands before the token: Bearer, or Token for InfluxDB.")
    String tokenScheme() default Login.USUAL_SCHEME;

    @AttributeDefinition(
        name = "Headers",
        description = "Beside each message, such as 'NGSILD-Tenant: city'. No passwords.")
    String[] headers() default {};

    @AttributeDefinition(
        name = "Time-out (seconds)",
        description = "For a message until its answer is complete, 1 to 600.")
    int timeoutSeconds() default 30;

    @AttributeDefinition(name = "In flight", description = "Messages at once, 1 to 64.")
    int inFlight() default HttpSettings.USUAL_IN_FLIGHT;

    @AttributeDefinition(
        name = "Compress from (bytes)",
        description =
            "Messages of this size and more go compressed (gzip); 0: none. A server that does not"
                + " take it gets them as they are.")
    int gzipFromBytes() default HttpSettings.USUAL_GZIP_FROM_BYTES;

    @AttributeDefinition(
        name = "Retry at most (seconds)",
        description = "The longest pause between two attempts, unless the server asks for more.")
    int retryAtMostSeconds() default 60;
  }

  private final Connector connector;

  /**
   * A connector by this configuration.
   *
   * @param journal knows the gateway's name
   * @param time says whether a certificate's dates can be judged here
   */
  @Activate
  public HttpConnectorComponent(
      Config config,
      @Reference Journal journal,
      @Reference Schedulers schedulers,
      @Reference Clock clock,
      @Reference TrustedTime time) {
    connector = Misconfigured.unless(() -> made(config, journal, schedulers, clock, time));
  }

  /**
   * The connector itself.
   *
   * @throws IllegalArgumentException if the configuration makes no sense; says why
   */
  static Connector made(
      Config config, Journal journal, Schedulers schedulers, Clock clock, TrustedTime time) {
    String gateway = journal.gateway().value();
    String destination = config.destination();
    HttpSettings settings =
        new HttpSettings(
            destination,
            BaseAddress.parse(filled(config.url(), gateway, destination)),
            config.allowPlaintext(),
            new TlsFiles(
                path(config.caFile()), path(config.certificateFile()), path(config.keyFile())),
            new Login(
                new Credentials(
                    orNull(filled(config.user(), gateway, destination)),
                    null,
                    path(config.passwordFile())),
                path(config.tokenFile()),
                config.tokenScheme()),
            HeaderLine.parse(
                Arrays.stream(config.headers())
                    .map(line -> filled(line, gateway, destination))
                    .toList()),
            Duration.ofSeconds(config.timeoutSeconds()),
            config.inFlight(),
            config.gzipFromBytes(),
            HttpSettings.USUAL_RETRY_AT_FIRST,
            Duration.ofSeconds(config.retryAtMostSeconds()));
    return new HttpConnector(
        settings, schedulers, clock, RandomGenerator.getDefault(), () -> time.trust().isTrusted());
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

package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.feed.ChirpStackV4;
import city.mycelium.driver.lorawan.internal.feed.FeedSettings;
import city.mycelium.driver.lorawan.internal.feed.NetworkFeed;
import city.mycelium.driver.lorawan.internal.feed.NetworkFormat;
import city.mycelium.driver.lorawan.internal.feed.TheThingsStackV3;
import city.mycelium.tls.TlsFiles;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Takes what another LoRaWAN network hears of our devices. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.lorawan.feed",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FeedComponent.Config.class, factory = true)
public final class FeedComponent {

  @ObjectClassDefinition(
      name = "LoRaWAN feed",
      description = "What another LoRaWAN network hears of your devices, over MQTT. Needs LoRaWAN.")
  @interface Config {
    @AttributeDefinition(name = "Name", description = "What it is called in logs and lists")
    String name();

    @AttributeDefinition(
        name = "Network",
        description = "Whose messages they are",
        options = {
          @Option(value = "chirpstack", label = "ChirpStack v4, JSON"),
          @Option(value = "things-stack", label = "The Things Stack v3")
        })
    String type();

    @AttributeDefinition(
        name = "Broker",
        description = "mqtts://host:8883; mqtt://127.0.0.1:1883 for one on this machine")
    String broker();

    @AttributeDefinition(
        name = "User",
        description = "Empty for none; The Things Stack wants application@tenant")
    String user() default "";

    @AttributeDefinition(
        name = "Password file",
        description = "Path of a file that holds the password or API key; read at each attempt")
    String passwordFile() default "";

    @AttributeDefinition(
        name = "Topics",
        description =
            "What to listen to; empty for all uplinks that the user may hear, and of ChirpStack the"
                + " batteries")
    String[] topics() default {};

    @AttributeDefinition(
        name = "Client id",
        description =
            "Must be unique at the broker and stay the same: the broker keeps messages for it."
                + " Empty for mycelium-lorawan- and the name")
    String clientId() default "";

    @AttributeDefinition(
        name = "Certificates of the authority",
        description = "Path of a PEM file; empty for those that Java trusts")
    String caFile() default "";

    @AttributeDefinition(
        name = "Own certificate",
        description = "Path of a PEM file, if the broker asks for one")
    String certificateFile() default "";

    @AttributeDefinition(
        name = "Own key",
        description = "Path of its private key, PEM, PKCS#8, not encrypted")
    String keyFile() default "";

    @AttributeDefinition(
        name = "Without TLS",
        description =
            "true lets everybody on the way read along; not needed for a broker on this machine")
    boolean allowPlaintext() default false;

    @AttributeDefinition(
        name = "Profile of others",
        description =
            "Devices that are not in the list are taken with this profile; empty: they are counted"
                + " and shown, and passed over")
    String profile() default "";
  }

  private final NetworkFeed feed;
  private final Cancellable told;

  @Activate
  public FeedComponent(
      Config config,
      @Reference LorawanHub hub,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    Optional<String> others =
        config.profile().isBlank() ? Optional.empty() : Optional.of(config.profile());
    feed =
        new NetworkFeed(
            settings(config),
            format(config.type()),
            new FeedUplinks(hub, "feed " + config.name(), others)::received,
            clock,
            schedulers,
            new SecureRandom());
    told = hub.tell("feed " + config.name(), () -> FrontStatus.of(feed.status()));
    feed.start();
  }

  static FeedSettings settings(Config config) {
    URI broker = URI.create(config.broker());
    String scheme = String.valueOf(broker.getScheme()).toLowerCase(Locale.ROOT);
    if (broker.getHost() == null || !(scheme.equals("mqtt") || scheme.equals("mqtts"))) {
      throw new IllegalArgumentException(
          "feed "
              + config.name()
              + ": a broker is mqtts://host:8883 or mqtt://127.0.0.1:1883, not '"
              + config.broker()
              + "'");
    }
    boolean tls = scheme.equals("mqtts");
    return new FeedSettings(
        config.name(),
        broker.getHost(),
        broker.getPort() > 0 ? broker.getPort() : tls ? 8_883 : 1_883,
        tls
            ? new TlsFiles(
                Addresses.file(config.caFile()),
                Addresses.file(config.certificateFile()),
                Addresses.file(config.keyFile()))
            : null,
        config.allowPlaintext(),
        config.user().isBlank() ? null : config.user(),
        Addresses.file(config.passwordFile()),
        config.clientId().isBlank() ? "mycelium-lorawan-" + config.name() : config.clientId(),
        config.topics().length == 0 ? topics(config.type()) : List.of(config.topics()),
        FeedSettings.USUAL_KEEP_ALIVE,
        FeedSettings.USUAL_CONNECT_TIMEOUT,
        FeedSettings.USUAL_MAX_MESSAGE_BYTES);
  }

  private static NetworkFormat format(String type) {
    return switch (type) {
      case "chirpstack" -> new ChirpStackV4();
      case "things-stack" -> new TheThingsStackV3();
      default -> throw unknown(type);
    };
  }

  private static List<String> topics(String type) {
    return switch (type) {
      case "chirpstack" -> List.of(ChirpStackV4.USUAL_TOPIC, ChirpStackV4.STATUS_TOPIC);
      case "things-stack" -> List.of(TheThingsStackV3.USUAL_TOPIC);
      default -> throw unknown(type);
    };
  }

  private static IllegalArgumentException unknown(String type) {
    return new IllegalArgumentException(
        "no feed is of type '" + type + "': choose chirpstack or things-stack");
  }

  @Deactivate
  void deactivate() {
    told.cancel();
    feed.close();
  }
}

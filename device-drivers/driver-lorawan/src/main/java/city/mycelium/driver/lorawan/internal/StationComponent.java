package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.station.Plan;
import city.mycelium.driver.lorawan.internal.station.StationFront;
import city.mycelium.driver.lorawan.internal.station.StationSettings;
import city.mycelium.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Listens to LoRa Basics Stations, and brings what they hear to the network. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.lorawan.station",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StationComponent.Config.class, factory = true)
public final class StationComponent {

  @ObjectClassDefinition(
      name = "LoRa Basics Stations",
      description =
          "Concentrators that speak LoRa Basics Station's LNS protocol (WebSocket). Needs LoRaWAN.")
  @interface Config {
    @AttributeDefinition(
        name = "Port",
        description = "TCP; stations' examples use 6038",
        min = "0",
        max = "65535")
    int port() default 6_038;

    @AttributeDefinition(
        name = "Bind address",
        description =
            "127.0.0.1, or another address of this machine, which others can reach: then"
                + " certificate, key and token are needed")
    String bindAddress() default "127.0.0.1";

    @AttributeDefinition(
        name = "Certificate",
        description = "Path of our certificate, PEM, with those between it and its authority")
    String certificateFile() default "";

    @AttributeDefinition(
        name = "Key",
        description = "Path of its private key, PEM, PKCS#8, not encrypted")
    String keyFile() default "";

    @AttributeDefinition(
        name = "Token file",
        description =
            "Path of a file with the token, at least 16 characters, that stations show in their"
                + " Authorization header; make one with: openssl rand -hex 20")
    String tokenFile() default "";

    @AttributeDefinition(
        name = "Stations",
        description = "EUIs of those that are served; empty for any that has the token")
    String[] stations() default {};

    @AttributeDefinition(
        name = "Channel plan",
        description =
            "Path of a JSON file with the members of router_config for another region; empty for"
                + " EU868")
    String planFile() default "";
  }

  private final StationFront front;
  private final Cancellable told;

  @Activate
  public StationComponent(
      Config config,
      @Reference LorawanHub hub,
      @Reference Clock clock,
      @Reference TrustedTime time,
      @Reference Schedulers schedulers)
      throws IOException {
    front =
        new StationFront(
            settings(config),
            plan(config.planFile()),
            hub.radio(),
            clock,
            time,
            schedulers,
            new SecureRandom());
    told = hub.tell("stations on port " + config.port(), () -> FrontStatus.of(front.status()));
    front.start();
  }

  static StationSettings settings(Config config) throws IOException {
    StationSettings usual = StationSettings.usual();
    Path certificate = Addresses.file(config.certificateFile());
    Path key = Addresses.file(config.keyFile());
    return new StationSettings(
        Addresses.of(config.bindAddress()),
        config.port(),
        certificate == null && key == null ? null : new TlsFiles(null, certificate, key),
        token(config.tokenFile()),
        Addresses.euis(config.stations()),
        usual.maxMessageBytes(),
        usual.messagesPerSecond(),
        usual.mostConnections(),
        usual.confirmedWithin());
  }

  /** Out of a file: a configuration is read by more people than a key may be. */
  private static @Nullable String token(String file) throws IOException {
    Path path = Addresses.file(file);
    return path == null ? null : Files.readString(path).strip();
  }

  private static Plan plan(String file) throws IOException {
    Path path = Addresses.file(file);
    if (path == null) {
      return Plan.eu868();
    }
    try {
      return Plan.read(Files.readString(path));
    } catch (RefusedException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  @Deactivate
  void deactivate() {
    told.cancel();
    front.close();
  }
}

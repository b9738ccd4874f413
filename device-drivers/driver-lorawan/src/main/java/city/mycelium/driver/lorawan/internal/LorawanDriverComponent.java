package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.codec.ChildProcessEngine;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpFront;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpSettings;
import city.mycelium.driver.lorawan.internal.network.Delivery;
import city.mycelium.driver.lorawan.internal.network.Network;
import city.mycelium.driver.lorawan.internal.network.NetworkSettings;
import city.mycelium.driver.lorawan.internal.region.Region;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.LoggerFactory;

/** Gives {@link LorawanDriver} its ports, and offers it to stations, feeds and people. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.lorawan",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LorawanDriverComponent.Config.class)
public final class LorawanDriverComponent {

  @ObjectClassDefinition(
      name = "LoRaWAN",
      description =
          "A LoRaWAN network on this gateway: its radio, its devices and what decodes them. Feeds of"
              + " other networks need it too. See docs/lorawan.md.")
  @interface Config {
    @AttributeDefinition(
        name = "Region",
        description = "Whose radio rules hold where the concentrators stand",
        options = {
          @Option(value = "EU868", label = "Europe, 863 to 870 MHz"),
          @Option(value = "EU433", label = "Europe, 433 MHz"),
          @Option(value = "IN865", label = "India, 865 MHz"),
          @Option(value = "AS923", label = "Asia, 923 MHz"),
          @Option(value = "US915", label = "North America, 915 MHz"),
          @Option(value = "AU915", label = "Australia, 915 MHz")
        })
    String region() default "EU868";

    @AttributeDefinition(
        name = "Packet forwarders: UDP port",
        description =
            "Where packet forwarders (Semtech UDP) send to, usually 1700. -1: none is listened to",
        min = "-1",
        max = "65535")
    int gwmpPort() default 1_700;

    @AttributeDefinition(
        name = "Packet forwarders: bind address",
        description =
            "127.0.0.1 for a concentrator in this machine. Any other address can be reached by"
                + " others, and forwarders cannot prove who they are: then concentrators must be"
                + " listed")
    String gwmpBindAddress() default "127.0.0.1";

    @AttributeDefinition(
        name = "Concentrators",
        description =
            "EUIs of those that are served, 16 hexadecimal digits each; empty for any on 127.0.0.1")
    String[] concentrators() default {};

    @AttributeDefinition(
        name = "NetID",
        description = "Six hexadecimal digits; 000000 and 000001 are for private networks")
    String netId() default "000000";

    @AttributeDefinition(
        name = "Radiated power at most (dBm EIRP)",
        description =
            "What the antenna of a concentrator may radiate; the region's limits hold besides")
    double maxEirpDbm() default 16.15;

    @AttributeDefinition(
        name = "Battery asked for (hours)",
        description = "How often a device is asked for its battery; 0 for never",
        min = "0")
    int askStatusEveryHours() default 24;

    @AttributeDefinition(
        name = "Copies waited for (ms)",
        description =
            "How long further concentrators may take to report the same frame, 0 to 700. A single"
                + " concentrator is not waited for",
        min = "0",
        max = "700")
    int copiesWithinMillis() default 200;

    @AttributeDefinition(
        name = "Profile folder",
        description =
            "Where your own device profiles are, a folder for each with profile.json and the"
                + " vendor's codec.js; empty for the folder lorawan beside the configuration")
    String profileFolder() default "";

    @AttributeDefinition(
        name = "Threads that decode",
        description = "How many payloads are decoded at a time",
        min = "1",
        max = "64")
    int codecThreads() default 2;
  }

  private final LorawanDriver driver;
  private final ChildProcessEngine unvouched;
  private final @Nullable GwmpFront forwarders;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();
  private volatile FrameTap tap = FrameTap.NOBODY;

  @Activate
  public LorawanDriverComponent(
      BundleContext context,
      Config config,
      @Reference Intake intake,
      @Reference StateStore state,
      @Reference Clock clock,
      @Reference TrustedTime time,
      @Reference Schedulers schedulers) {
    // All that can be wrong in a configuration is found before anything is started.
    NetworkSettings settings = networkSettings(config);
    Optional<GwmpSettings> gwmp = gwmpSettings(config);
    Path data = Path.of(context.getProperty("mycelium.data"));
    LorawanDriver.Settings own =
        new LorawanDriver.Settings(
            data, Optional.of(profileFolder(context, config, data)), config.codecThreads());
    unvouched =
        new ChildProcessEngine(
            classPath(context), clock, LoggerFactory.getLogger(ChildProcessEngine.class));
    driver =
        new LorawanDriver(
            own,
            TrustedEngine.inGateway(clock, LoggerFactory.getLogger(TrustedEngine.class)),
            unvouched,
            intake,
            clock,
            schedulers,
            () -> tap,
            (devices, delivery) ->
                network(settings, devices, delivery, state, clock, time, schedulers));
    driver.start();
    forwarders =
        gwmp.map(g -> new GwmpFront(g, driver.radio(), clock, schedulers, new SecureRandom()))
            .orElse(null);
    if (forwarders != null) {
      driver.tell("packet forwarders", () -> FrontStatus.of(forwarders.status()));
      forwarders.start();
    }
    services.add(context.registerService(LorawanHub.class, driver, null));
    services.add(context.registerService(DeviceAccounts.class, driver.accounts(), null));
    for (Command command : driver.commands()) {
      services.add(context.registerService(Command.class, command, null));
    }
  }

  /** Without anybody who records it works all the same. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setTap(FrameTap recorder) {
    tap = recorder;
  }

  void unsetTap(FrameTap recorder) {
    if (tap == recorder) {
      tap = FrameTap.NOBODY;
    }
  }

  private static RadioSide network(
      NetworkSettings settings,
      Devices devices,
      Delivery delivery,
      StateStore state,
      Clock clock,
      TrustedTime time,
      Schedulers schedulers) {
    Scheduler scheduler = schedulers.serial("lorawan-network");
    Network network =
        new Network(settings, devices, delivery, state, clock, time, scheduler, new SecureRandom());
    network.start();
    return new NetworkRadio(network, devices, scheduler::close);
  }

  static NetworkSettings networkSettings(Config config) {
    NetworkSettings usual =
        NetworkSettings.in(Region.named(config.region().toUpperCase(Locale.ROOT)));
    if (!config.netId().matches("[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException(
          "netId is six hexadecimal digits such as 000000, not '" + config.netId() + "'");
    }
    return new NetworkSettings(
        usual.region(),
        Integer.parseInt(config.netId(), 16),
        Duration.ofMillis(config.copiesWithinMillis()),
        usual.lead(),
        usual.rxDelaySeconds(),
        usual.rx2DataRate(),
        config.maxEirpDbm(),
        Duration.ofHours(config.askStatusEveryHours()),
        usual.leapSeconds());
  }

  static Optional<GwmpSettings> gwmpSettings(Config config) {
    if (config.gwmpPort() < 0) {
      return Optional.empty();
    }
    GwmpSettings usual = GwmpSettings.usual();
    return Optional.of(
        new GwmpSettings(
            Addresses.of(config.gwmpBindAddress()),
            config.gwmpPort(),
            Addresses.euis(config.concentrators()),
            usual.maxDatagramBytes(),
            usual.datagramsPerSecond(),
            usual.receiveBufferBytes(),
            usual.txAckWithin()));
  }

  private static Path profileFolder(BundleContext context, Config config, Path data) {
    if (!config.profileFolder().isBlank()) {
      return Path.of(config.profileFolder());
    }
    String folder = context.getProperty("mycelium.config");
    return (folder == null ? data : Path.of(folder)).resolve("lorawan");
  }

  /** What the process for unvouched scripts runs on: this bundle, and the launcher's libraries. */
  private static List<Path> classPath(BundleContext context) {
    List<Path> path = new ArrayList<>();
    String location = context.getBundle().getLocation();
    int file = location.indexOf("file:");
    if (file >= 0) {
      path.add(Path.of(URI.create(location.substring(file))));
    }
    for (String entry :
        System.getProperty("java.class.path", "").split(java.io.File.pathSeparator, -1)) {
      if (!entry.isBlank()) {
        path.add(Path.of(entry).toAbsolutePath());
      }
    }
    return path;
  }

  @Deactivate
  void deactivate() {
    services.forEach(ServiceRegistration::unregister);
    if (forwarders != null) {
      forwarders.close();
    }
    driver.close();
    unvouched.close();
  }
}

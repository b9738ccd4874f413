package city.mycelium.driver.push.internal;

import city.mycelium.api.driver.Intake;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.push.internal.kit.KitSettings;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Gives {@link HttpIntakeServer} its configuration and its ports. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.push",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PushDriverComponent.Config.class)
public final class PushDriverComponent {

  @ObjectClassDefinition(
      name = "Wi-Fi kits",
      description =
          "Where sensor kits on the local network post to: InfluxDB lines and airRohr JSON.")
  @interface Config {
    @AttributeDefinition(
        name = "Address",
        description =
            "An address of this machine, such as 192.168.1.10; 0.0.0.0 for all of them. As it comes,"
                + " only this machine itself can post.")
    String bindAddress() default "127.0.0.1";

    @AttributeDefinition(
        name = "Port",
        description = "TCP port; 0 for any free one. 8086 is where InfluxDB listens.")
    int port() default 8086;

    @AttributeDefinition(
        name = "Credentials",
        description =
            "One per device: device id or *, user or -, password hash, separated by spaces. Without a"
                + " line for it or for *, a device may post without a password.")
    String[] credentials() default {};

    @AttributeDefinition(name = "Longest body (bytes)", description = "Longer ones are refused.")
    int maxBodyBytes() default 65_536;

    @AttributeDefinition(
        name = "Requests served at once",
        description = "Number of threads; each needs some memory only while it works.")
    int workers() default 16;

    @AttributeDefinition(
        name = "Requests waiting",
        description = "How many more may wait for their turn; a further one is disconnected.")
    int waiting() default 64;

    @AttributeDefinition(
        name = "Patience (seconds)",
        description = "How long a client may take to send its request.")
    int patienceSeconds() default 10;

    @AttributeDefinition(
        name = "Answer within (seconds)",
        description =
            "How long the gateway may take to keep a message before it asks for it again. Kits"
                + " themselves give up after about 20 s.")
    int answerWithinSeconds() default 15;

    @AttributeDefinition(
        name = "Requests per minute and address",
        description = "More are answered 429.")
    int requestsPerMinutePerRemote() default 1_200;

    @AttributeDefinition(
        name = "Messages per minute and device",
        description = "More are answered 429.")
    int messagesPerMinutePerDevice() default 120;

    @AttributeDefinition(
        name = "Period of a paddenstoel (seconds)",
        description = "How often its own firmware posts; equal messages within it are repeats.")
    int paddenstoelPeriodSeconds() default 120;

    @AttributeDefinition(
        name = "Period of an airRohr (seconds)",
        description = "How often it posts, unless it says so itself.")
    int airRohrPeriodSeconds() default 145;

    @AttributeDefinition(
        name = "Keep positions",
        description =
            "Whether positions in messages become observations. Only for kits that travel: of one on"
                + " a house front they say where somebody lives.")
    boolean keepPositions() default false;
  }

  private final Scheduler scheduler;
  private final HttpIntakeServer server;

  @Activate
  public PushDriverComponent(
      Config config,
      @Reference Intake intake,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    IntakeSettings settings = settings(config);
    scheduler = schedulers.serial("mycelium-push-watch");
    server = new HttpIntakeServer(settings, intake, clock, scheduler);
    scheduler.execute(server::open);
  }

  private static IntakeSettings settings(Config config) {
    return new IntakeSettings(
        config.bindAddress(),
        config.port(),
        config.maxBodyBytes(),
        config.workers(),
        config.waiting(),
        Duration.ofSeconds(config.patienceSeconds()),
        Duration.ofSeconds(config.answerWithinSeconds()),
        config.requestsPerMinutePerRemote(),
        config.messagesPerMinutePerDevice(),
        new KitSettings(
            Duration.ofSeconds(config.paddenstoelPeriodSeconds()),
            Duration.ofSeconds(config.airRohrPeriodSeconds()),
            config.keepPositions()),
        Credentials.parse(List.of(config.credentials())));
  }

  @Deactivate
  void deactivate() {
    server.close();
    scheduler.close();
  }
}

package city.mycelium.clock.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TimeSignals;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.api.time.Undated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.LoggerFactory;

/** Gives {@link GatewayClock} its machine, its file and its configuration. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.clock",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ClockComponent.Config.class)
public final class ClockComponent {

  @ObjectClassDefinition(name = "Clock", description = "Whom the gateway believes the time.")
  @interface Config {
    @AttributeDefinition(
        name = "Trust",
        description = "Readings are sent only when the time is trusted; until then they are kept.",
        options = {
          @Option(
              value = ClockSettings.AUTO,
              label = "what is synchronised: chrony, systemd-timesyncd, a GNSS receiver"),
          @Option(
              value = ClockSettings.SYSTEM,
              label = "this machine's clock, which somebody else keeps right")
        })
    String trust() default ClockSettings.AUTO;

    @AttributeDefinition(
        name = "Ask every (s)",
        description =
            "How often they are asked while the time is not trusted; while it is, once a minute.")
    int pollSeconds() default 5;

    @AttributeDefinition(
        name = "Steady for (s)",
        description =
            "With trust system: how long a clock that was set must go on steadily before it is"
                + " believed again.")
    int steadySeconds() default 60;
  }

  private final Scheduler scheduler;
  private final GatewayClock clock;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();
  private volatile @Nullable Undated undated;

  @Activate
  public ClockComponent(BundleContext context, Config config, @Reference Schedulers schedulers) {
    ClockSettings settings = settings(config);
    scheduler = schedulers.serial("mycelium-clock");
    clock =
        new GatewayClock(
            new SystemClock(),
            Path.of(context.getProperty("mycelium.data")),
            BootId.read(BootId.LINUX),
            scheduler,
            LoggerFactory.getLogger(GatewayClock.class));
    clock.configure(settings);
    services.add(
        context.registerService(
            new String[] {
              Clock.class.getName(), TrustedTime.class.getName(), TimeSignals.class.getName()
            },
            clock,
            null));
    services.add(
        context.registerService(
            Command.class, new ClockCommand(clock, () -> Optional.ofNullable(undated)), null));
  }

  private static ClockSettings settings(Config config) {
    return new ClockSettings(
        config.trust(),
        Duration.ofSeconds(config.pollSeconds()),
        Duration.ofSeconds(config.steadySeconds()));
  }

  /** The pipeline needs this clock, so it comes later; and it may go. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setUndated(Undated undated) {
    this.undated = undated;
  }

  void unsetUndated(Undated undated) {
    if (this.undated == undated) {
      this.undated = null;
    }
  }

  /** Without a restart of whoever uses the clock, which is everybody. */
  @Modified
  void modified(Config config) {
    clock.configure(settings(config));
  }

  @Deactivate
  void deactivate() {
    services.forEach(ServiceRegistration::unregister);
    scheduler.close();
    clock.close();
  }
}

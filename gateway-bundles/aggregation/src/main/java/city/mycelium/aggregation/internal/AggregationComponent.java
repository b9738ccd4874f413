package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Gives {@link Aggregator} its ports. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.aggregation")
@Designate(ocd = AggregationComponent.Config.class)
public final class AggregationComponent {

  @ObjectClassDefinition(
      name = "Aggregation",
      description = "Windows over which measurements are summed up.")
  @interface Config {
    @AttributeDefinition(
        name = "Windows (minutes)",
        description = "Lengths of the windows; each divides an hour.")
    int[] windowMinutes() default {1, 10, 60};

    @AttributeDefinition(
        name = "Time zone",
        description = "Whose wall clock the windows are aligned to (IANA name).")
    String timeZone() default "Europe/Amsterdam";

    @AttributeDefinition(
        name = "Holdback (seconds)",
        description = "How long after its end a window waits for what is under way.")
    int holdbackSeconds() default 10;

    @AttributeDefinition(
        name = "Allowed lateness (hours)",
        description = "How long after its end a window is re-opened by late data.")
    int allowedLatenessHours() default 24;
  }

  private final Scheduler scheduler;

  @Activate
  public AggregationComponent(
      Config config,
      @Reference Journal journal,
      @Reference Registry registry,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    AggregationSettings settings =
        new AggregationSettings(
            Arrays.stream(config.windowMinutes()).mapToObj(Duration::ofMinutes).toList(),
            ZoneId.of(config.timeZone()),
            Duration.ofSeconds(config.holdbackSeconds()),
            Duration.ofHours(config.allowedLatenessHours()),
            AggregationSettings.DEFAULT.checkpointEvery());
    scheduler = schedulers.serial("mycelium-aggregation");
    new Aggregator(journal, registry, clock, scheduler, settings).start();
  }

  @Deactivate
  void deactivate() {
    scheduler.close();
  }
}

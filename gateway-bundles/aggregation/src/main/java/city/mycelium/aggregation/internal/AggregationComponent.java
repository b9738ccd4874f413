package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.DayParts;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
        name = "Windows",
        description =
            "Lengths of the windows as ISO 8601 durations: whole parts of an hour (PT10M), hours"
                + " that divide a day (PT8H), P1D, P1W.")
    String[] windows() default {"PT1M", "PT10M", "PT1H"};

    @AttributeDefinition(
        name = "Windows (minutes)",
        description = "The old way to say it; where it is given it goes before windows.")
    int[] windowMinutes() default {};

    @AttributeDefinition(
        name = "Time zone",
        description = "Whose wall clock the windows are aligned to (IANA name).")
    String timeZone() default "Europe/Amsterdam";

    @AttributeDefinition(
        name = "Day, evening and night (hours)",
        description =
            "When each begins, for the sound levels Lday, Levening, Lnight and Lden; a state may"
                + " choose other hours than the directive's.")
    int[] dayParts() default {7, 19, 23};

    @AttributeDefinition(
        name = "Holdback (seconds)",
        description = "How long after its end a window waits for what is under way.")
    int holdbackSeconds() default 10;

    @AttributeDefinition(
        name = "Allowed lateness (hours)",
        description = "How long after its end a window is re-opened by late data.")
    int allowedLatenessHours() default 24;

    @AttributeDefinition(
        name = "Functions",
        description =
            "What is told of the windows of a property or a datastream, where it is not the usual,"
                + " such as PM2.5=mean,max,p50,p95.")
    String[] functions() default {};

    @AttributeDefinition(
        name = "Valid from (percent)",
        description = "Share of the expected results from which a window is valid.")
    int validPercent() default 75;

    @AttributeDefinition(
        name = "Eight hour means",
        description =
            "Properties for which means over eight hours, and their greatest a day, are made.")
    String[] eightHourMeans() default {"O3", "CO"};

    @AttributeDefinition(
        name = "Hours of eight",
        description = "How many valid hours a mean over eight of them needs.")
    int hoursOfEight() default 6;

    @AttributeDefinition(
        name = "Eight hour means of a day",
        description = "How many valid means over eight hours the greatest of a day needs.")
    int eightsOfDay() default 18;

    @AttributeDefinition(
        name = "Empty windows from (minutes)",
        description = "Windows at least this long are issued also when nothing came.")
    int emptyFromMinutes() default 60;

    @AttributeDefinition(
        name = "Silence (hours)",
        description =
            "After this long without a word a datastream's windows are issued no more; longer than"
                + " the allowed lateness.")
    int silenceHours() default 72;
  }

  private final Scheduler scheduler;

  @Activate
  public AggregationComponent(
      Config config,
      @Reference Journal journal,
      @Reference Registry registry,
      @Reference Clock clock,
      @Reference TrustedTime time,
      @Reference Schedulers schedulers) {
    AggregationSettings settings = settings(config);
    scheduler = schedulers.serial("mycelium-aggregation");
    new Aggregator(journal, registry, clock, time, scheduler, settings).start();
  }

  private static AggregationSettings settings(Config config) {
    return new AggregationSettings(
        config.windowMinutes().length > 0
            ? Arrays.stream(config.windowMinutes()).mapToObj(Duration::ofMinutes).toList()
            : SettingsText.windows(List.of(config.windows())),
        dayParts(ZoneId.of(config.timeZone()), config.dayParts()),
        Duration.ofSeconds(config.holdbackSeconds()),
        Duration.ofHours(config.allowedLatenessHours()),
        AggregationSettings.DEFAULT.checkpointEvery(),
        new CaptureRules(
            config.validPercent(),
            config.hoursOfEight(),
            config.eightsOfDay(),
            Duration.ofMinutes(config.emptyFromMinutes()),
            Duration.ofHours(config.silenceHours()),
            Set.of(config.eightHourMeans())),
        SettingsText.functions(List.of(config.functions())));
  }

  private static DayParts dayParts(ZoneId zone, int[] hours) {
    if (hours.length != 3) {
      throw new IllegalArgumentException(
          "dayParts are three hours, at which day, evening and night begin, not " + hours.length);
    }
    return new DayParts(zone, hours[0], hours[1], hours[2]);
  }

  @Deactivate
  void deactivate() {
    scheduler.close();
  }
}

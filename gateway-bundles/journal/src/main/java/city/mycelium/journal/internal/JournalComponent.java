package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.LoggerFactory;

/**
 * Gives {@link JournalKeeper} its ports. The {@link Journal} service is registered by hand: it is
 * there when the file is open, and opening may take a while and more than one try.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.journal")
@Designate(ocd = JournalComponent.Config.class)
public final class JournalComponent {

  @ObjectClassDefinition(
      name = "Journal",
      description = "Where observations are kept until everybody has them, and for how long.")
  public @interface Config {
    @AttributeDefinition(
        name = "Data directory",
        description = "Holds journal.db; empty for the gateway's own (mycelium.data).")
    String dataDirectory() default "";

    @AttributeDefinition(
        name = "Retention (days)",
        description = "Observations are removed so long after they were received, sent or not.",
        min = "1")
    int retentionDays() default 30;

    @AttributeDefinition(
        name = "Group commit (seconds)",
        description = "What can wait does, so long, to share a commit: longer spares the flash.",
        min = "0")
    int groupCommitSeconds() default 5;

    @AttributeDefinition(
        name = "Group size (observations)",
        description = "So many waiting observations are committed without waiting longer.",
        min = "1")
    int groupObservations() default 4_096;

    @AttributeDefinition(
        name = "Waiting at most (observations)",
        description = "When so many wait for the disk, more are refused.",
        min = "1")
    int maxWaitingObservations() default 50_000;

    @AttributeDefinition(
        name = "Disk budget (megabytes)",
        description =
            "When the data takes so much room, what everybody has goes first, then raw data that is"
                + " summed up, then the oldest; 0 for no limit.",
        min = "0")
    int budgetMegabytes() default 0;

    @AttributeDefinition(
        name = "Reserve on the disk (megabytes)",
        description = "While less is free, observations are refused; retention goes on.",
        min = "0")
    int reserveMegabytes() default 16;
  }

  private final JournalKeeper keeper;

  @Activate
  public JournalComponent(
      Config config,
      BundleContext context,
      @Reference Clock clock,
      @Reference TrustedTime trustedTime,
      @Reference Schedulers schedulers) {
    keeper =
        new JournalKeeper(
            dataDirectory(config, context),
            new JournalOptions(
                Duration.ofSeconds(config.groupCommitSeconds()),
                config.groupObservations(),
                config.maxWaitingObservations(),
                config.budgetMegabytes() * 1_000_000L,
                JournalOptions.DEFAULT.maxFileBytes(),
                config.reserveMegabytes() * 1_000_000L,
                JournalOptions.DEFAULT.pageBytes(),
                true),
            Duration.ofDays(config.retentionDays()),
            clock,
            trustedTime,
            schedulers.serial("mycelium-journal"),
            journal -> register(context, journal),
            LoggerFactory.getLogger(JournalKeeper.class));
    keeper.start();
  }

  private static Path dataDirectory(Config config, BundleContext context) {
    if (!config.dataDirectory().isBlank()) {
      return Path.of(config.dataDirectory());
    }
    return Optional.ofNullable(context.getProperty("mycelium.data"))
        .map(Path::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The journal has no place: set dataDirectory in the configuration"
                        + " city.mycelium.journal, or start the gateway with mycelium.data."));
  }

  private static Cancellable register(BundleContext context, SqliteJournal journal) {
    List<ServiceRegistration<?>> registrations = new ArrayList<>();
    for (Command command : JournalCommands.of(journal, () -> registry(context))) {
      registrations.add(context.registerService(Command.class, command, null));
    }
    registrations.add(context.registerService(Journal.class, journal, null));
    // Of its own, for drivers: they keep counters here, and never see an Observation.
    registrations.add(context.registerService(StateStore.class, journal.state(), null));
    return () -> registrations.forEach(ServiceRegistration::unregister);
  }

  /** Asked for when it is needed: the journal must not wait for a registry, nor go with it. */
  private static Optional<Registry> registry(BundleContext context) {
    ServiceReference<Registry> reference = context.getServiceReference(Registry.class);
    if (reference == null) {
      return Optional.empty();
    }
    Registry registry = context.getService(reference);
    context.ungetService(reference); // used at once, and not kept
    return Optional.ofNullable(registry);
  }

  @Deactivate
  void deactivate() {
    keeper.close();
  }
}

package city.mycelium.pipeline.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.api.time.Undated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Gives {@link Pipeline} its ports, and offers it to drivers and people. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.pipeline")
@Designate(ocd = PipelineComponent.Config.class)
public final class PipelineComponent {

  @ObjectClassDefinition(
      name = "Pipeline",
      description = "How long and how much is held for devices that nobody has adopted yet.")
  @interface Config {
    @AttributeDefinition(
        name = "Held for (days)",
        description = "Readings of an unadopted device expire after this many days.")
    int heldDays() default 7;

    @AttributeDefinition(
        name = "Held at most (bytes per device)",
        description = "Above this the oldest held readings of the device expire.")
    long heldBytesPerDevice() default 10_000_000;

    @AttributeDefinition(
        name = "Unadopted devices at most",
        description = "Further unknown devices are refused until one is adopted.")
    int heldDevices() default 50;

    @AttributeDefinition(
        name = "Repeats recognised for (hours)",
        description = "How long the key of a submission is remembered.")
    int sourceKeyHours() default 48;

    @AttributeDefinition(
        name = "Undated at most (bytes)",
        description =
            "Readings that come before the time is trusted are kept up to this size; then they are"
                + " refused.")
    long undatedBytes() default 100_000_000;
  }

  private final Scheduler scheduler;
  private final Pipeline pipeline;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();
  private final List<DeviceAccounts> drivers = new CopyOnWriteArrayList<>();

  @Activate
  public PipelineComponent(
      BundleContext context,
      Config config,
      @Reference Journal journal,
      @Reference Registry registry,
      @Reference Clock clock,
      @Reference TrustedTime time,
      @Reference Schedulers schedulers)
      throws JournalException {
    PipelineSettings settings =
        new PipelineSettings(
            Duration.ofDays(config.heldDays()),
            config.heldBytesPerDevice(),
            config.heldDevices(),
            Duration.ofHours(config.sourceKeyHours()),
            config.undatedBytes());
    scheduler = schedulers.serial("mycelium-pipeline");
    try {
      pipeline = new Pipeline(journal, registry, clock, time, scheduler, settings);
    } catch (JournalException e) {
      scheduler.close();
      throw e;
    }
    services.add(context.registerService(Intake.class, pipeline, null));
    services.add(context.registerService(Undated.class, pipeline, null));
    for (Command command : DeviceCommands.of(pipeline, registry, () -> List.copyOf(drivers))) {
      services.add(context.registerService(Command.class, command, null));
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addAccounts(DeviceAccounts accounts) {
    drivers.add(accounts);
  }

  void removeAccounts(DeviceAccounts accounts) {
    drivers.remove(accounts);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setTap(FrameTap tap) {
    pipeline.showTo(tap);
  }

  void unsetTap(FrameTap tap) {
    pipeline.showTo(FrameTap.NOBODY);
  }

  @Deactivate
  void deactivate() {
    services.forEach(ServiceRegistration::unregister);
    pipeline.close();
    scheduler.close();
  }
}

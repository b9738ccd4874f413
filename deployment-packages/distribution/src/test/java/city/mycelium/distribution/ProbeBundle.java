package city.mycelium.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * A bundle that the smoke test slips into the set: it writes down, again and again, what in the
 * running gateway is not as it should be.
 */
public final class ProbeBundle implements BundleActivator {

  /** In the data directory: the number of components, then a line for each thing that is wrong. */
  static final String FILE = "probe.txt";

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  @Override
  public void start(BundleContext context) {
    scheduler.scheduleWithFixedDelay(() -> look(context), 100, 100, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop(BundleContext context) {
    scheduler.shutdownNow();
  }

  private static void look(BundleContext context) {
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() != Bundle.ACTIVE) {
        lines.add(bundle.getSymbolicName() + " is not active: state " + bundle.getState());
      }
    }
    ServiceReference<ServiceComponentRuntime> runtime =
        context.getServiceReference(ServiceComponentRuntime.class);
    int count = 0;
    if (runtime != null) {
      ServiceComponentRuntime components = context.getService(runtime);
      for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
        count++;
        for (ComponentConfigurationDTO its : components.getComponentConfigurationDTOs(component)) {
          describe(component, its, lines);
        }
      }
    }
    lines.add(0, count + " components");
    write(Path.of(context.getProperty("mycelium.data")), lines);
  }

  private static void describe(
      ComponentDescriptionDTO component, ComponentConfigurationDTO its, List<String> lines) {
    if (its.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      lines.add(component.name + " failed: " + its.failure);
    } else if (its.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      List<String> missing = new ArrayList<>();
      for (var reference : its.unsatisfiedReferences) {
        missing.add(reference.name);
      }
      lines.add(component.name + " misses " + missing);
    }
  }

  private static void write(Path data, List<String> lines) {
    try {
      Path draft = Files.write(data.resolve(FILE + ".draft"), lines);
      Files.move(draft, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the probe cannot write what it found", e);
    }
  }
}

package city.mycelium.driver.host.internal.record;

import city.mycelium.api.control.Command;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the {@link Recorder} to drivers and people. */
@Component(
    service = {},
    immediate = true)
public final class RecorderComponent {

  private final Recorder recorder;
  private final List<ServiceRegistration<?>> services = new ArrayList<>();

  @Activate
  public RecorderComponent(BundleContext context, @Reference Clock clock) {
    recorder =
        new Recorder(
            Path.of(context.getProperty("mycelium.data")).resolve("records"),
            clock,
            context.getBundle().getVersion().toString());
    services.add(context.registerService(FrameTap.class, recorder, null));
    for (Command command : recorder.commands()) {
      services.add(context.registerService(Command.class, command, null));
    }
  }

  @Deactivate
  void deactivate() {
    services.forEach(ServiceRegistration::unregister);
    recorder.close();
  }
}

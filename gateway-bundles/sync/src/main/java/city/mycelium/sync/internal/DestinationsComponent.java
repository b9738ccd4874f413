package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows which Destinations are configured, and offers the commands about them to people. */
@Component(
    service = {},
    immediate = true)
public final class DestinationsComponent {

  private final Destinations destinations = new Destinations();
  private final List<ServiceRegistration<?>> services = new ArrayList<>();

  @Activate
  public DestinationsComponent(BundleContext context) {
    List<Command> commands = new ArrayList<>(DestinationCommands.of(destinations));
    commands.addAll(QuarantineCommands.of(destinations));
    for (Command command : commands) {
      services.add(context.registerService(Command.class, command, null));
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addDestination(DestinationComponent destination) {
    destinations.add(destination.name(), destination);
  }

  void removeDestination(DestinationComponent destination) {
    destinations.remove(destination.name());
  }

  @Deactivate
  void deactivate() {
    services.forEach(ServiceRegistration::unregister);
  }
}

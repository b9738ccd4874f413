package city.mycelium.shell.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Opens the control socket and brings commands to it. Refers to the journal only to be second:
 * whoever holds the journal's lock owns the data directory, and so the socket.
 */
@Component(
    service = {},
    immediate = true)
public final class ShellComponent {

  private final Requests requests = new Requests();
  private final ControlSocket socket;

  @Activate
  public ShellComponent(BundleContext context, @Reference Journal journal) throws IOException {
    socket = new ControlSocket(Path.of(context.getProperty("mycelium.data")), requests);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCommand(Command command) {
    requests.add(command);
  }

  void removeCommand(Command command) {
    requests.remove(command);
  }

  @Deactivate
  void deactivate() throws IOException {
    socket.close();
  }
}

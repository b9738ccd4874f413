package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers {@link LedgerCommand} to people. */
@Component
public final class LedgerComponent implements Command {

  private final LedgerCommand ledger;
  private final List<DeviceAccounts> drivers = new CopyOnWriteArrayList<>();

  @Activate
  public LedgerComponent(@Reference Journal journal) {
    ledger = new LedgerCommand(journal, () -> List.copyOf(drivers));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addAccounts(DeviceAccounts accounts) {
    drivers.add(accounts);
  }

  void removeAccounts(DeviceAccounts accounts) {
    drivers.remove(accounts);
  }

  @Override
  public String name() {
    return ledger.name();
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    return ledger.run(arguments);
  }
}

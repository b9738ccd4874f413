package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Journal;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers {@link LedgerCommand} to people. */
@Component
public final class LedgerComponent implements Command {

  private final LedgerCommand ledger;

  @Activate
  public LedgerComponent(@Reference Journal journal) {
    ledger = new LedgerCommand(journal);
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

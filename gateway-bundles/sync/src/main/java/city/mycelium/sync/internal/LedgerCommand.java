package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Identity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code ledger}: what became of everything that was accepted, per Destination, counted in the
 * journal: accepted − unselected = delivered + withheld + dropped + pending.
 */
public final class LedgerCommand implements Command {

  private final Journal journal;

  public LedgerCommand(Journal journal) {
    this.journal = journal;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    Map<String, Object> destinations = new LinkedHashMap<>();
    // Cursors first: what is accepted between the two reads is pending, never missing.
    try {
      for (Cursor cursor : journal.cursors()) {
        if (cursor.name().startsWith(Destination.CURSOR_PREFIX)) {
          destinations.put(
              cursor.name().substring(Destination.CURSOR_PREFIX.length()),
              row(cursor, journal.lastOffset()));
        }
      }
    } catch (JournalException e) {
      throw new CommandException("the journal cannot be read: " + e.getMessage(), e);
    }
    Map<String, Object> ledger = new LinkedHashMap<>();
    ledger.put("gateway", journal.gateway().value());
    ledger.put("epoch", Identity.epochText(journal.epoch()));
    ledger.put("accepted", journal.lastOffset());
    ledger.put("destinations", destinations);
    return ledger;
  }

  private static Map<String, Object> row(Cursor cursor, long accepted) {
    Tally tally = cursor.tally();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("accepted", accepted);
    row.put("unselected", tally.unselected());
    row.put("delivered", tally.delivered());
    row.put("withheld", tally.withheld());
    row.put("dropped", tally.dropped());
    row.put("pending", accepted - cursor.position());
    return row;
  }
}

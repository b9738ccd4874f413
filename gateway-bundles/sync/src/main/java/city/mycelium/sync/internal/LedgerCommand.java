package city.mycelium.sync.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code ledger}: what became of everything that was accepted, per Destination and per Datastream,
 * as the journal counted it: accepted − unselected = delivered + withheld + dropped + pending.
 */
public final class LedgerCommand implements Command {

  private static final String STATUS = "status";
  private static final String REASON = "reason";

  private final Journal journal;
  private final Supplier<List<DeviceAccounts>> drivers;

  /** Of a journal whose devices nobody serves now. */
  public LedgerCommand(Journal journal) {
    this(journal, List::of);
  }

  /**
   * Of a journal at work.
   *
   * @param drivers what drivers can say of their devices now: why of one nothing comes
   */
  LedgerCommand(Journal journal, Supplier<List<DeviceAccounts>> drivers) {
    this.journal = journal;
    this.drivers = drivers;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    Accounts accounts;
    try {
      accounts = journal.accounts();
    } catch (JournalException e) {
      throw new CommandException("the journal cannot be read: " + e.getMessage(), e);
    }
    Map<String, Object> destinations = new LinkedHashMap<>();
    List<Object> datastreams = new ArrayList<>();
    boolean isBalanced = acceptedAddsUp(accounts);
    for (var entry : accounts.cursors().entrySet()) {
      if (entry.getKey().startsWith(Destination.CURSOR_PREFIX)) {
        String name = entry.getKey().substring(Destination.CURSOR_PREFIX.length());
        Accounts.Account account = entry.getValue();
        boolean adds = addsUp(accounts, account);
        isBalanced &= adds;
        Map<String, Object> row =
            row(
                accounts.lastOffset(),
                account.tally().total(),
                accounts.lastOffset() - account.position());
        row.put("balanced", adds);
        destinations.put(name, row);
        datastreams.addAll(rows(name, accounts, account));
      }
    }
    Map<String, Object> ledger = new LinkedHashMap<>();
    ledger.put("gateway", journal.gateway().value());
    ledger.put("epoch", Identity.epochText(journal.epoch()));
    ledger.put("accepted", accounts.lastOffset());
    ledger.put("balanced", isBalanced);
    ledger.put("destinations", destinations);
    ledger.put("datastreams", datastreams);
    List<Object> devices = devices();
    if (!devices.isEmpty()) {
      ledger.put("devices", devices);
    }
    return ledger;
  }

  /** What was never accepted is in no count: how those are that should have said it. */
  private List<Object> devices() {
    List<Object> rows = new ArrayList<>();
    for (DeviceAccounts accounts : drivers.get()) {
      accounts
          .devices()
          .forEach(
              (device, columns) -> {
                if (columns.containsKey(STATUS)) {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("device", device.value());
                  row.put(STATUS, columns.get(STATUS));
                  row.put(REASON, columns.getOrDefault(REASON, ""));
                  rows.add(row);
                }
              });
    }
    return rows;
  }

  /** Every offset belongs to a Datastream. */
  private static boolean acceptedAddsUp(Accounts accounts) {
    return accounts.accepted().values().stream().mapToLong(Long::longValue).sum()
        == accounts.lastOffset();
  }

  /**
   * Every offset that the cursor has passed was tallied once, and none more than was accepted: the
   * position and the tallies are kept apart, so that the one can be held against the other.
   */
  private static boolean addsUp(Accounts accounts, Accounts.Account account) {
    boolean isWithinBounds =
        account.tally().byDatastream().entrySet().stream()
            .allMatch(
                row ->
                    row.getValue().total() <= accounts.accepted().getOrDefault(row.getKey(), 0L));
    return isWithinBounds && account.tally().total().total() == account.position();
  }

  private static List<Object> rows(
      String destination, Accounts accounts, Accounts.Account account) {
    List<Object> rows = new ArrayList<>();
    accounts
        .accepted()
        .forEach(
            (datastream, accepted) -> {
              Tally tally = account.tally().of(datastream);
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("destination", destination);
              row.put("datastream", datastream.value());
              row.putAll(row(accepted, tally, accepted - tally.total()));
              rows.add(row);
            });
    return rows;
  }

  private static Map<String, Object> row(long accepted, Tally tally, long pending) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("accepted", accepted);
    row.put("unselected", tally.unselected());
    row.put("delivered", tally.delivered());
    row.put("withheld", tally.withheld());
    row.put("dropped", tally.dropped());
    row.put("pending", pending);
    Map<String, Object> reasons = new LinkedHashMap<>();
    reasons.put("expired", tally.expired());
    reasons.put("crowdedOut", tally.crowdedOut());
    reasons.put("refused", tally.refused());
    reasons.put("damaged", tally.damaged());
    row.put("droppedBy", reasons);
    return row;
  }
}

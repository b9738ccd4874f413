package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code journal stats}: what is in it, how much room it takes, and what has happened to it. */
final class StatsCommand implements Command {

  private final SqliteJournal journal;

  StatsCommand(SqliteJournal journal) {
    this.journal = journal;
  }

  @Override
  public String name() {
    return "journal stats";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    try {
      return answer();
    } catch (JournalException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, Object> answer() throws JournalException {
    Accounts accounts = journal.accounts();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("gateway", journal.gateway().value());
    answer.put("epoch", Identity.epochText(journal.epoch()));
    answer.put("lastOffset", accounts.lastOffset());
    answer.putAll(inFile(journal.file()));
    List<Object> earlier = new ArrayList<>();
    for (Predecessor predecessor : journal.predecessors()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("earlierEpoch", Identity.epochText(predecessor.epoch()));
      row.put("sameUpTo", predecessor.through());
      earlier.add(row);
    }
    answer.put("earlierEpochs", earlier);
    List<Object> datastreams = new ArrayList<>();
    accounts
        .accepted()
        .forEach(
            (datastream, count) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("datastream", datastream.value());
              row.put("accepted", count);
              datastreams.add(row);
            });
    answer.put("datastreams", datastreams);
    answer.put("incidents", incidents());
    return answer;
  }

  private List<Object> incidents() throws JournalException {
    List<Incident> incidents = new ArrayList<>();
    String after = "";
    List<StateStore.Entry> page = journal.state().scan(Incident.COMPONENT, after, 100);
    while (!page.isEmpty()) {
      for (StateStore.Entry entry : page) {
        incidents.add(Incident.of(entry.value()));
        after = entry.key();
      }
      page = journal.state().scan(Incident.COMPONENT, after, 100);
    }
    incidents.sort((a, b) -> Long.compare(a.at(), b.at()));
    List<Object> rows = new ArrayList<>();
    for (Incident incident : incidents) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("at", Instant.ofEpochMilli(incident.at()).toString());
      row.put("lost", incident.observationsLost());
      row.put("what", incident.inWords());
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> inFile(Path file) throws JournalException {
    Map<String, Object> facts = new LinkedHashMap<>();
    try (Connection connection = Schema.openToRead(file)) {
      long used =
          Schema.number(connection, "PRAGMA page_size")
              * (Schema.number(connection, "PRAGMA page_count")
                  - Schema.number(connection, "PRAGMA freelist_count"));
      facts.put("usedBytes", used);
      long kept = 0;
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT kind, count(*), sum(last - first + 1) FROM block GROUP BY kind")) {
        while (rows.next()) {
          BlockKind kind = BlockKind.of(rows.getInt(1));
          facts.put(kind.name().toLowerCase(Locale.ROOT), rows.getLong(3));
          facts.merge("blocks", rows.getLong(2), (a, b) -> (Long) a + (Long) b);
          kept += kind == BlockKind.GONE ? 0 : rows.getLong(3);
        }
      }
      if (kept > 0) {
        facts.put("bytesPerObservation", Math.round(10.0 * used / kept) / 10.0);
      }
      time(facts, "oldest", connection, "");
      time(facts, "newest", connection, " DESC");
      return facts;
    } catch (SQLException e) {
      throw SqlTrouble.of(e, file);
    }
  }

  private static void time(
      Map<String, Object> facts, String name, Connection connection, String order)
      throws SQLException {
    long received =
        Schema.number(
            connection,
            "SELECT ifnull((SELECT received_to FROM block ORDER BY first"
                + order
                + " LIMIT 1), 0)");
    if (received != 0) {
      facts.put(name, Instant.ofEpochMilli(received).toString());
    }
  }
}

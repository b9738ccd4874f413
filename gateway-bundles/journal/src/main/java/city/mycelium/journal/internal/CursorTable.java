package city.mycelium.journal.internal;

import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Tally;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cursors and what they tallied. A cursor's row holds its totals and, packed, what it tallied
 * per Datastream lately; so a step writes one page, however many Datastreams it is about. When that
 * sheet has grown it is added to the table {@code tally}, which keeps a sheet for every {@value
 * #PART} Datastreams. For one thread at a time.
 */
final class CursorTable {

  /**
   * A row beyond this leaves hardly room on a page of 1,024 bytes for another, and would soon spill
   * into a second page.
   */
  static final int MAX_RECENT_BYTES = 700;

  /** So many Datastreams share a row of the table {@code tally}, which then still fits a page. */
  private static final int PART = 64;

  private static final String COLUMNS =
      "number, name, position, delivered, withheld, unselected, expired, crowded_out, refused,"
          + " damaged, recent";

  private final Statements statements;
  private final MetaTable meta;

  /**
   * A cursor as it stands in its row.
   *
   * @param number its row; 0 if it has none yet
   * @param tally all that it tallied
   * @param recent the part of that which is not in the table {@code tally}
   */
  record Row(long number, String name, long position, Tally tally, Sheet recent) {

    Row moved(long to, Sheet sheet) {
      return new Row(number, name, to, tally.plus(sheet.total()), recent.plus(sheet));
    }

    Cursor cursor() {
      return new Cursor(name, position, tally);
    }
  }

  CursorTable(Statements statements, MetaTable meta) {
    this.statements = statements;
    this.meta = meta;
  }

  /**
   * A cursor; one that was never moved stands where the front was removed to, and has tallied what
   * was removed there.
   */
  Row of(String name) throws SQLException {
    PreparedStatement select = statements.of("SELECT " + COLUMNS + " FROM cursor WHERE name = ?");
    select.setString(1, name);
    List<Row> found = rows(select);
    if (!found.isEmpty()) {
      return found.get(0);
    }
    Sheet removed = meta.removed();
    return new Row(0, name, meta.removedTo(), removed.total(), removed);
  }

  /** Every cursor that was ever moved, by name. */
  List<Row> all() throws SQLException {
    return rows(statements.of("SELECT " + COLUMNS + " FROM cursor ORDER BY name"));
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(2);
        long position = rows.getLong(3);
        long[] counts = new long[7];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = rows.getLong(4 + i);
        }
        try {
          found.add(
              new Row(
                  rows.getLong(1),
                  name,
                  position,
                  Sheet.tally(counts),
                  Sheet.fromBytes(rows.getBytes(11), beside(name, position, counts))));
        } catch (DamagedBlockException e) {
          throw damaged(name, e);
        }
      }
    }
    return found;
  }

  /** What the packed sheet of a row is sealed with: everything else in it. */
  private static Object[] beside(String name, long position, long[] counts) {
    return new Object[] {name, position, Arrays.toString(counts)};
  }

  private static byte[] packed(Row row, Sheet recent) {
    return recent.toBytes(beside(row.name(), row.position(), Sheet.counts(row.tally())));
  }

  /**
   * A cursor by the number of its row, with all that it tallied in {@code recent}.
   *
   * @throws SQLException if it is not whole
   */
  Row whole(long number) throws SQLException {
    PreparedStatement select = statements.of("SELECT " + COLUMNS + " FROM cursor WHERE number = ?");
    select.setLong(1, number);
    for (Row row : rows(select)) {
      Sheet all = sheet(row);
      if (all.total().equals(row.tally())) {
        return new Row(number, row.name(), row.position(), row.tally(), all);
      }
    }
    throw new DamagedFileException("cursor " + number + " does not add up");
  }

  /** A cursor's name, whatever has become of its row. */
  String name(long number) throws SQLException {
    PreparedStatement select = statements.of("SELECT name FROM cursor WHERE number = ?");
    select.setLong(1, number);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getString(1) : "number " + number;
    }
  }

  /** All that a cursor tallied, per Datastream. */
  Sheet sheet(Row row) throws SQLException {
    Sheet sheet = row.recent();
    PreparedStatement select = statements.of("SELECT sheet FROM tally WHERE id BETWEEN ? AND ?");
    select.setLong(1, id(row, 0));
    select.setLong(2, id(row, Integer.MAX_VALUE));
    try (ResultSet parts = select.executeQuery()) {
      while (parts.next()) {
        sheet = sheet.plus(Sheet.fromBytes(parts.getBytes(1)));
      }
    } catch (DamagedBlockException e) {
      throw damaged(row.name(), e);
    }
    return sheet;
  }

  /**
   * What had been refused was delivered after all.
   *
   * @param counts by number of the Datastream
   * @return nothing, and then nothing was written, if less than that had been refused
   */
  Optional<Row> recover(Row row, Map<Integer, Long> counts) throws SQLException {
    if (counts.isEmpty()) {
      return Optional.of(row);
    }
    Sheet sheet = sheet(row);
    Tally tally = row.tally();
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      Tally of = sheet.of(entry.getKey());
      if (entry.getValue() < 0 || of.refused() < entry.getValue()) {
        return Optional.empty();
      }
      sheet = sheet.with(entry.getKey(), of.recovered(entry.getValue()));
      tally = tally.recovered(entry.getValue());
    }
    PreparedStatement remove = statements.of("DELETE FROM tally WHERE id BETWEEN ? AND ?");
    remove.setLong(1, id(row, 0));
    remove.setLong(2, id(row, Integer.MAX_VALUE));
    remove.executeUpdate();
    return Optional.of(new Row(row.number(), row.name(), row.position(), tally, sheet));
  }

  void put(Row row) throws SQLException {
    byte[] recent = packed(row, row.recent());
    if (row.number() == 0) {
      // A row of its own first: the parts of its sheet go by its number.
      insert(row);
      if (recent.length > MAX_RECENT_BYTES) {
        put(
            new Row(
                of(row.name()).number(), row.name(), row.position(), row.tally(), row.recent()));
      }
      return;
    }
    if (recent.length > MAX_RECENT_BYTES) {
      fold(row);
      recent = packed(row, Sheet.EMPTY);
    }
    PreparedStatement update =
        statements.of(
            "UPDATE cursor SET position = ?, delivered = ?, withheld = ?, unselected = ?,"
                + " expired = ?, crowded_out = ?, refused = ?, damaged = ?, recent = ?"
                + " WHERE number = ?");
    update.setLong(1, row.position());
    setCounts(update, 2, row.tally());
    update.setBytes(9, recent);
    update.setLong(10, row.number());
    update.executeUpdate();
  }

  private void insert(Row row) throws SQLException {
    PreparedStatement insert =
        statements.of(
            "INSERT INTO cursor (name, position, delivered, withheld, unselected, expired,"
                + " crowded_out, refused, damaged, recent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.setString(1, row.name());
    insert.setLong(2, row.position());
    setCounts(insert, 3, row.tally());
    insert.setBytes(10, packed(row, row.recent()));
    insert.executeUpdate();
  }

  private static void setCounts(PreparedStatement statement, int from, Tally tally)
      throws SQLException {
    long[] counts = Sheet.counts(tally);
    for (int i = 0; i < counts.length; i++) {
      statement.setLong(from + i, counts[i]);
    }
  }

  /** Adds what was tallied lately to the table. */
  private void fold(Row row) throws SQLException {
    NavigableMap<Integer, Map<Integer, Tally>> parts = new TreeMap<>();
    row.recent()
        .rows()
        .forEach(
            (datastream, tally) ->
                parts
                    .computeIfAbsent(datastream / PART, part -> new HashMap<>())
                    .put(datastream, tally));
    for (Map.Entry<Integer, Map<Integer, Tally>> part : parts.entrySet()) {
      long id = id(row, part.getKey());
      PreparedStatement put = statements.of("REPLACE INTO tally (id, sheet) VALUES (?, ?)");
      Sheet sum = part(row, id).plus(Sheet.of(part.getValue()));
      put.setLong(1, id);
      put.setBytes(2, sum.toBytes());
      put.executeUpdate();
    }
  }

  private Sheet part(Row row, long id) throws SQLException {
    PreparedStatement select = statements.of("SELECT sheet FROM tally WHERE id = ?");
    select.setLong(1, id);
    try (ResultSet found = select.executeQuery()) {
      return found.next() ? Sheet.fromBytes(found.getBytes(1)) : Sheet.EMPTY;
    } catch (DamagedBlockException e) {
      throw damaged(row.name(), e);
    }
  }

  /** Cursor and part in one number, which is the row id: so there is no index beside the table. */
  private static long id(Row row, int part) {
    return row.number() << 32 | part;
  }

  private static SQLException damaged(String cursor, DamagedBlockException e) {
    return new DamagedFileException(
        "what cursor '" + cursor + "' tallied is damaged: " + e.getMessage(), e);
  }
}

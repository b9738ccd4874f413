package city.mycelium.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the rows of a table that is damaged here and there: by ranges of their keys, and where a
 * range fails, its halves. What lies in a page that cannot be read costs no more than that page.
 * For one thread.
 */
final class RangeReader {

  /** So many ranges may fail before the rest is given up: the tree is broken then, not a page. */
  private static final int MOST_FAILURES = 1_000;

  private final Connection connection;
  private final String select;
  private int failures;

  /** Takes a row. */
  interface Rows {
    void take(ResultSet row) throws SQLException;
  }

  private record Range(long first, long last) {}

  /**
   * Reads by a query.
   *
   * @param select gives the key first, for {@code ? AND ?}, in the order of the keys
   */
  RangeReader(Connection connection, String select) {
    this.connection = connection;
    this.select = select;
  }

  /** Hands on what can be read of the keys from one to another. */
  void read(long first, long last, Rows rows) {
    Deque<Range> waiting = new ArrayDeque<>();
    waiting.push(new Range(first, last));
    while (!waiting.isEmpty() && failures < MOST_FAILURES) {
      Range range = waiting.pop();
      long next = readUntilFailure(range, rows);
      if (next > range.last() || next < range.first()) {
        continue; // all of it; or the greatest key there is, and nothing follows
      }
      failures++;
      if (next < range.last()) {
        long middle = next + (range.last() - next) / 2;
        waiting.push(new Range(middle + 1, range.last()));
        waiting.push(new Range(next, middle));
      }
    }
  }

  /** The key after the last row that was read before it failed; one past the end if nothing did. */
  private long readUntilFailure(Range range, Rows rows) {
    PreparedStatement statement;
    try {
      statement = connection.prepareStatement(select);
    } catch (SQLException e) {
      failures = MOST_FAILURES; // the table is not even described any more
      return range.first();
    }
    long next = range.first();
    try (statement) {
      statement.setLong(1, range.first());
      statement.setLong(2, range.last());
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          long key = found.getLong(1);
          if (key < next || key > range.last()) {
            return next; // the pages lead back: no row that comes now can be believed
          }
          rows.take(found);
          next = key + 1;
        }
      }
      return range.last() + 1;
    } catch (SQLException e) {
      return next;
    }
  }
}

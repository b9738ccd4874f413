package city.mycelium.receiver.internal.store;

import city.mycelium.receiver.internal.store.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps arrivals in SQLite or PostgreSQL. A connection that failed is given up; the next commit
 * opens a new one. For one thread.
 */
public final class JdbcStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  private final Database database;
  private @Nullable WriteSession session;

  private JdbcStore(Database database, WriteSession session) {
    this.database = database;
    this.session = session;
  }

  /**
   * Opens the database and makes its tables if it has none.
   *
   * @throws StoreException if it cannot be opened, or holds the tables of another version
   */
  public static JdbcStore open(Database database) throws StoreException {
    try {
      return new JdbcStore(database, openSession(database));
    } catch (SQLException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "the database " + database + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public Committed commit(List<Arrival> arrivals) throws StoreException {
    boolean done = false;
    try {
      Committed committed = openSession().commit(arrivals);
      done = true;
      return committed;
    } catch (SQLException e) {
      boolean content = database.flavour().blamesContent(e);
      throw new StoreException(
          content ? Reason.CONTENT : Reason.UNAVAILABLE,
          "the database " + database + " does not store: " + e.getMessage(),
          e);
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Gives the connection up; nothing that was not committed stays. */
  @Override
  public void close() {
    WriteSession open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("Closing the connection to {} failed; it is given up all the same", database, e);
      }
    }
  }

  private WriteSession openSession() throws SQLException {
    WriteSession open = session;
    if (open == null) {
      open = openSession(database);
      session = open;
    }
    return open;
  }

  private static WriteSession openSession(Database database) throws SQLException {
    Connection connection = database.openWriter();
    try {
      Schema.prepare(connection, database.flavour());
      return new WriteSession(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}

package city.mycelium.receiver.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/**
 * Everything in which the two databases differ. All other SQL in this receiver is understood by
 * both.
 */
enum SqlFlavour {
  SQLITE {
    /** Extended result codes keep the primary code in the low byte (sqlite.org/rescode.html). */
    private static final int PRIMARY_CODE = 0xff;

    /** SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH. */
    private static final Set<Integer> CONTENT = Set.of(18, 19, 20);

    @Override
    Properties connecting() {
      return new Properties();
    }

    /**
     * FULL, because an acknowledged Observation must survive a power cut: the gateway lets go of
     * it.
     */
    @Override
    void prepareWriter(Connection connection) throws SQLException {
      run(
          connection,
          "PRAGMA busy_timeout = 10000",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA cache_size = -65536");
    }

    @Override
    void prepareReader(Connection connection) throws SQLException {
      run(connection, "PRAGMA busy_timeout = 10000", "PRAGMA query_only = true");
    }

    @Override
    String endOfObservationTable() {
      return " WITHOUT ROWID";
    }

    @Override
    boolean blamesContent(SQLException failure) {
      return CONTENT.contains(failure.getErrorCode() & PRIMARY_CODE);
    }
  },

  POSTGRESQL {
    /** Data exception and integrity constraint violation (ISO 9075 SQLSTATE classes 22, 23). */
    private static final Set<String> CONTENT = Set.of("22", "23");

    /** Seconds. What the URL says about these goes first. */
    @Override
    Properties connecting() {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", "mycelium-receiver");
      properties.setProperty("connectTimeout", "10");
      properties.setProperty("socketTimeout", "120");
      properties.setProperty("tcpKeepAlive", "true");
      return properties;
    }

    @Override
    void prepareWriter(Connection connection) {}

    @Override
    void prepareReader(Connection connection) throws SQLException {
      connection.setReadOnly(true);
    }

    @Override
    String endOfObservationTable() {
      return "";
    }

    @Override
    boolean blamesContent(SQLException failure) {
      String state = failure.getSQLState();
      return state != null && state.length() == 5 && CONTENT.contains(state.substring(0, 2));
    }
  };

  /** What the driver is told besides the URL. */
  abstract Properties connecting();

  /** Makes a new connection durable and fast for the one thread that writes. */
  abstract void prepareWriter(Connection connection) throws SQLException;

  /** Makes a new connection one that cannot write. */
  abstract void prepareReader(Connection connection) throws SQLException;

  /** Has the table of Observations kept in the order of its key, where that must be asked for. */
  abstract String endOfObservationTable();

  /** Whether the statement failed for what it was given, and not for the database's own trouble. */
  abstract boolean blamesContent(SQLException failure);

  private static void run(Connection connection, String... commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }
}

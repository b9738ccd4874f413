package city.mycelium.receiver.internal.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database that the receiver was given. Safe for use by many threads. */
public final class Database {

  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private final String url;
  private final SqlFlavour flavour;

  private Database(String url, SqlFlavour flavour) {
    this.url = url;
    this.flavour = flavour;
  }

  /**
   * The database with this JDBC URL, or the SQLite database in this file.
   *
   * @throws IllegalArgumentException if it is a URL of another kind of database, or asks the driver
   *     for what would keep us from counting
   */
  public static Database at(String pathOrUrl) {
    if (pathOrUrl.contains("reWriteBatchedInserts")) {
      throw new IllegalArgumentException(
          "leave reWriteBatchedInserts out of the database's URL: with it, PostgreSQL's driver does"
              + " not tell new observations from those that are there already");
    }
    if (pathOrUrl.startsWith(POSTGRESQL)) {
      return new Database(pathOrUrl, SqlFlavour.POSTGRESQL);
    }
    if (pathOrUrl.startsWith(SQLITE)) {
      return new Database(pathOrUrl, SqlFlavour.SQLITE);
    }
    if (pathOrUrl.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "the receiver stores in SQLite (a file) or PostgreSQL (jdbc:postgresql://…)");
    }
    return new Database(SQLITE + pathOrUrl, SqlFlavour.SQLITE);
  }

  /** A new connection for the one thread that writes; it commits when told to. */
  Connection openWriter() throws SQLException {
    return open(flavour::prepareWriter);
  }

  /** A new connection that sees one state of the database until it is closed, and cannot write. */
  public Connection openReader() throws SQLException {
    return open(flavour::prepareReader);
  }

  SqlFlavour flavour() {
    return flavour;
  }

  /** Where it is, for people: without the parameters of the URL, as a password may be there. */
  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  private Connection open(Preparation preparation) throws SQLException {
    Connection connection = DriverManager.getConnection(url, flavour.connecting());
    try {
      preparation.prepare(connection);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @FunctionalInterface
  private interface Preparation {
    void prepare(Connection connection) throws SQLException;
  }
}

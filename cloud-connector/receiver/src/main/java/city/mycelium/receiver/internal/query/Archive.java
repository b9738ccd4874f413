package city.mycelium.receiver.internal.query;

import city.mycelium.receiver.internal.store.Database;
import city.mycelium.receiver.internal.store.StoreException;
import city.mycelium.receiver.internal.store.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads what the receiver holds. Safe for use by many threads. */
public final class Archive {

  private final Database database;

  /** A question to the database; what it reads is of one moment. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  public Archive(Database database) {
    this.database = database;
  }

  /**
   * The answer to a question. Each has a connection of its own, gone before the answer is used, so
   * that a slow reader never holds on to an old state of the database.
   *
   * @throws StoreException if the database does not answer
   */
  public <T> T ask(Question<T> question) throws StoreException {
    try (Connection connection = database.openReader()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "the database " + database + " does not answer: " + e.getMessage(),
          e);
    }
  }
}

package city.mycelium.receiver.internal.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Numbers for new rows. The receiver is the only writer, so the next number is free. */
final class Rows {

  private Rows() {}

  static int nextId(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM " + table)) {
      row.next();
      return row.getInt(1);
    }
  }
}

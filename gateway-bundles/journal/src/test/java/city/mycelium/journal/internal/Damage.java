package city.mycelium.journal.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;

/** What a worn card does. */
final class Damage {

  private Damage() {}

  /** One bit of the last block's payload; the file may be in use. */
  static void ofTheLastBlock(Path file) throws SQLException {
    try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT first, payload FROM block ORDER BY first DESC LIMIT 1");
        PreparedStatement update =
            connection.prepareStatement("UPDATE block SET payload = ? WHERE first = ?")) {
      byte[] payload;
      try (ResultSet row = select.executeQuery()) {
        row.next();
        payload = row.getBytes(2);
        update.setLong(2, row.getLong(1));
      }
      payload[payload.length / 2] ^= 1;
      update.setBytes(1, payload);
      update.executeUpdate();
    }
  }
}

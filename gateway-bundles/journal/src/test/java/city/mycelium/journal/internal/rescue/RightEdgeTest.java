package city.mycelium.journal.internal.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class RightEdgeTest {

  private static final int PAGE = 512;

  @TempDir private Path temp;
  private int root;

  private Path table(int rows, int bytes) throws SQLException {
    Path file = temp.resolve("t" + rows + "x" + bytes + ".db");
    try (Connection writer = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        Statement sql = writer.createStatement()) {
      sql.execute("PRAGMA page_size = " + PAGE);
      sql.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB)");
      sql.execute("BEGIN");
      for (int i = 1; i <= rows; i++) {
        sql.execute("INSERT INTO t VALUES (" + i + ", randomblob(" + bytes + "))");
      }
      sql.execute("DELETE FROM t WHERE k % 7 = 3");
      sql.execute("COMMIT");
      try (ResultSet row = sql.executeQuery("SELECT rootpage FROM sqlite_schema")) {
        row.next();
        root = row.getInt(1);
      }
    }
    return file;
  }

  private long lastKey(Path file) throws IOException, DamageException {
    try (Pages pages = Pages.open(file, temp.resolve("none"), WriteAheadLog.NONE)) {
      return RightEdge.lastKey(pages, root);
    }
  }

  @Test
  void lastRowIsFoundInTablesOfAnyDepth() throws Exception {
    assertThat(lastKey(table(0, 1))).isZero();
    assertThat(lastKey(table(2, 10))).isEqualTo(2);
    assertThat(lastKey(table(5_000, 30))).isEqualTo(5_000);
    assertThat(lastKey(table(300, 3_000))).isEqualTo(300); // with overflow pages
  }

  @Test
  void rowsInTheWriteAheadLogCount() throws Exception {
    Path file = table(100, 100);
    try (Connection writer = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        Statement sql = writer.createStatement()) {
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("INSERT INTO t VALUES (777, randomblob(100))");
      Path log = temp.resolve(file.getFileName() + "-wal");
      try (Pages pages = Pages.open(file, log, WriteAheadLog.read(log))) {
        assertThat(RightEdge.lastKey(pages, root)).isEqualTo(777);
      }
    }
  }

  // SQLite answers with fewer rows then, and with no error.
  @Test
  void pageThatCountsOneRowTooFewIsNoticed() throws Exception {
    Path file = table(2, 10);
    byte[] bytes = Files.readAllBytes(file);
    bytes[(root - 1) * PAGE + 4]--;
    Files.write(file, bytes);
    try (Connection reader = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        Statement sql = reader.createStatement();
        ResultSet row = sql.executeQuery("SELECT max(k) FROM t")) {
      row.next();
      assertThat(row.getLong(1)).as("control").isEqualTo(1);
    }
    assertThatThrownBy(() -> lastKey(file)).isInstanceOf(DamageException.class);
  }

  // A key that changed is a key all the same; but nothing is thrown that nobody expects.
  @Test
  void garbageIsDamageAndNothingElse() throws Exception {
    Path file = table(300, 30);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(7);
    int noticed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = sound.clone();
      changed[100 + random.nextInt(changed.length - 100)] = (byte) random.nextInt(256);
      Files.write(file, changed);
      try {
        lastKey(file);
      } catch (DamageException e) {
        noticed++;
      }
    }
    assertThat(noticed).isPositive();
  }
}

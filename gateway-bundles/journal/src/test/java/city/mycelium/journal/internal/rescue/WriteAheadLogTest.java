package city.mycelium.journal.internal.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class WriteAheadLogTest {

  private static final int PAGE = 512;
  private static final int HEADER = 32;
  private static final int FRAME = 24 + PAGE;

  @TempDir private Path temp;
  private Path file = Path.of("unset");
  private Path log = Path.of("unset");

  /** A file with a log of four commits, as a kill leaves them. */
  @BeforeEach
  void makeLog() throws Exception {
    Path live = temp.resolve("live.db");
    file = temp.resolve("killed.db");
    log = temp.resolve("killed.db-wal");
    try (Connection writer = JDBC.createConnection("jdbc:sqlite:" + live, new Properties())) {
      try (Statement sql = writer.createStatement()) {
        sql.execute("PRAGMA page_size = " + PAGE);
        sql.execute("PRAGMA journal_mode = WAL");
        // Checkpointed and begun anew: old frames lie behind the new ones, as on a gateway.
        sql.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB)");
        for (int i = 1; i <= 30; i++) {
          sql.execute("INSERT INTO t VALUES (" + i + ", zeroblob(200))");
        }
        sql.execute("PRAGMA wal_checkpoint(RESTART)");
        for (int i = 31; i <= 34; i++) {
          sql.execute("INSERT INTO t VALUES (" + i + ", zeroblob(200))");
        }
      }
      Files.copy(live, file);
      Files.copy(live.resolveSibling("live.db-wal"), log);
    }
  }

  private WriteAheadLog read() throws IOException {
    return WriteAheadLog.read(log);
  }

  private void flip(long at) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    bytes[(int) at] ^= 1;
    Files.write(log, bytes);
  }

  /** How many frames SQLite takes. */
  private int taken() throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int frames = 0;
    while (HEADER + (frames + 1) * FRAME <= bytes.length
        && saltOf(bytes, frames) == saltOf(bytes)) {
      frames++;
    }
    return frames;
  }

  private static long saltOf(byte[] bytes, int frame) {
    return java.nio.ByteBuffer.wrap(bytes).getLong(HEADER + frame * FRAME + 8);
  }

  private static long saltOf(byte[] bytes) {
    return java.nio.ByteBuffer.wrap(bytes).getLong(16);
  }

  private long countIn(Path database) throws SQLException {
    try (Connection reader = JDBC.createConnection("jdbc:sqlite:" + database, new Properties());
        Statement sql = reader.createStatement();
        ResultSet row = sql.executeQuery("SELECT count(*) FROM t")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void whatAKillLeavesIsWholeThoughAnEarlierRoundLiesBehindIt() throws Exception {
    assertThat(Files.size(log)).isGreaterThan(HEADER + (long) taken() * FRAME); // control
    assertThat(read().state()).isEqualTo(WriteAheadLog.State.WHOLE);
    assertThat(read().pages()).isGreaterThan(1);
  }

  @Test
  void noLogIsWhole() throws Exception {
    Files.delete(log);
    assertThat(read()).isSameAs(WriteAheadLog.NONE);
  }

  // SQLite would open it and say nothing: what commits 2 to 4 brought would be gone.
  @Test
  void changedFrameThatOthersFollowIsNoticed() throws Exception {
    flip(HEADER + 24 + 100);
    assertThat(read().state()).isEqualTo(WriteAheadLog.State.BROKEN);
    assertThat(countIn(file)).as("control: SQLite forgets in silence").isLessThan(34);
  }

  @Test
  void lastCommitThatDoesNotFitMayHaveBeenCutOff() throws Exception {
    flip(HEADER + (taken() - 1L) * FRAME + 24 + 100);
    assertThat(read().state()).isEqualTo(WriteAheadLog.State.TORN);
  }

  @Test
  void everyByteOfTheLogIsWatched() throws Exception {
    byte[] sound = Files.readAllBytes(log);
    int end = HEADER + taken() * FRAME;
    for (int at = 0; at < end; at++) {
      byte[] changed = sound.clone();
      changed[at] ^= 0x10;
      Files.write(log, changed);
      assertThat(read().state()).as("byte %d", at).isNotEqualTo(WriteAheadLog.State.WHOLE);
    }
    // What lies behind is of an earlier round, and nobody reads it.
    flip(end + 24 + 100L);
    Files.write(log, sound);
    flip(end + 24 + 100L);
    assertThat(read().state()).isEqualTo(WriteAheadLog.State.WHOLE);
  }

  @Test
  void everyPageThatFitsIsBroughtBack() throws Exception {
    flip(16); // a salt in the header: SQLite takes no frame at all
    WriteAheadLog broken = read();
    Path copy = Files.copy(file, temp.resolve("copy.db"));
    broken.copyInto(copy, log);
    assertThat(countIn(copy)).isEqualTo(34);
  }
}

package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in words, and as a reason to act on, what SQLite reports (SQLite, "Result Codes"). */
final class SqlTrouble {

  private SqlTrouble() {}

  static JournalException of(SQLException e, Path file) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_FULL ->
          new JournalException(
              Reason.FULL,
              "There is no room left for "
                  + file
                  + " (disk full, or its own limit reached); nothing of this was kept. Free some"
                  + " space, shorten the retention or raise the limit, then send it again.",
              e);
      // A quota that is used up, and a full file system that notices late, come out as these.
      case SQLITE_IOERR_WRITE,
          SQLITE_IOERR_FSYNC,
          SQLITE_IOERR_TRUNCATE,
          SQLITE_IOERR_SHMSIZE,
          SQLITE_IOERR_SHMOPEN ->
          new JournalException(
              Reason.FULL,
              "The disk did not take what was written to "
                  + file
                  + " ("
                  + code.name()
                  + "); nothing of this was kept. It is full, over its quota or failing: look at"
                  + " the free space first, then at the kernel log; then send it again.",
              e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new JournalException(
              Reason.STORAGE,
              file
                  + " is damaged or is no journal ("
                  + e.getMessage()
                  + "). Move it aside, with its -wal and -shm, and keep it: what it holds may be"
                  + " saved. The gateway then begins a new epoch.",
              e);
      default ->
          new JournalException(
              Reason.STORAGE,
              "The journal in "
                  + file
                  + " cannot be used ("
                  + e.getMessage()
                  + "). Look at the disk and at who may read and write the file.",
              e);
    };
  }
}

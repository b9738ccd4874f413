package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import java.nio.file.Files;
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
    if (isDamage(e, code, file)) {
      return damage(file, e);
    }
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

  /** Whether the file, and not the disk or who may write to it, is what is wrong. */
  private static boolean isDamage(SQLException e, SQLiteErrorCode code, Path file) {
    if (e instanceof DamagedFileException) {
      return true;
    }
    return switch (code) {
      case SQLITE_CORRUPT,
          SQLITE_CORRUPT_VTAB,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_CORRUPT_INDEX,
          SQLITE_NOTADB,
          SQLITE_FORMAT ->
          true;
      // Our statements are always the same: what SQLite cannot make of them lies in the file.
      case SQLITE_ERROR,
          SQLITE_MISMATCH,
          SQLITE_CONSTRAINT,
          SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLITE_CONSTRAINT_ROWID,
          SQLITE_CONSTRAINT_UNIQUE,
          SQLITE_CONSTRAINT_NOTNULL ->
          true;
      // A file that is to be read only, though we may write it, says so in its header.
      case SQLITE_READONLY -> Files.isWritable(file);
      default -> false;
    };
  }

  /** A file that is not as it was written. */
  static JournalException damage(Path file, Exception e) {
    return new JournalException(
        Reason.DAMAGED,
        file
            + " is damaged or is no journal ("
            + e.getMessage()
            + "). It is set aside and kept, and what can be read of it is saved: by the gateway"
            + " itself, or by hand with ./mycelium journal salvage. Look at the card: it may be worn.",
        e);
  }
}

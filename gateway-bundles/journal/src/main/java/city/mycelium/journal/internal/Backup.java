package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.observation.GatewayId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A copy of a data file as of one moment, and the way back. Why by {@code VACUUM INTO}:
 * docs/decisions/0051.
 */
final class Backup {

  private Backup() {}

  /**
   * Copies a data file that may be written meanwhile, and reads the copy through from beginning to
   * end: a backup that was never read is a hope.
   *
   * @param to is not there yet
   * @return what the copy holds
   */
  static Verification.Report make(Path file, Path to) throws JournalException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try (Connection connection = Schema.openToCopy(file);
          PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, part.toAbsolutePath().toString());
        copy.executeUpdate();
      }
      Verification.Report report = Verification.of(part);
      if (!report.isSound()) {
        throw new JournalException(
            Reason.DAMAGED,
            "No backup was made, for what was copied is damaged: " + report.complaints().get(0));
      }
      // VACUUM INTO leaves it to the caller to bring it onto the medium.
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      return report;
    } catch (SQLException e) {
      throw SqlTrouble.of(e, part);
    } catch (IOException e) {
      throw new JournalException(
          Reason.STORAGE, "The backup could not be written to " + to + " (" + e + ").", e);
    }
  }

  /**
   * Puts a backup in the place of a data directory's journal, as a new epoch: what the gateway gave
   * out after the backup was made is never given out again.
   *
   * @param replace whether a journal that is there may be set aside
   * @return the origin that it goes on with
   */
  static Origin restore(
      Path backup, Path dataDirectory, boolean replace, JournalOptions options, long now)
      throws JournalException {
    Verification.Report report = Verification.of(backup);
    if (!report.isSound()) {
      throw new JournalException(
          Reason.DAMAGED,
          backup + " is damaged and was not restored: " + report.complaints().get(0));
    }
    try (DataDirectory directory = DataDirectory.hold(dataDirectory)) {
      Path file = directory.file(SqliteJournal.DATA_FILE);
      Exchange exchange = new Exchange(file);
      exchange.finish();
      if (Files.exists(file) && Files.size(file) > 0 && !replace) {
        throw new JournalException(
            Reason.CONFLICT,
            "There is a journal in "
                + dataDirectory
                + " already. Nothing was changed. To set it aside, say --replace.");
      }
      Path draft = exchange.draft();
      Files.copy(backup, draft);
      Origin origin = renew(draft, options, directory, report.lastOffset(), now);
      String epoch = directory.word(Origin.EPOCH_FILE).orElse("unknown");
      exchange.complete(exchange.nameAside("replaced", now, epoch));
      origin.keepEpochBeside(directory);
      return origin;
    } catch (SQLException e) {
      throw SqlTrouble.of(e, backup);
    } catch (IOException e) {
      throw new JournalException(
          Reason.STORAGE, backup + " could not be restored (" + e + "). Nothing was changed.", e);
    }
  }

  private static Origin renew(
      Path draft, JournalOptions options, DataDirectory directory, long last, long now)
      throws SQLException, JournalException {
    try (Connection connection = Schema.openToWrite(draft, options)) {
      WriteSide side = new WriteSide(connection);
      Origin before = side.meta().origin();
      Optional<GatewayId> here = Origin.word(directory, Origin.GATEWAY_FILE, GatewayId::new);
      if (here.isPresent() && !here.get().equals(before.gateway())) {
        throw new JournalException(
            Reason.CONFLICT,
            "The backup is of gateway "
                + before.gateway()
                + ", and this is "
                + here.get()
                + ". Two gateways' data must not mix. Nothing was changed.");
      }
      Origin next = before.next(RandomIds.epoch(), last);
      Incident restored =
          new Incident(
              now,
              before.epoch(),
              "Restored from a backup that ends at offset " + last + ".",
              "",
              List.of(),
              List.of());
      side.begin();
      side.meta().put(next);
      side.apply(restored.asState(next.epoch()));
      side.commit();
      return next;
    }
  }
}

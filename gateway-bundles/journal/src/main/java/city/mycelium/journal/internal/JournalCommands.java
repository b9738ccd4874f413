package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a person can ask of a journal: {@code journal stats}, {@code verify}, {@code export} and
 * {@code backup} of one that is open, salvage and restore of a data directory that nobody has open.
 */
public final class JournalCommands {

  private JournalCommands() {}

  /**
   * The commands over an open journal.
   *
   * @param registry asked for when something is exported: it tells what the Datastreams mean
   */
  public static List<Command> of(SqliteJournal journal, Supplier<Optional<Registry>> registry) {
    return List.of(
        new StatsCommand(journal),
        new VerifyCommand(journal.file()),
        new ExportCommand(journal, registry),
        new BackupCommand(journal.file()));
  }

  /** The one that can be asked of a data directory whose journal cannot be opened. */
  public static Command verify(Path dataDirectory) {
    return new VerifyCommand(dataDirectory.resolve(SqliteJournal.DATA_FILE));
  }

  /**
   * Sets the journal of a data directory aside and saves what can be read of it.
   *
   * @param now UTC epoch milliseconds
   * @return what happened, in words
   * @throws JournalException if it cannot be done; nothing was changed then
   */
  public static String salvage(Path dataDirectory, long now) throws JournalException {
    return Salvage.run(dataDirectory, JournalOptions.DEFAULT, now, "Salvaged by hand.").inWords();
  }

  /**
   * Puts a backup in the place of a data directory's journal, as a new epoch.
   *
   * @param replace whether a journal that is there may be set aside
   * @param now UTC epoch milliseconds
   * @throws JournalException if it cannot be done; nothing was changed then
   */
  public static void restore(Path backup, Path dataDirectory, boolean replace, long now)
      throws JournalException {
    Backup.restore(backup, dataDirectory, replace, JournalOptions.DEFAULT, now);
  }
}

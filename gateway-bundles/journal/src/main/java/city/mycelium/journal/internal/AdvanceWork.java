package city.mycelium.journal.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.observation.OffsetRange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A consumer's step; done only if its cursor still is where the consumer believes it to be, and if
 * what it misses is missing indeed.
 */
record AdvanceWork(Advance step, CompletableFuture<Receipt> receipt) implements Work {

  @Override
  public int weight() {
    return 1 + step.derived().size() + step.changes().size();
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public Runnable apply(Transaction transaction) throws SQLException {
    CursorTable cursors = transaction.file().cursors();
    CursorTable.Row before = cursors.of(step.cursor());
    if (before.position() != step.from()) {
      return conflict(
          "is at "
              + before.position()
              + " and not at "
              + step.from()
              + ": somebody else moved it, or retention did.");
    }
    Optional<Sheet> gone = gone(transaction.file());
    if (gone.isEmpty()) {
      return conflict("would pass over offsets as gone that are there, or were not passed.");
    }
    Map<Integer, Long> recovered = new HashMap<>();
    step.recovered()
        .forEach((name, count) -> recovered.put(transaction.dictionary().numberOf(name), count));
    Optional<CursorTable.Row> recovering = cursors.recover(before, recovered);
    if (recovering.isEmpty()) {
      return conflict("never tallied as refused what is said to be recovered.");
    }
    Sheet sheet = Sheet.of(step.tally(), transaction.dictionary()::numberOf).plus(gone.get());
    cursors.put(recovering.get().moved(step.to(), sheet));
    transaction.write(step.changes());
    Receipt proof = transaction.append(step.derived(), BlockKind.DERIVED);
    return () -> receipt.complete(proof);
  }

  /** Whose the offsets were that the consumer missed; nothing if they are not all gone. */
  private Optional<Sheet> gone(WriteSide file) throws SQLException {
    Sheet sheet = Sheet.EMPTY;
    for (OffsetRange range : step.gone()) {
      if (range.first() <= step.from() || range.last() > step.to()) {
        return Optional.empty();
      }
      long next = range.first();
      for (StoredBlock block : file.goneWithin(range.first(), range.last())) {
        if (block.last() < next) {
          continue; // the one before the range
        }
        if (block.first() > next) {
          return Optional.empty();
        }
        long to = Math.min(block.last(), range.last());
        sheet = sheet.plus(lost(block, next, to));
        next = to + 1;
      }
      if (next <= range.last()) {
        return Optional.empty();
      }
    }
    return Optional.of(sheet);
  }

  private static Sheet lost(StoredBlock block, long from, long to) throws SQLException {
    try {
      GoneBlock gone = GoneBlock.decode(block.payload());
      return Sheet.lost(
          gone.datastreams(),
          (int) (from - block.first()),
          (int) (to + 1 - block.first()),
          gone.why());
    } catch (DamagedBlockException e) {
      throw new DamagedFileException(
          "what is known of the offsets from "
              + block.first()
              + " on, which are gone, is damaged: "
              + e.getMessage(),
          e);
    }
  }

  private Runnable conflict(String why) {
    JournalException conflict =
        new JournalException(
            JournalException.Reason.CONFLICT,
            "Cursor "
                + step.cursor()
                + " "
                + why
                + " Nothing of this step was kept; read the cursor and go on from there.");
    return () -> fail(conflict);
  }

  @Override
  public void fail(JournalException why) {
    receipt.completeExceptionally(why);
  }
}

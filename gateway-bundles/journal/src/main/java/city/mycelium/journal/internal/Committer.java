package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.time.Cancellable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes what waits, group by group, and commits each group in one transaction. Its
 * {@link #run} is the whole life of the writer's thread; {@link #lastOffset} and {@link #onAppend}
 * are for any thread.
 */
final class Committer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final CommitQueue queue;
  private final WriteSide file;
  private final Gate gate;
  private final Path path;
  private final Dictionary dictionary;
  private final long epoch;
  private final Watch watch;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long lastOffset;

  /** What was accepted up to there, and up to where that is in the file; the writer's own. */
  private AcceptedCounts accepted;

  private long savedThrough;

  /** Whether the last commit failed; the writer's own. */
  private boolean failing;

  /** Hears on the writer's thread what concerns the file as a whole; must return at once. */
  interface Watch {
    /** The counts up to this offset are in the file. */
    void saved(long through);

    /** A commit failed. */
    void failed(JournalException why);
  }

  Committer(
      CommitQueue queue,
      WriteSide file,
      Gate gate,
      Path path,
      Dictionary dictionary,
      long epoch,
      AcceptedCounts accepted,
      long savedThrough,
      Watch watch) {
    this.queue = queue;
    this.file = file;
    this.gate = gate;
    this.path = path;
    this.dictionary = dictionary;
    this.epoch = epoch;
    this.accepted = accepted;
    this.savedThrough = savedThrough;
    this.watch = watch;
    lastOffset = accepted.through();
  }

  /** The last offset that is committed. */
  long lastOffset() {
    return lastOffset;
  }

  Cancellable onAppend(Runnable listener) {
    // An entry of its own: the same listener may listen twice and be cancelled once.
    Runnable entry = () -> tell(listener);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  @Override
  public void run() {
    while (true) {
      try {
        List<Work> group = queue.take();
        if (group.isEmpty()) {
          saveAccepted();
          return;
        }
        commit(group);
      } catch (InterruptedException e) {
        // Nobody may stop this thread but by closing the queue, which loses nothing: go on.
        LOG.debug("the journal's writer was interrupted and goes on", e);
      }
    }
  }

  private Transaction transaction() {
    return new Transaction(file, gate, dictionary, epoch, accepted, savedThrough);
  }

  /** At the end, so that the next opening has nothing to count. */
  private void saveAccepted() {
    try {
      file.begin();
      transaction().saveAccepted();
      file.commit();
      watch.saved(lastOffset);
    } catch (SQLException e) {
      file.rollback();
      LOG.debug("the counts were not saved; the next opening counts again", e);
    }
  }

  private void commit(List<Work> group) {
    Transaction transaction = transaction();
    List<Runnable> answers = new ArrayList<>(group.size());
    try {
      file.begin();
      for (Work work : group) {
        answers.add(work.apply(transaction));
      }
      transaction.finish();
      file.commit();
    } catch (SQLException e) {
      undo(group, SqlTrouble.of(e, path));
      return;
    } catch (RuntimeException | Error e) {
      // The supervisor of this thread: were it to die, every receipt would be waited for for ever.
      LOG.error("a defect in the journal's writer; its group was not kept", e);
      undo(
          group,
          new JournalException(
              Reason.STORAGE, "The journal's writer failed: " + e + ". Please report it.", e));
      return;
    }
    dictionary.keep();
    boolean appended = transaction.lastOffset() > lastOffset;
    accepted = transaction.accepted();
    if (transaction.savedThrough() > savedThrough) {
      savedThrough = transaction.savedThrough();
      watch.saved(savedThrough);
    }
    lastOffset = transaction.lastOffset();
    if (failing) {
      failing = false;
      LOG.info("The journal in {} can be written again.", path);
    }
    answers.forEach(Runnable::run);
    if (appended) {
      listeners.forEach(Runnable::run);
    }
  }

  private void undo(List<Work> group, JournalException why) {
    file.rollback();
    gate.budget().forget();
    if (!failing) {
      failing = true;
      LOG.warn("{}", why.getMessage());
    }
    group.forEach(work -> work.fail(why));
    watch.failed(why);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      // Somebody else's code: it must not cost the writer its thread, nor the others their call.
      LOG.error("a listener of the journal failed", e);
    }
  }
}

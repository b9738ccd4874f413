package city.mycelium.journal.internal;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.time.Cancellable;
import city.mycelium.journal.internal.rescue.DamageException;
import city.mycelium.journal.internal.rescue.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in one SQLite file, {@code journal.db}, in a data directory of its own. Safe for use
 * by many threads: whatever changes the file waits in a bounded queue for the one thread that
 * writes, and readers have a connection of their own.
 *
 * <p>Every commit is synced to the medium, so {@link Durability#WRITTEN} gives more than it
 * promises; the two differ in how soon the commit begins. Receipts complete on the writer's thread:
 * what depends on them must return at once, and must neither wait for this journal nor close it.
 */
public final class SqliteJournal implements Journal, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
  static final String DATA_FILE = "journal.db";

  private final Path file;
  private final Origin origin;
  private final Dictionary dictionary = new Dictionary();
  private final CommitQueue queue;
  private final Committer committer;
  private final Thread writer;
  private final ReadSide readSide;
  private final StateStore state = new SqliteStateStore(this);

  private static final String LAST_RECEIVED =
      "SELECT ifnull((SELECT received_to FROM block ORDER BY first DESC LIMIT 1), 0)";

  /** What was opened, the last first: the order in which to close. */
  private final Deque<AutoCloseable> opened;

  /** Guarded, like the read side itself, by the read side. */
  private boolean closed;

  /** Hears once when the file turns out to be damaged. */
  private final AtomicReference<Consumer<JournalException>> onDamage =
      new AtomicReference<>(e -> {});

  /** A question to the file. */
  interface Query<T> {
    T ask(ReadSide file) throws SQLException, DamagedBlockException;
  }

  /**
   * Opens the journal of a data directory, and makes what is missing. The options fit a purpose;
   * the data does not depend on them.
   *
   * @throws JournalException reason {@code CLOSED} if another process has it open, else {@code
   *     STORAGE} or {@code FULL}; in words for the one who started it
   */
  public static SqliteJournal open(Path dataDirectory, JournalOptions options)
      throws JournalException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    boolean open = false;
    try {
      SqliteJournal journal = new SqliteJournal(dataDirectory, options, opened);
      journal.writer.start();
      open = true;
      return journal;
    } catch (SQLException e) {
      throw SqlTrouble.of(e, dataDirectory.resolve(DATA_FILE));
    } catch (DamageException | DamagedBlockException e) {
      throw SqlTrouble.damage(dataDirectory.resolve(DATA_FILE), e);
    } catch (IOException e) {
      throw new JournalException(
          Reason.STORAGE,
          dataDirectory.resolve(DATA_FILE)
              + " cannot be read ("
              + e
              + "). Look at the disk and at who may read and write the file.",
          e);
    } catch (LinkageError e) {
      // The driver unpacks its native part into the temporary directory.
      throw new JournalException(
          Reason.STORAGE,
          "SQLite's native library cannot be loaded ("
              + e.getMessage()
              + "). Check that "
              + System.getProperty("java.io.tmpdir")
              + " has room and that programs may run from it, or set org.sqlite.tmpdir to another"
              + " directory.",
          e);
    } finally {
      if (!open) {
        closeAll(opened);
      }
    }
  }

  private SqliteJournal(Path dataDirectory, JournalOptions options, Deque<AutoCloseable> opened)
      throws SQLException, IOException, JournalException, DamageException, DamagedBlockException {
    this.opened = opened;
    DataDirectory directory = DataDirectory.hold(dataDirectory);
    opened.push(directory);
    file = directory.file(DATA_FILE);
    new Exchange(file).finish();
    WriteAheadLog.State log = Soundness.check(file);
    // The writer's connection is opened first and closed last: it alone may clear the log away.
    Connection toWrite = Schema.openToWrite(file, options);
    opened.push(toWrite);
    if (Files.exists(logOf(file))) {
      // What a commit that was cut off left behind in it must not be taken for more of it later.
      Schema.run(toWrite, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    Origin found = Origin.of(directory, toWrite, file);
    Connection toRead = Schema.openToRead(file);
    opened.push(toRead);
    readSide = new ReadSide(toRead);
    readSide.readInto(dictionary);
    AcceptedCounts accepted = readSide.count();
    WriteSide writeSide = new WriteSide(toWrite);
    origin =
        Renewal.of(
            directory,
            file,
            writeSide,
            found,
            accepted.through(),
            Schema.number(toWrite, LAST_RECEIVED),
            log);
    queue = new CommitQueue(options);
    committer =
        new Committer(
            queue,
            writeSide,
            new Gate(directory.room(options.reserveBytes()), new Budget(options.budgetBytes())),
            file,
            dictionary,
            origin.epoch(),
            accepted,
            readSide.savedCounts().through(),
            new FileWatch(directory));
    writer = new Thread(committer, "journal-writer");
    // What has a receipt is safe without it; what has none must not keep a process alive.
    writer.setDaemon(true);
  }

  /** The write-ahead log of a data file. */
  static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** The data file. */
  Path file() {
    return file;
  }

  /**
   * Calls the listener when the file turns out to be damaged while it is used, on the thread that
   * finds it; it must return at once. One listener, once.
   */
  void onDamage(Consumer<JournalException> listener) {
    onDamage.set(listener);
  }

  /** What the writer finds out. */
  private final class FileWatch implements Committer.Watch {

    private final DataDirectory directory;

    FileWatch(DataDirectory directory) {
      this.directory = directory;
    }

    @Override
    public void saved(long through) {
      try {
        HighWater.keep(directory, origin.epoch(), through);
      } catch (JournalException e) {
        LOG.warn("{} An older copy of the journal would not be noticed.", e.getMessage());
      }
    }

    @Override
    public void failed(JournalException why) {
      tellOfDamage(why);
    }
  }

  private void tellOfDamage(JournalException e) {
    if (e.reason() == Reason.DAMAGED) {
      onDamage.getAndSet(later -> {}).accept(e);
    }
  }

  @Override
  public GatewayId gateway() {
    return origin.gateway();
  }

  @Override
  public long epoch() {
    return origin.epoch();
  }

  @Override
  public List<Predecessor> predecessors() {
    return origin.predecessors();
  }

  @Override
  public CompletableFuture<Receipt> append(
      List<Draft> drafts, List<StateChange> changes, Durability durability) {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    submit(new AppendWork(drafts, changes, durability, receipt));
    return receipt;
  }

  @Override
  public CompletableFuture<Receipt> advance(Advance step) {
    long last = lastOffset();
    if (step.to() > last) {
      throw new IllegalArgumentException(
          "cursor "
              + step.cursor()
              + " would move to "
              + step.to()
              + ", past the last offset "
              + last);
    }
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    submit(new AdvanceWork(step, receipt));
    return receipt;
  }

  /**
   * Removes the oldest observations, in whole blocks, while all in a block were received before a
   * time. Every cursor that stood before what is removed moves past it, in the same commit, and the
   * offsets are tallied as expired for it.
   *
   * @param olderThanEpochMillis UTC epoch milliseconds
   * @return completes when synced; fails with {@link JournalException}, and then a part may be done
   */
  public CompletableFuture<Retained> retain(long olderThanEpochMillis) {
    CompletableFuture<Retained> done = new CompletableFuture<>();
    submit(new RetainWork(olderThanEpochMillis, Retained.NOTHING, done, this::submit));
    return done;
  }

  /** Commits what waits, without waiting for more; completes when that is synced. */
  public CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    submit(new FlushWork(done));
    return done;
  }

  /** Hands work to the writer; it is told at once if it cannot wait its turn. */
  void submit(Work work) {
    try {
      queue.add(work);
    } catch (JournalException e) {
      work.fail(e);
    }
  }

  @Override
  public List<Observation> read(long after, int limit) throws JournalException {
    if (after < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "reading needs after >= 0 and limit >= 1, not " + after + " and " + limit);
    }
    // A commit is seen by readers a moment before the last offset says so: what is read ends there.
    long upTo = lastOffset();
    if (after >= upTo) {
      return List.of();
    }
    List<Observation> observations = new ArrayList<>();
    long end = after;
    for (StoredBlock block : query(side -> side.blocks(after, upTo, limit))) {
      if (end > after && block.first() <= end) {
        throw damaged(new DamagedBlockException("offset " + block.first() + " comes twice"));
      }
      requireRemoved(end, block.first() - 1);
      end = block.last();
      if (block.kind() == BlockKind.GONE) {
        continue;
      }
      List<Draft> drafts = decode(block);
      for (int i = (int) Math.max(0, after + 1 - block.first());
          i < drafts.size() && observations.size() < limit;
          i++) {
        observations.add(
            drafts.get(i).accepted(new Identity(gateway(), epoch(), block.first() + i)));
      }
    }
    if (observations.size() < limit) {
      requireRemoved(end, upTo);
    }
    return observations;
  }

  /**
   * What has no row has been removed from the front. A damaged way through the file hides rows, and
   * SQLite does not look.
   */
  private void requireRemoved(long after, long to) throws JournalException {
    if (after < to && to > query(ReadSide::removedTo)) {
      throw damaged(
          new DamagedBlockException("offsets " + (after + 1) + " to " + to + " are nowhere"));
    }
  }

  private List<Draft> decode(StoredBlock block) throws JournalException {
    try {
      return block.drafts(dictionary);
    } catch (DamagedBlockException e) {
      throw damaged(
          new DamagedBlockException(
              "offsets " + block.first() + " to " + block.last() + ": " + e.getMessage(), e));
    }
  }

  private JournalException damaged(DamagedBlockException e) {
    JournalException damage = SqlTrouble.damage(file, e);
    tellOfDamage(damage);
    return damage;
  }

  @Override
  public long lastOffset() {
    return committer.lastOffset();
  }

  @Override
  public Cursor cursor(String name) throws JournalException {
    return query(side -> side.cursor(name));
  }

  @Override
  public List<Cursor> cursors() throws JournalException {
    return query(ReadSide::cursors);
  }

  @Override
  public Accounts accounts() throws JournalException {
    return query(side -> side.accounts(dictionary));
  }

  @Override
  public long offsetBefore(long receivedAt) throws JournalException {
    return query(side -> side.offsetBefore(receivedAt, dictionary));
  }

  @Override
  public StateStore state() {
    return state;
  }

  @Override
  public Cancellable onAppend(Runnable listener) {
    return committer.onAppend(listener);
  }

  <T> T query(Query<T> query) throws JournalException {
    synchronized (readSide) {
      if (closed) {
        throw new JournalException(Reason.CLOSED, "The journal in " + file + " is closed.");
      }
      try {
        return query.ask(readSide);
      } catch (SQLException e) {
        readSide.renew();
        JournalException trouble = SqlTrouble.of(e, file);
        tellOfDamage(trouble);
        throw trouble;
      } catch (DamagedBlockException e) {
        readSide.renew();
        throw damaged(e);
      }
    }
  }

  /**
   * Takes no more, commits what waits, and lets another process have the data directory. Doing it
   * twice does nothing.
   */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        // What waits has been accepted and is written first; the caller hears of it afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (readSide) {
      closed = true;
      closeAll(opened);
    }
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // as AutoCloseable declares it; the rest has to be closed as well
        LOG.warn("part of the journal could not be closed", e);
      }
    }
  }
}

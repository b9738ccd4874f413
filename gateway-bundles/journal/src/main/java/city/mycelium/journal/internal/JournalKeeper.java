package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Keeps one journal open: opens it, tries again while that fails (a disk that is full, a process
 * that is just ending), makes it known while it is open, and lets retention run, as long as the
 * time can be trusted. Everything happens on a scheduler of its own, which may block.
 */
final class JournalKeeper implements AutoCloseable {

  static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(10);
  static final Duration RETENTION_EVERY = Duration.ofHours(1);

  private final Path dataDirectory;
  private final JournalOptions options;
  private final Duration retention;
  private final Clock clock;
  private final TrustedTime trustedTime;
  private final Scheduler scheduler;
  private final Function<SqliteJournal, Cancellable> publish;
  private final Logger log;

  /** What was last said to be wrong; touched by tasks only. */
  private String trouble = "";

  /** Whether retention is due and waits for the time; touched by tasks only. */
  private boolean waiting;

  private volatile @Nullable SqliteJournal journal;
  private volatile @Nullable Cancellable published;
  private volatile @Nullable Cancellable listening;

  /**
   * Keeps nothing yet; see {@link #start}.
   *
   * @param retention how long observations are kept after they were received
   * @param publish makes an open journal known, until it is taken back
   */
  JournalKeeper(
      Path dataDirectory,
      JournalOptions options,
      Duration retention,
      Clock clock,
      TrustedTime trustedTime,
      Scheduler scheduler,
      Function<SqliteJournal, Cancellable> publish,
      Logger log) {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException(
          "observations have to be kept for some time, not for " + retention);
    }
    this.dataDirectory = dataDirectory;
    this.options = options;
    this.retention = retention;
    this.clock = clock;
    this.trustedTime = trustedTime;
    this.scheduler = scheduler;
    this.publish = publish;
    this.log = log;
  }

  void start() {
    scheduler.execute(this::open);
  }

  private void open() {
    try {
      SqliteJournal opened;
      try {
        opened = SqliteJournal.open(dataDirectory, options);
      } catch (JournalException e) {
        if (e.reason() != JournalException.Reason.DAMAGED) {
          throw e;
        }
        salvage(e);
        opened = SqliteJournal.open(dataDirectory, options);
      }
      keep(opened);
    } catch (JournalException e) {
      say(e);
      scheduler.after(TRY_AGAIN_AFTER, this::open);
    }
  }

  private void salvage(JournalException damage) throws JournalException {
    say(damage);
    Incident incident = Salvage.run(dataDirectory, options, clock.epochMillis(), found(damage));
    log.warn("{}", incident.inWords());
  }

  private static String found(JournalException damage) {
    Throwable cause = damage.getCause() == null ? damage : damage.getCause();
    return "The journal was damaged: " + cause.getMessage() + ".";
  }

  /** The journal turned out to be damaged: nobody uses it any more, and what is left is saved. */
  private void rescue(SqliteJournal damaged, JournalException damage) {
    if (journal != damaged) {
      return;
    }
    takeBack();
    damaged.close();
    salvageAndOpen(damage);
  }

  /** Until it works: without room, say, the file stays as it was, and what it holds is not used. */
  private void salvageAndOpen(JournalException damage) {
    try {
      salvage(damage);
    } catch (JournalException e) {
      say(e);
      scheduler.after(TRY_AGAIN_AFTER, () -> salvageAndOpen(damage));
      return;
    }
    open();
  }

  private void takeBack() {
    journal = null;
    Cancellable listener = listening;
    if (listener != null) {
      listener.cancel();
    }
    listening = null;
    Cancellable known = published;
    if (known != null) {
      known.cancel();
    }
    published = null;
  }

  private void keep(SqliteJournal opened) {
    journal = opened;
    opened.onDamage(damage -> scheduler.execute(() -> rescue(opened, damage)));
    log.info(
        "The journal of gateway {} in {} is open: epoch {}, last offset {}.",
        opened.gateway(),
        dataDirectory,
        Identity.epochText(opened.epoch()),
        opened.lastOffset());
    published = publish.apply(opened);
    listening = trustedTime.onChange(() -> scheduler.execute(() -> goOn(opened)));
    retainByTheHour(opened);
  }

  private void retainByTheHour(SqliteJournal open) {
    if (journal != open) {
      return; // it was damaged, and another one goes on
    }
    retain(open);
    scheduler.after(RETENTION_EVERY, () -> retainByTheHour(open));
  }

  /** Trust has come or gone. */
  private void goOn(SqliteJournal open) {
    if (waiting) {
      retain(open);
    }
  }

  private void retain(SqliteJournal open) {
    Trust trust = trustedTime.trust();
    if (!trust.isTrusted()) {
      // A clock that is a year ahead would take everything away.
      if (!waiting) {
        log.info("Retention waits until the time can be trusted: {}", trust.why());
      }
      waiting = true;
      return;
    }
    waiting = false;
    try {
      report(open.retain(clock.epochMillis() - retention.toMillis()).join());
      trouble = "";
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof JournalException cause)) {
        throw e;
      }
      say(cause);
    }
  }

  private void report(Retained retained) {
    retained
        .dropped()
        .forEach(
            (cursor, count) ->
                log.warn(
                    "Retention removed {} observations that '{}' had not got to; they are counted"
                        + " as expired for it. It has been behind for more than {} days: look at why.",
                    count,
                    cursor,
                    retention.toDays()));
    log.debug("retention removed {} observations", retained.observations());
  }

  private void say(JournalException e) {
    if (!trouble.equals(e.getMessage())) {
      trouble = String.valueOf(e.getMessage());
      log.error("{}", e.getMessage());
    }
  }

  /** Takes the journal back from everybody, commits what waits and closes it. */
  @Override
  public void close() {
    scheduler.close();
    SqliteJournal open = journal;
    takeBack();
    if (open != null) {
      open.close();
    }
  }
}

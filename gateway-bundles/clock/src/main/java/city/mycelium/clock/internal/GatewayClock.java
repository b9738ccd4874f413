package city.mycelium.clock.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.TimeSignals;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's time. Safe for use by many threads; whoever asks it waits for nothing.
 *
 * <p>Trust is an {@link Anchor}: a moment at which a {@link TimeSource} vouched for the time. As
 * long as the wall clock goes on from there as the monotonic clock does, it is right. When it
 * leaps, trust goes with the call that sees it, and the time goes on from the anchor by the
 * monotonic clock until somebody vouches anew. So the time that this clock tells never leaps with
 * the wall clock.
 *
 * <p>Where nobody has vouched since the machine was started, the time is the latest that was ever
 * trusted, and how long the machine has run since: too early, but never too late. Only a gateway
 * that never knew the time shows the wall clock's.
 */
public final class GatewayClock implements Clock, TrustedTime, TimeSignals, AutoCloseable {

  /** While all is well, looking more often would only cost processor time. */
  private static final Duration LOOK_WHEN_TRUSTED = Duration.ofMinutes(1);

  /** So much of an earlier start is in doubt at most; also how often the file is written. */
  private static final Duration WRITE_DOWN_EVERY = Duration.ofHours(1);

  private final Clock machine;
  private final BootFile file;
  private final Scheduler scheduler;
  private final Logger log;
  private final Signals signals;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  // Changed under the lock of this object only, and each immutable.
  private volatile Boots boots;
  private volatile State state;

  // Of the scheduler alone.
  private List<TimeSource> sources = List.of();
  private Duration pollEvery = Duration.ZERO;
  private Cancellable nextLook = () -> {};
  private long writtenNanos;
  private boolean fileFails;
  private boolean announcedTrust;
  private boolean announcedAnything;

  /**
   * What is believed now.
   *
   * @param anchor the latest; null if there is none since the machine was started
   * @param sinceNanos when trust came or went
   */
  private record State(@Nullable Anchor anchor, boolean isTrusted, String why, long sinceNanos) {}

  /**
   * A clock that goes on from what is written in the data directory.
   *
   * @param machine the two clocks of the machine
   * @param boot which start of the machine this is
   * @param scheduler the clock's own; closed by whoever made it
   */
  GatewayClock(Clock machine, Path data, String boot, Scheduler scheduler, Logger log) {
    this.machine = machine;
    this.file = new BootFile(data);
    this.scheduler = scheduler;
    this.log = log;
    signals = new Signals(machine, this::trustedUntil);
    Look now = Look.at(machine);
    boots = known(file, log).started(boot);
    Boot present = boots.present();
    Anchor last = present.last();
    if (last == null || present.leaptAt().isPresent()) {
      state = new State(last, false, "nobody has been asked yet", now.monotonicNanos());
    } else if (now.isSteadySince(last.look())) {
      state = new State(last, true, "as before the gateway was restarted", now.monotonicNanos());
    } else {
      // When it leapt nobody saw; so everything since that anchor is in doubt.
      boots = boots.with(b -> b.leapt(last.look().monotonicNanos()));
      state = new State(last, false, leap(now.movedSince(last.look())), now.monotonicNanos());
    }
    writtenNanos = now.monotonicNanos() - WRITE_DOWN_EVERY.toNanos();
  }

  /** A gateway whose file fails still has a clock; only earlier starts are unknown to it then. */
  private static Boots known(BootFile file, Logger log) {
    try {
      return file.read();
    } catch (IOException e) {
      log.warn(
          "{} cannot be read, so readings of earlier starts of this machine cannot be dated exactly:"
              + " {}",
          BootFile.NAME,
          e.toString());
      return Boots.NONE;
    }
  }

  /**
   * The clock of this machine, as the gateway knows it from its data directory, without asking
   * anybody for the time: for tools that open the data of a gateway which does not run. Nothing is
   * written.
   */
  public static GatewayClock asWritten(Path data, Scheduler scheduler) {
    return new GatewayClock(
        new SystemClock(),
        data,
        BootId.read(BootId.LINUX),
        scheduler,
        LoggerFactory.getLogger(GatewayClock.class));
  }

  /** Whom to believe from now on; may be called again. Returns at once. */
  void configure(ClockSettings settings) {
    believe(
        settings.sources(machine, signals, this::trustedUntil, this::isInDoubt),
        settings.pollEvery());
  }

  /** Whom to believe from now on, in this order; may be called again. Returns at once. */
  void believe(List<TimeSource> sources, Duration pollEvery) {
    scheduler.execute(
        () -> {
          this.sources = List.copyOf(sources);
          this.pollEvery = pollEvery;
          look();
        });
  }

  /**
   * Writes down how far the machine has come; to be called on the scheduler's thread, or after it.
   */
  @Override
  public void close() {
    nextLook.cancel();
    if (!isKeeper()) {
      return;
    }
    Look now = Look.at(machine);
    synchronized (this) {
      boots = boots.with(boot -> boot.seen(now.monotonicNanos()));
    }
    write(BootLine.seen(boots.present().id(), now.monotonicNanos()));
  }

  // --- the time

  @Override
  public long monotonicNanos() {
    return machine.monotonicNanos();
  }

  @Override
  public long epochMillis() {
    State current = state; // before the look: an anchor that comes in between must not judge it
    Look now = Look.at(machine);
    Anchor anchor = current.anchor();
    if (anchor == null) {
      OptionalLong notBefore = boots.notBefore(now.monotonicNanos());
      return notBefore.orElse(now.wallMillis());
    }
    return holds(current, now)
        ? now.wallMillis() + anchor.wallErrorMillis()
        : anchor.at(now.monotonicNanos());
  }

  @Override
  public Trust trust() {
    holds(state, Look.at(machine));
    State current = state;
    Anchor anchor = current.anchor();
    return current.isTrusted() && anchor != null
        ? new Trust(true, anchor.source(), current.why())
        : new Trust(false, "none", current.why());
  }

  @Override
  public Moment now() {
    return new Moment(boots.present().id(), machine.monotonicNanos());
  }

  @Override
  public Dating date(Moment moment) {
    return boots.date(moment);
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    Runnable entry = () -> listener.run(); // the same one may be added twice and cancelled once
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  @Override
  public void heard(String source, long epochMillis, long uncertaintyMillis, long monotonicNanos) {
    signals.heard(source, epochMillis, uncertaintyMillis, monotonicNanos);
  }

  /** Whether this is the gateway itself, which asks and writes, and no tool that only reads. */
  private boolean isKeeper() {
    return !pollEvery.isZero();
  }

  /** How far off the time may be; empty while it is not trusted. */
  OptionalLong uncertaintyMillis() {
    State current = state;
    Anchor anchor = current.anchor();
    return current.isTrusted() && anchor != null
        ? OptionalLong.of(anchor.uncertaintyAt(machine.monotonicNanos()))
        : OptionalLong.empty();
  }

  /** How long trust has been there, or missing. */
  Duration unchangedFor() {
    return Duration.ofNanos(machine.monotonicNanos() - state.sinceNanos());
  }

  // --- trust

  /** Whether trust is there and holds; takes it away if the wall clock has leapt. */
  private boolean holds(State current, Look now) {
    Anchor anchor = current.anchor();
    if (!current.isTrusted() || anchor == null) {
      return false;
    }
    if (now.isSteadySince(anchor.look())) {
      return true;
    }
    lose(current, anchor, now);
    return false;
  }

  private void lose(State seen, Anchor anchor, Look now) {
    synchronized (this) {
      if (!state.equals(seen)) {
        return; // somebody else saw it first, or a source has vouched anew meanwhile
      }
      boots = boots.with(boot -> boot.leapt(now.monotonicNanos()));
      state = new State(anchor, false, leap(now.movedSince(anchor.look())), now.monotonicNanos());
    }
    scheduler.execute(
        () -> {
          if (isKeeper()) {
            write(BootLine.leapt(boots.present().id(), now.monotonicNanos()));
            announce();
            look();
          }
        });
  }

  private static String leap(long movedMillis) {
    return String.format(
        "the machine's clock was set by %+d s, and nobody has vouched for it since",
        Math.round(movedMillis / 1000.0));
  }

  // What follows runs on the scheduler.

  private void look() {
    nextLook.cancel();
    holds(state, Look.at(machine)); // so that a source never hides a leap
    askAround();
    announce();
    writeDownFromTimeToTime();
    Duration pause =
        state.isTrusted() && pollEvery.compareTo(LOOK_WHEN_TRUSTED) < 0
            ? LOOK_WHEN_TRUSTED
            : pollEvery;
    nextLook = scheduler.after(pause, this::look);
  }

  private void askAround() {
    List<String> silences = new ArrayList<>();
    for (TimeSource source : sources) {
      TimeSource.Answer answer = source.ask();
      if (answer instanceof TimeSource.Vouches vouches) {
        anchor(source.name(), vouches);
        return;
      }
      if (answer instanceof TimeSource.Silent silent) {
        silences.add(source.name() + ": " + silent.why());
      }
    }
    nobodyVouches(String.join("; ", silences));
  }

  private void anchor(String source, TimeSource.Vouches vouches) {
    Anchor anchor =
        new Anchor(source, vouches.look(), vouches.epochMillis(), vouches.uncertaintyMillis());
    synchronized (this) {
      State before = state;
      Anchor known = before.anchor();
      String why =
          String.format(
              "%s vouches for it: %s, at most %s off",
              source, vouches.how(), millis(vouches.uncertaintyMillis()));
      if (before.isTrusted() && known != null && isGoodEnough(known, anchor)) {
        state = new State(known, true, why, before.sinceNanos());
        return;
      }
      if (anchor.epochMillis() < boots.trustedUntil() - anchor.uncertaintyMillis()
          && !(known != null && known.agreesWith(anchor))) {
        log.warn(
            "{} says that it is {}, but {} was believed already: that must have been wrong, and so"
                + " are the times of what was received then",
            source,
            Instant.ofEpochMilli(anchor.epochMillis()),
            Instant.ofEpochMilli(boots.trustedUntil()));
      }
      boots = boots.with(boot -> boot.anchored(anchor));
      state =
          new State(
              anchor,
              true,
              why,
              before.isTrusted() ? before.sinceNanos() : vouches.look().monotonicNanos());
    }
  }

  /**
   * Of two anchors that agree, the one that is about as sure stays, so that time does not wobble.
   */
  private static boolean isGoodEnough(Anchor known, Anchor news) {
    return known.source().equals(news.source())
        && known.agreesWith(news)
        && known.uncertaintyAt(news.look().monotonicNanos()) <= 2 * news.uncertaintyMillis();
  }

  /** Takes no trust away: the clocks of the machine go on, only less surely. */
  private void nobodyVouches(String silences) {
    synchronized (this) {
      State before = state;
      Anchor anchor = before.anchor();
      String why;
      if (before.isTrusted() && anchor != null) {
        long uncertainty = anchor.uncertaintyAt(machine.monotonicNanos());
        why =
            String.format(
                "%s vouched for it at %s; since then it goes on by itself, at most %s off (%s)",
                anchor.source(),
                Instant.ofEpochMilli(anchor.epochMillis()),
                millis(uncertainty),
                silences);
      } else {
        String leapt =
            anchor == null ? "" : leap(Look.at(machine).movedSince(anchor.look())) + ". ";
        why = leapt + (silences.isEmpty() ? "nobody was asked" : silences);
      }
      state = new State(anchor, before.isTrusted(), why, before.sinceNanos());
    }
  }

  private static String millis(long millis) {
    return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
  }

  /** The latest time that was ever trusted; while it is, that of the latest anchor. */
  private long trustedUntil() {
    return boots.trustedUntil();
  }

  private boolean isInDoubt() {
    return boots.present().leaptAt().isPresent();
  }

  private void announce() {
    State now = state;
    Anchor anchor = now.anchor();
    if (now.isTrusted() && !announcedTrust && anchor != null) {
      log.info("The time is trusted, it is {}: {}", Instant.ofEpochMilli(epochMillis()), now.why());
    } else if (!now.isTrusted() && (announcedTrust || !announcedAnything)) {
      log.warn(
          "The time is not trusted: {}. Readings are kept, and dated and sent when it is (see"
              + " mycelium clock)",
          now.why());
    }
    boolean changed = announcedTrust != now.isTrusted();
    announcedTrust = now.isTrusted();
    announcedAnything = true;
    if (changed) {
      writeAnchor();
      listeners.forEach(Runnable::run);
    }
  }

  private void writeDownFromTimeToTime() {
    long now = machine.monotonicNanos();
    if (now - writtenNanos < WRITE_DOWN_EVERY.toNanos()) {
      return;
    }
    synchronized (this) {
      boots = boots.with(boot -> boot.seen(now));
    }
    writeAll();
  }

  private void writeAnchor() {
    Anchor anchor = state.anchor();
    if (state.isTrusted() && anchor != null) {
      write(BootLine.anchored(boots.present().id(), anchor));
    }
  }

  private void writeAll() {
    write(BootLine.seen(boots.present().id(), boots.present().seenNanos()));
    writeAnchor();
  }

  private void write(String line) {
    try {
      file.append(line, boots);
      writtenNanos = machine.monotonicNanos();
      fileFails = false;
    } catch (IOException e) {
      if (!fileFails) {
        log.warn(
            "{} cannot be written, so after a power cut readings without a time may not be dated"
                + " exactly; it is tried again: {}",
            BootFile.NAME,
            e.toString());
      }
      fileFails = true;
    }
  }
}

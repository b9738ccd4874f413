package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of payload of every attempt against the limits of a metered link.
 *
 * <p>What is on the medium runs ahead of what was sent by a fiftieth of the limit: so the count is
 * written seldom, and a restart forgets nothing, but may count that much too much. The message that
 * reaches a limit goes out whole. Owned by the Destination's Scheduler.
 */
final class Budget {

  static final String STATE = "sync.budget";
  private static final int VERSION = 1;
  private static final int MARKS_PER_LIMIT = 50;

  private final Clock clock;
  private final Notebook notebook;
  private final int reservePercent;
  private final List<Period> periods;

  Budget(Limits limits, Clock clock, Notebook notebook) {
    this.clock = clock;
    this.notebook = notebook;
    reservePercent = limits.urgentReservePercent();
    periods =
        List.of(
            new Period("hour", limits.bytesPerHour(), Duration.ofHours(1).toMillis()),
            new Period("day", limits.bytesPerDay(), Duration.ofDays(1).toMillis()));
  }

  /**
   * Why nothing but urgent data goes.
   *
   * @param period {@code hour} or {@code day}
   * @param since when it was used up, UTC epoch milliseconds
   * @param until when the next one begins, UTC epoch milliseconds
   */
  record Exhausted(String period, long since, long until) {}

  void load() throws JournalException {
    byte[] written = notebook.get(STATE).orElse(null);
    if (written != null) {
      Packed.In in = new Packed.In(written, VERSION);
      periods.forEach(period -> period.read(in));
    }
  }

  void spend(long bytes) {
    boolean isToBeWritten = false;
    for (Period period : periods) {
      isToBeWritten |= period.spend(bytes);
    }
    if (isToBeWritten) {
      Packed.Out out = new Packed.Out(VERSION);
      periods.forEach(period -> period.write(out));
      notebook.put(STATE, out.toBytes());
    }
  }

  /** What keeps ordinary data waiting, the longest wait first; null if it may go. */
  @Nullable Exhausted exhausted() {
    Exhausted longest = null;
    for (Period period : periods) {
      Exhausted wait = period.exhausted();
      if (wait != null && (longest == null || wait.until() > longest.until())) {
        longest = wait;
      }
    }
    return longest;
  }

  boolean allows(boolean urgent) {
    return periods.stream().allMatch(period -> period.allows(urgent ? reservePercent : 0));
  }

  /** How much of a limit is used; null if there is none. */
  @Nullable Long usedPerHour() {
    return periods.get(0).usedIfLimited();
  }

  /** How much of a limit is used; null if there is none. */
  @Nullable Long usedPerDay() {
    return periods.get(1).usedIfLimited();
  }

  private final class Period {
    private final String name;
    private final long limit;
    private final long lengthMillis;
    private long number;
    private long used;
    private long mark;
    private long since;

    Period(String name, long limit, long lengthMillis) {
      this.name = name;
      this.limit = limit;
      this.lengthMillis = lengthMillis;
    }

    private void roll() {
      long now = Math.max(0, clock.epochMillis() / lengthMillis);
      if (now != number) {
        number = now;
        used = 0;
        mark = 0;
        since = 0;
      }
    }

    boolean spend(long bytes) {
      if (limit == 0) {
        return false;
      }
      roll();
      used += bytes;
      boolean isUsedUp = used >= limit && since == 0;
      if (isUsedUp) {
        since = clock.epochMillis();
      }
      long step = Math.max(1, limit / MARKS_PER_LIMIT);
      boolean isBeyondMark = used + step / 2 > mark; // in time to be on the medium before it is
      if (isBeyondMark) {
        mark = used + step;
      }
      return isUsedUp || isBeyondMark;
    }

    boolean allows(int percentMore) {
      if (limit == 0) {
        return true;
      }
      roll();
      return used < limit + limit / 100.0 * percentMore;
    }

    @Nullable Exhausted exhausted() {
      return allows(0) ? null : new Exhausted(name, since, (number + 1) * lengthMillis);
    }

    @Nullable Long usedIfLimited() {
      if (limit == 0) {
        return null;
      }
      roll();
      return used;
    }

    void write(Packed.Out out) {
      out.number(number).number(mark).number(Math.max(0, since));
    }

    void read(Packed.In in) {
      number = in.number();
      mark = in.number();
      used = mark;
      since = in.number();
      if (used >= limit && since == 0) {
        since = clock.epochMillis();
      }
    }
  }
}

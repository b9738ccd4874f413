package city.mycelium.cli;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;

/**
 * The time of a record while it is replayed: for device classes that know how long something has
 * been at work, or until when a calibration holds. For one thread.
 */
final class RecordClock implements Clock, TrustedTime {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private long startedAt;
  private long micros;

  /** The record began then, UTC epoch milliseconds. */
  void begin(long epochMillis) {
    startedAt = epochMillis;
  }

  /** So long after its beginning it is now. */
  void at(long microsSinceBeginning) {
    micros = microsSinceBeginning;
  }

  @Override
  public long epochMillis() {
    return startedAt + micros / MICROS_PER_MILLI;
  }

  @Override
  public long monotonicNanos() {
    return micros * NANOS_PER_MICRO;
  }

  /** Whether it was trusted on site is not in the record. */
  @Override
  public Trust trust() {
    return new Trust(true, "record", "the record's own time is believed");
  }

  @Override
  public Moment now() {
    return new Moment("record", monotonicNanos());
  }

  @Override
  public Dating date(Moment moment) {
    return new Dating.At(startedAt + moment.monotonicNanos() / NANOS_PER_MICRO / MICROS_PER_MILLI);
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    return () -> {};
  }
}

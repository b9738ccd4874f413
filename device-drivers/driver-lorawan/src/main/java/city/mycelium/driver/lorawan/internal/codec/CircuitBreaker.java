package city.mycelium.driver.lorawan.internal.codec;

import city.mycelium.api.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Leaves a script alone for a while that had to be stopped several times in a row: each time costs
 * its whole deadline, which other devices wait. After a minute it gets one more payload; if that is
 * stopped as well, the next pause is twice as long, up to an hour.
 *
 * <p>Safe for use by many threads.
 */
final class CircuitBreaker implements Codec {

  private static final int STOPS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final String name;
  private final RunnableCodec codec;
  private final Clock clock;
  private final Logger log;

  private int stops;
  private Duration pause = Duration.ZERO;
  private long pausedSinceNanos;
  private boolean trying;

  CircuitBreaker(String name, RunnableCodec codec, Clock clock, Logger log) {
    this.name = name;
    this.codec = codec;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public Decoded decode(CodecInput input) {
    Duration left = enter();
    if (!left.isZero()) {
      return Answer.failed(
              "not decoded: the last payloads of "
                  + name
                  + " had to be stopped, so it rests for another "
                  + left.toSeconds()
                  + " s")
          .decoded();
    }
    Answer answer = codec.run(input);
    leave(answer);
    return answer.decoded();
  }

  /** How long it still rests; zero if it may run. */
  private synchronized Duration enter() {
    if (pause.isZero()) {
      return Duration.ZERO;
    }
    long left = pause.toNanos() - (clock.monotonicNanos() - pausedSinceNanos);
    if (left > 0) {
      return Duration.ofNanos(left).plusMillis(999);
    }
    if (trying) {
      return Duration.ofSeconds(1); // one payload at a time, until it is known how that goes
    }
    trying = true;
    return Duration.ZERO;
  }

  private synchronized void leave(Answer answer) {
    trying = false;
    if (!answer.stopped()) {
      if (!pause.isZero()) {
        log.info("The codec {} decodes again", name);
      }
      stops = 0;
      pause = Duration.ZERO;
      return;
    }
    stops++;
    if (stops < STOPS) {
      return;
    }
    pausedSinceNanos = clock.monotonicNanos();
    if (pause.isZero()) {
      log.warn(
          "The codec {} had to be stopped {} times in a row, the last time because: {}. It rests"
              + " and is tried again every now and then; what it should decode is kept undecoded."
              + " Look into the script, or take another",
          name,
          stops,
          ((Decoded.Failed) answer.decoded()).errors().get(0));
      pause = FIRST_PAUSE;
    } else {
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }
}

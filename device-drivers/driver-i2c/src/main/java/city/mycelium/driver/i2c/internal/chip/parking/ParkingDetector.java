package city.mycelium.driver.i2c.internal.chip.parking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the magnetic field over a parking bay whether a vehicle stands in it: steel bends the
 * earth's field. For one thread; remembers nothing beyond its own life.
 *
 * <ul>
 *   <li>Only a field that has come to rest is judged: five readings within 3 uT. What passes by
 *       does not rest; what manoeuvres is judged when it stands.
 *   <li>The field of the empty bay (the baseline) drifts with temperature and with what is parked
 *       beside it. While the bay is free it is followed, so slowly that an arriving vehicle,
 *       however slow, does not take it along.
 *   <li>After long parking the field does not come back to the old baseline exactly. So a step that
 *       takes away most of what a vehicle brought is a departure too, and what is left is the new
 *       baseline.
 *   <li>A baseline that is unknown, or wrong, is learned: a field that comes back after different
 *       fields is the empty bay's, because vehicles differ and emptiness does not.
 * </ul>
 *
 * <p>The thresholds are engineering judgement, tried on made-up traces, not in a street
 * (docs/drivers-i2c-chips.md).
 */
final class ParkingDetector {

  /** What is to be known before it can be told whether the bay is free. */
  enum Status {
    FREE("free"),
    OCCUPIED("occupied"),
    UNKNOWN("unknown");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** As in {@code Vocabulary.PARKING_SPOT_STATUS}. */
    String word() {
      return word;
    }
  }

  /**
   * What it makes of the readings so far.
   *
   * @param confidence 0 to 100 %: how far the field is from where it would be judged otherwise
   */
  record Judgement(Status status, double confidence) {}

  private static final int READINGS_AT_REST = 5;
  private static final double REST_MICROTESLA = 3;
  private static final double OCCUPIED_FROM_MICROTESLA = 6;
  private static final double FREE_UP_TO_MICROTESLA = 3;
  private static final double DRIFT_PER_READING_MICROTESLA = 0.01;

  /** A departure leaves at most this share of what the vehicle brought. */
  private static final double LEFT_OVER = 0.35;

  private final Deque<Field> recent = new ArrayDeque<>();

  /** Fields at rest that differ from their neighbours, the newest last. */
  private final List<Field> plateaus = new ArrayList<>();

  private @Nullable Field baseline;
  private Status status = Status.UNKNOWN;
  private double confidence;

  /** The strongest that the vehicle in the bay has bent the field. */
  private double strongest;

  /**
   * Begins without knowing whether the bay is free.
   *
   * @param empty the field of the empty bay, if somebody has measured it
   */
  ParkingDetector(Optional<Field> empty) {
    baseline = empty.orElse(null);
  }

  /** Takes the next reading; readings come at about equal intervals, 1 to 5 s. */
  Judgement take(Field field) {
    recent.addLast(field);
    if (recent.size() > READINGS_AT_REST) {
      recent.removeFirst();
    }
    if (recent.size() == READINGS_AT_REST && isAtRest()) {
      Field level = level();
      learn(level);
      judge(level);
    }
    return new Judgement(status, confidence);
  }

  private boolean isAtRest() {
    Field level = level();
    return recent.stream().allMatch(field -> field.distance(level) <= REST_MICROTESLA / 2);
  }

  private Field level() {
    Field sum = new Field(0, 0, 0);
    for (Field field : recent) {
      sum = sum.plus(field);
    }
    return sum.times(1.0 / recent.size());
  }

  private void judge(Field level) {
    Field empty = baseline;
    if (empty == null) {
      return;
    }
    double bent = level.distance(empty);
    if (bent >= OCCUPIED_FROM_MICROTESLA && !isLeftOver(bent)) {
      status = Status.OCCUPIED;
      strongest = Math.max(strongest, bent);
    } else if (isLeftOver(bent)) {
      baseline = level;
      status = Status.FREE;
      strongest = 0;
      bent = 0;
    } else if (bent <= FREE_UP_TO_MICROTESLA) {
      status = Status.FREE;
      strongest = 0;
    }
    if (status == Status.FREE) {
      follow(level);
    }
    confidence = confidence(bent);
  }

  private boolean isLeftOver(double bent) {
    return status == Status.OCCUPIED
        && strongest > 2 * OCCUPIED_FROM_MICROTESLA
        && bent <= LEFT_OVER * strongest
        && bent <= 1.5 * OCCUPIED_FROM_MICROTESLA;
  }

  private void follow(Field level) {
    Field empty = baseline;
    if (empty != null) {
      Field off = level.minus(empty);
      double part = Math.min(1, DRIFT_PER_READING_MICROTESLA / Math.max(1e-9, off.length()));
      baseline = empty.plus(off.times(part));
    }
  }

  private double confidence(double bent) {
    double beyond =
        status == Status.FREE
            ? (OCCUPIED_FROM_MICROTESLA - bent) / OCCUPIED_FROM_MICROTESLA
            : (bent - FREE_UP_TO_MICROTESLA) / OCCUPIED_FROM_MICROTESLA;
    return status == Status.UNKNOWN ? 0 : 50 + 50 * Math.max(0, Math.min(1, beyond));
  }

  /** Of the last four plateaus, the two that alternate with different ones are the empty bay. */
  private void learn(Field level) {
    int last = plateaus.size() - 1;
    if (last >= 0 && level.distance(plateaus.get(last)) < OCCUPIED_FROM_MICROTESLA) {
      plateaus.set(last, level);
      return;
    }
    plateaus.add(level);
    if (plateaus.size() > 4) {
      plateaus.remove(0);
    }
    if (plateaus.size() == 4) {
      boolean evenSame = same(0, 2);
      boolean oddSame = same(1, 3);
      if (evenSame != oddSame) {
        Field found = plateaus.get(evenSame ? 2 : 3);
        Field empty = baseline;
        if (empty == null || empty.distance(found) >= OCCUPIED_FROM_MICROTESLA) {
          baseline = found;
          strongest = 0;
        }
      }
    }
  }

  private boolean same(int one, int other) {
    return plateaus.get(one).distance(plateaus.get(other)) <= FREE_UP_TO_MICROTESLA;
  }
}

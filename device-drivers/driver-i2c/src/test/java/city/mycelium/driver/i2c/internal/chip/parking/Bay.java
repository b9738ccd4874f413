package city.mycelium.driver.i2c.internal.chip.parking;

import java.util.Random;

/**
 * The magnetic field over a made-up parking bay, a reading every two seconds. All numbers are
 * assumptions, of the size that is published for such sensors: noise 0.3 uT rms per axis; an offset
 * of the sensor of up to 50 uT; drift with the day's temperature, 0.15 uT/K at ±8 K; a lorry in the
 * next lane every three minutes or so, 1 to 7 uT for 2 to 8 s, one in ten of which waits for a
 * minute at up to 3 uT; a vehicle in the bay beside, up to 2 uT; vehicles in the bay with a median
 * of 22 uT, one in a hundred of them below 8.
 */
final class Bay {

  private static final double READINGS_PER_DAY = 43_200;

  private final Random random;
  private final Field offset;
  private final Field drift;
  private Field vehicle = new Field(0, 0, 0);
  private Field before = vehicle;
  private Field beside = vehicle;
  private Field lorry = vehicle;
  private int lorryLasts;
  private int lorryAt;
  private int moving = 1;
  private int at = 1;
  private long clock;

  Bay(long seed) {
    random = new Random(seed);
    offset = direction().times(random.nextDouble() * 50);
    drift = direction().times(0.15 * 8);
  }

  /** What a technician measures there before the first vehicle. */
  Field empty() {
    return new Field(18, 1, 44).plus(offset);
  }

  void leave() {
    change(new Field(0, 0, 0), 1 + random.nextInt(5));
  }

  void arrive() {
    double strength = 22 * Math.exp(0.43 * random.nextGaussian());
    change(direction().times(strength), 1 + random.nextInt(30));
  }

  void arriveWith(Field signature) {
    change(signature, 1);
  }

  void arriveWith(Field signature, int readings) {
    change(signature, readings);
  }

  private void change(Field to, int readings) {
    before = vehicle;
    vehicle = to;
    moving = readings;
    at = 0;
  }

  /** How many readings the last change takes. */
  int moving() {
    return moving;
  }

  /** Readings of a random time, exponential, but at least so long. */
  int minutes(double least, double mean) {
    return (int) (30 * (least - Math.log(1 - random.nextDouble()) * mean));
  }

  /** Readings that a vehicle stays: one in thirty overnight. */
  int stay() {
    return random.nextInt(30) == 0 ? 18_000 : minutes(1.5, 25);
  }

  Field next() {
    clock++;
    Field field = empty().plus(drift.times(Math.sin(2 * Math.PI * clock / READINGS_PER_DAY)));
    return field.plus(inBay()).plus(besideTheBay()).plus(inTheNextLane()).plus(noise());
  }

  private Field inBay() {
    if (at >= moving) {
      return vehicle;
    }
    at++;
    double share = (double) at / moving;
    Field on = before.times(1 - share).plus(vehicle.times(share));
    // Wheels, engine and axles pass over the sensor one after the other.
    return at == moving ? vehicle : on.plus(direction().times(0.2 * on.length()));
  }

  private Field besideTheBay() {
    if (random.nextInt(900) == 0) {
      beside =
          random.nextBoolean() ? direction().times(2 * random.nextDouble()) : new Field(0, 0, 0);
    }
    return beside;
  }

  private Field inTheNextLane() {
    if (lorryAt >= lorryLasts) {
      if (random.nextInt(90) != 0) {
        return new Field(0, 0, 0);
      }
      boolean waits = random.nextInt(10) == 0;
      lorry = direction().times(1 + (waits ? 2 : 6) * random.nextDouble());
      lorryLasts = waits ? 30 : 1 + random.nextInt(4);
      lorryAt = 0;
    }
    lorryAt++;
    double share = lorryLasts == 30 ? 1 : Math.sin(Math.PI * lorryAt / (lorryLasts + 1));
    return lorry.times(share);
  }

  private Field noise() {
    return new Field(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
        .times(0.3);
  }

  private Field direction() {
    Field any = new Field(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    return any.times(1 / Math.max(1e-9, any.length()));
  }
}

package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.region.Region;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Which data rate and power a device should have, judged by the best SNR of its last twenty
 * uplinks: the margin above what demodulation needs (Semtech SX1276 datasheet, table 13) less ten
 * decibels of safety is spent in steps of three, on data rate first, then on power. Not
 * thread-safe.
 */
final class Adr {

  private static final int UPLINKS = 20;
  private static final double SAFETY_DB = 10;
  private static final double STEP_DB = 3;

  /** SNR that SF7 needs, dB; each further step of spreading factor needs 2.5 dB less. */
  private static final double SF7_NEEDS_DB = -7.5;

  private static final double PER_SF_DB = 2.5;

  private final Deque<Double> snrDb = new ArrayDeque<>();
  private int dataRate = -1;

  /**
   * A data rate and a power.
   *
   * @param dataRate index
   * @param power index; 0 is the strongest
   */
  record Choice(int dataRate, int power) {}

  /** What demodulation needs, dB. */
  static double neededDb(DataRate dataRate) {
    return dataRate instanceof DataRate.Lora lora
        ? SF7_NEEDS_DB - PER_SF_DB * (lora.spreadingFactor() - 7)
        : 0;
  }

  /** An uplink was heard; what was heard at another data rate says nothing any more. */
  void heard(int uplinkDataRate, double bestSnrDb) {
    if (uplinkDataRate != dataRate) {
      snrDb.clear();
      dataRate = uplinkDataRate;
    }
    snrDb.addLast(bestSnrDb);
    if (snrDb.size() > UPLINKS) {
      snrDb.removeFirst();
    }
  }

  /** The device has been told: judge anew from what it does then. */
  void forget() {
    snrDb.clear();
  }

  /**
   * What it should have, if that is something else.
   *
   * @param power what it has, as far as is known
   * @param isAsked whether the device asks to be heard (ADRACKReq): then less has to do
   */
  Optional<Choice> choose(Region region, int power, boolean isAsked) {
    if (region.isFixed()
        || snrDb.isEmpty()
        || (snrDb.size() < UPLINKS && !isAsked)
        || dataRate < region.lowestAdr()
        || dataRate > region.highestAdr()) {
      return Optional.empty();
    }
    double best = snrDb.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double margin = best - neededDb(region.dataRate(dataRate)) - SAFETY_DB;
    int steps = (int) Math.floor(margin / STEP_DB);
    int newRate = dataRate;
    int newPower = power;
    while (steps > 0 && newRate < region.highestAdr()) {
      newRate++;
      steps--;
    }
    while (steps > 0 && newPower < region.weakestPower()) {
      newPower++;
      steps--;
    }
    while (steps < 0 && newPower > 0) {
      newPower--;
      steps++;
    }
    return newRate == dataRate && newPower == power
        ? Optional.empty()
        : Optional.of(new Choice(newRate, newPower));
  }
}

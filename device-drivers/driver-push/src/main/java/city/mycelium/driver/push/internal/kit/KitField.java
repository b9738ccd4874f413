package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;

/**
 * What a field of a kit stands for.
 *
 * @param unit of its numbers, unless the message says otherwise
 * @param maybeMinusOne whether a healthy sensor can say -1; if not, -1 means that it is not fitted
 */
record KitField(ObservedProperty property, Unit unit, boolean maybeMinusOne) {

  /** Below it nothing is measured: RIVM's sketch starts from -999.999. */
  private static final double NOT_YET_READ = -999;

  /** airRohr's firmware has -128 for a failed thermometer, a DS18B20 without wire -127. */
  private static final double COLDER_THAN_ANY_WEATHER = -100;

  static final double NOT_FITTED = -1;

  /**
   * Whether the number stands for "nothing measured". Not decided here: -1 where it could be a
   * result, see {@link #isDoubtful}.
   */
  boolean isSentinel(double value) {
    return !Double.isFinite(value)
        || value <= NOT_YET_READ
        || (value == NOT_FITTED && !maybeMinusOne)
        || (property.equals(Vocabulary.AIR_TEMPERATURE) && value <= COLDER_THAN_ANY_WEATHER);
  }

  /** Whether the number is what unused fields are filled with, and could be a result as well. */
  boolean isDoubtful(double value) {
    return value == NOT_FITTED && maybeMinusOne;
  }
}

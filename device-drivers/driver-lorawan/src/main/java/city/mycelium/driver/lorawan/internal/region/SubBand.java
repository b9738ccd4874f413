package city.mycelium.driver.lorawan.internal.region;

import java.time.Duration;

/**
 * A stretch of spectrum with rules of its own.
 *
 * @param name as its source calls it
 * @param fromHz Hz, inclusive
 * @param toHz Hz, exclusive
 * @param dutyPercent of an hour that one transmitter may be on the air, above 0 to 100
 * @param maxErpDbm radiated power against a dipole (ERP), dBm
 */
public record SubBand(String name, long fromHz, long toHz, double dutyPercent, double maxErpDbm) {

  /** A dipole's gain over an isotropic antenna, dB: EIRP = ERP + 2.15 dB. */
  private static final double DIPOLE_DB = 2.15;

  public SubBand {
    if (fromHz >= toHz || !(dutyPercent > 0 && dutyPercent <= 100)) {
      throw new IllegalArgumentException(
          "sub-band " + name + " needs from < to and a duty cycle above 0 to 100 %");
    }
  }

  /** How long one transmitter may be on the air in an hour. */
  public Duration airTimePerHour() {
    return Duration.ofNanos((long) (AirTime.OBSERVED.toNanos() * dutyPercent / 100));
  }

  /** Whether there is anything to keep to. */
  public boolean isLimited() {
    return dutyPercent < 100;
  }

  public boolean holds(long frequencyHz) {
    return frequencyHz >= fromHz && frequencyHz < toHz;
  }

  /** Radiated power against an isotropic antenna (EIRP), dBm. */
  public double maxEirpDbm() {
    return maxErpDbm + DIPOLE_DB;
  }
}

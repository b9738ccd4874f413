package city.mycelium.driver.lorawan.internal.network;

import java.time.Instant;

/** The time of GPS, which knows no leap seconds (LoRaWAN 1.0.3, 5.9). Pure. */
final class GpsTime {

  private static final long EPOCH_MILLIS = Instant.parse("1980-01-06T00:00:00Z").toEpochMilli();

  private GpsTime() {}

  /**
   * Of a UTC time.
   *
   * @param leapSeconds by which GPS is ahead
   * @return milliseconds since the GPS epoch
   */
  static long millis(long utcEpochMillis, int leapSeconds) {
    return utcEpochMillis - EPOCH_MILLIS + leapSeconds * 1000L;
  }
}

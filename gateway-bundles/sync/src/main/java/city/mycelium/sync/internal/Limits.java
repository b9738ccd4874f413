package city.mycelium.sync.internal;

/**
 * What a metered link may carry, counted in bytes of payload; 0 means without a limit.
 *
 * @param bytesPerHour per hour of the clock
 * @param bytesPerDay per day of UTC
 * @param urgentReservePercent how far beyond a limit that is used up urgent data may go
 */
public record Limits(long bytesPerHour, long bytesPerDay, int urgentReservePercent) {

  public static final Limits NONE = new Limits(0, 0, 0);

  public Limits {
    if (bytesPerHour < 0 || bytesPerDay < 0) {
      throw new IllegalArgumentException(
          "a byte budget is 0 for none, or more, not " + bytesPerHour + " and " + bytesPerDay);
    }
    if (urgentReservePercent < 0 || urgentReservePercent > 1_000) {
      throw new IllegalArgumentException(
          "the reserve for urgent data is 0 to 1000 percent, not " + urgentReservePercent);
    }
  }
}

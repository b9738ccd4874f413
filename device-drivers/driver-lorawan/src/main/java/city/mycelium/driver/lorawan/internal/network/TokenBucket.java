package city.mycelium.driver.lorawan.internal.network;

/** Lets so many through at once, and so many a second in the long run. Not thread-safe. */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private final double most;
  private final double perSecond;
  private double tokens;
  private long atNanos;

  TokenBucket(double most, double perSecond, long nowNanos) {
    this.most = most;
    this.perSecond = perSecond;
    tokens = most;
    atNanos = nowNanos;
  }

  boolean take(long nowNanos) {
    tokens = Math.min(most, tokens + (nowNanos - atNanos) / NANOS * perSecond);
    atNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}

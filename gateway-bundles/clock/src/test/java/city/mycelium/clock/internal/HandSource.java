package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import java.util.function.LongUnaryOperator;

/** A source that vouches when the test says so. */
final class HandSource implements TimeSource {

  private final String name;
  private final Clock machine;
  private final long uncertaintyMillis;
  private LongUnaryOperator timeAtNanos = nanos -> 0;
  private boolean vouchesForWall;
  private boolean vouches;
  private int asked;

  HandSource(String name, Clock machine, long uncertaintyMillis) {
    this.name = name;
    this.machine = machine;
    this.uncertaintyMillis = uncertaintyMillis;
  }

  /** From now on it says that the wall clock is right, as chrony does. */
  HandSource vouchForWall() {
    vouches = true;
    vouchesForWall = true;
    return this;
  }

  /** From now on it tells the time itself, as a satellite receiver does. */
  HandSource tell(LongUnaryOperator timeAtNanos) {
    vouches = true;
    vouchesForWall = false;
    this.timeAtNanos = timeAtNanos;
    return this;
  }

  void fallSilent() {
    vouches = false;
  }

  int asked() {
    return asked;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answer ask() {
    asked++;
    if (!vouches) {
      return new Silent("the test says nothing");
    }
    Look now = Look.at(machine);
    long time = vouchesForWall ? now.wallMillis() : timeAtNanos.applyAsLong(now.monotonicNanos());
    return new Vouches(now, time, uncertaintyMillis, "by hand");
  }
}

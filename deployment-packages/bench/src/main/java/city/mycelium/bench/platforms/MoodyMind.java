package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A platform that refuses, or lies, some of the time; else as the other one. */
final class MoodyMind implements Mind {

  /** Of what carries observations: which one is the first, and how many in a row. */
  private static final int GOOD_AT_FIRST = 3;

  private static final int BAD = 6;

  /** What servers say that are not up to it for now (RFC 9110, 15.6; RFC 6585, 4). */
  private static final List<Reply> EXCUSES =
      List.of(
          new Reply(503), new Reply(500), new Reply(429, Map.of("Retry-After", "1"), new byte[0]));

  private final Mind mind;
  private final Fault fault;
  private final AtomicLong carried = new AtomicLong();
  private final AtomicInteger struck = new AtomicInteger();

  MoodyMind(Mind mind, Fault fault) {
    this.mind = mind;
    this.fault = fault;
  }

  /** How often it refused or lied. */
  int struck() {
    return struck.get();
  }

  @Override
  public boolean carries(Message message) {
    return mind.carries(message);
  }

  @Override
  public Reply take(Message message) {
    if (!(fault == Fault.REFUSE || fault == Fault.LIE) || !mind.carries(message)) {
      return mind.take(message);
    }
    if (fault == Fault.REFUSE && message.qos() == Qos.AT_MOST_ONCE) {
      return mind.take(message); // there is no way to say no to it
    }
    long number = carried.incrementAndGet();
    if (number <= GOOD_AT_FIRST || number > GOOD_AT_FIRST + BAD) {
      return mind.take(message);
    }
    int strike = struck.getAndIncrement();
    return fault == Fault.LIE ? mind.lie(message) : EXCUSES.get(strike % EXCUSES.size());
  }
}

package city.mycelium.driver.serial.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Says how something is when that changes, and is quiet while it stays so: one WARN when trouble
 * begins or becomes another, one INFO when it is over. For one thread.
 */
final class StateLog {

  private final Logger log;
  private final String who;
  private @Nullable Trouble trouble;
  private boolean spoken;

  private StateLog(Logger log, String who, boolean spoken) {
    this.log = log;
    this.who = who;
    this.spoken = spoken;
  }

  /** Nothing is known yet: the first good news is worth a line. {@code who} begins each message. */
  static StateLog unknown(Logger log, String who) {
    return new StateLog(log, who, false);
  }

  /** All is taken to be well until something is not. {@code who} begins each message. */
  static StateLog presumedWell(Logger log, String who) {
    return new StateLog(log, who, true);
  }

  void trouble(Trouble now, String message) {
    if (trouble != now) {
      trouble = now;
      spoken = true;
      log.warn("{}: {}", who, message);
    }
  }

  void well(String message) {
    if (trouble != null || !spoken) {
      trouble = null;
      spoken = true;
      log.info("{}: {}", who, message);
    }
  }
}

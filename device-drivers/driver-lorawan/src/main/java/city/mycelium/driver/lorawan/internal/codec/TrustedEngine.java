package city.mycelium.driver.lorawan.internal.codec;

import city.mycelium.api.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Runs scripts that somebody vouches for, on the thread and in the process of the caller. They are
 * held to limits, which is enough against mistakes; against malice there is {@link
 * ChildProcessEngine}. Rhino is loaded with the first script. Safe for use by many threads.
 */
public final class TrustedEngine implements CodecEngine {

  private final Limits limits;
  private final Clock clock;
  private final Logger log;
  private @Nullable RhinoEngine engine;

  private TrustedEngine(Limits limits, Clock clock, Logger log) {
    this.limits = limits;
    this.clock = clock;
    this.log = log;
  }

  /** In a gateway, beside everything else. */
  public static TrustedEngine inGateway(Clock clock, Logger log) {
    return new TrustedEngine(Limits.IN_GATEWAY, clock, log);
  }

  /** In the process of a person who wants to see what a script does. */
  public static TrustedEngine atDesk(Clock clock, Logger log) {
    return new TrustedEngine(Limits.AT_DESK, clock, log);
  }

  /**
   * Whether the limits hold for a script: not if it uses big integers, of which a single operation
   * can take minutes. Such a script is refused here.
   */
  public static boolean canLimit(String script) {
    return new ScriptText(script).lineOfBigInteger() == 0;
  }

  @Override
  public Codec install(String name, String script) throws CodecException {
    RhinoCodec codec = engine().install(name, script);
    return new CircuitBreaker(name, codec, clock, log);
  }

  private synchronized RhinoEngine engine() {
    if (engine == null) {
      engine = new RhinoEngine(limits);
    }
    return engine;
  }

  /** Whether there was a script yet. */
  synchronized boolean isLoaded() {
    return engine != null;
  }
}

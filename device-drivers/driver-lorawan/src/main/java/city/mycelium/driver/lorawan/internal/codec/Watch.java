package city.mycelium.driver.lorawan.internal.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.EvaluatorException;

/**
 * One run of a script: Rhino's context, and the limits that it is held to. Used by one thread, from
 * entering to leaving it.
 *
 * <p>Time and memory are looked at every thousand instructions, inside regular expressions as well,
 * and before every function of the library that could take long (see {@link Guard}).
 */
public final class Watch extends Context {

  /** Of Rhino's msg.add.sealed, msg.modify.sealed and msg.remove.sealed, and of ours. */
  static final String SEALED = "a sealed object";

  private static final int INSTRUCTIONS = 1_000;

  private final Limits limits;
  private final long thread = Thread.currentThread().getId();
  private long allocatedBefore;
  private long deadlineNanos = System.nanoTime();
  private Duration deadline = Duration.ZERO;
  private boolean triedToChangeStandardObjects;

  Watch(ContextFactory factory, Limits limits) {
    super(factory);
    this.limits = limits;
    setLanguageVersion(VERSION_ES6);
    setInterpretedMode(true);
    setInstructionObserverThreshold(INSTRUCTIONS);
    setMaximumInterpreterStackDepth(limits.depth());
    setClassShutter(name -> false); // no Java for scripts, whatever else happens
    setTimeZone(java.util.TimeZone.getTimeZone("UTC"));
    setLocale(java.util.Locale.ROOT);
    setErrorReporter(new Reporter());
  }

  /** From now on it counts. */
  void begin(Duration time) {
    deadline = time;
    allocatedBefore = Allocated.by(thread);
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  Limits limits() {
    return limits;
  }

  /** Whether the script has tried to change what all scripts share, even if it hid the refusal. */
  boolean hasTriedToChangeStandardObjects() {
    return triedToChangeStandardObjects;
  }

  static Watch of(Context context) {
    return (Watch) context;
  }

  /**
   * Stops what takes too long, or too much.
   *
   * @throws Stopped then
   */
  void check() {
    if (deadline.isZero()) {
      return; // our own preparations
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new Stopped(
          "stopped after "
              + deadline.toMillis()
              + " ms"
              + place()
              + ": the script does not come to an end, or is too slow for this machine");
    }
    if (Allocated.by(thread) - allocatedBefore > limits.allocatedBytes()) {
      throw new Stopped(
          "stopped"
              + place()
              + ": the script asked for more than "
              + (limits.allocatedBytes() >> 20)
              + " MB of memory for one payload");
    }
  }

  /**
   * Stops a string that would be too long; public for {@code ConsString}.
   *
   * @throws Stopped then
   */
  public static void checkCharacters(long characters) {
    if (getCurrentContext() instanceof Watch watch) {
      watch.characters(characters);
    }
  }

  void characters(long characters) {
    if (characters > limits.characters()) {
      throw new Stopped(
          "stopped"
              + place()
              + ": the script makes a text of more than "
              + limits.characters()
              + " characters");
    }
  }

  void elements(double elements) {
    if (elements > limits.elements()) {
      throw new Stopped(
          "stopped"
              + place()
              + ": the script makes or walks through a list of more than "
              + limits.elements()
              + " elements");
    }
  }

  /** Where in the script, if that is known. */
  private String place() {
    int line = reportRuntimeError("").lineNumber();
    return line > 0 ? " in line " + line : "";
  }

  @Override
  protected void observeInstructionCount(int count) {
    check();
  }

  private final class Reporter implements ErrorReporter {

    @Override
    public void warning(
        String message, @Nullable String source, int line, @Nullable String text, int offset) {}

    @Override
    public void error(
        String message, @Nullable String source, int line, @Nullable String text, int offset) {
      throw runtimeError(message, source, line, text, offset);
    }

    @Override
    public EvaluatorException runtimeError(
        String message, @Nullable String source, int line, @Nullable String text, int offset) {
      if (message.contains(SEALED)) {
        triedToChangeStandardObjects = true;
      }
      return new EvaluatorException(message, source, line, text, offset);
    }
  }

  /** How much memory a thread has asked for in its life; 0 on a machine that does not say. */
  private static final class Allocated {

    private static final @Nullable ThreadMXBean THREADS = find();

    private static @Nullable ThreadMXBean find() {
      try {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
                && threads.isThreadAllocatedMemoryEnabled()
            ? threads
            : null;
      } catch (LinkageError e) { // a Java without jdk.management: the other limits remain
        return null;
      }
    }

    static long by(long thread) {
      ThreadMXBean threads = THREADS;
      return threads == null ? 0 : threads.getThreadAllocatedBytes(thread);
    }
  }
}

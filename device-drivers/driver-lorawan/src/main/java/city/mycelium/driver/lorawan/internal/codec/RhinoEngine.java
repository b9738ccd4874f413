package city.mycelium.driver.lorawan.internal.codec;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;

/**
 * Compiles scripts for Rhino, which interprets them. Holds a set of standard objects for every
 * thread that ran a script at the same time as others. Safe for use by many threads.
 */
final class RhinoEngine {

  static final String NOTHING_TO_CALL =
      "the script has neither decodeUplink(input) nor Decoder(bytes, port); is it a payload"
          + " formatter?";

  /** Ten times the largest of 327 public scripts. */
  private static final int LARGEST_SCRIPT = 1 << 20;

  private final Sandbox sandbox;
  private final Script prelude;
  private final Deque<StandardObjects> idle = new ConcurrentLinkedDeque<>();

  RhinoEngine(Limits limits) {
    this.sandbox = new Sandbox(limits);
    try (Watch watch = sandbox.watch()) {
      this.prelude = StandardObjects.prelude(watch);
    }
  }

  Limits limits() {
    return sandbox.limits();
  }

  /**
   * Compiles a script and runs its own lines once.
   *
   * @throws CodecException if it can never run here
   */
  RhinoCodec install(String name, String script) throws CodecException {
    if (script.length() > LARGEST_SCRIPT) {
      throw new CodecException(
          name + " has more than " + LARGEST_SCRIPT + " characters: this is no payload formatter",
          0);
    }
    ScriptText text = new ScriptText(script);
    int big = text.lineOfBigInteger();
    if (big > 0 && !limits().bigIntegers()) {
      throw new CodecException(
          at(name, big)
              + "the script uses big integers, which nothing can stop once they get too big; let"
              + " it run in a process of its own, as a script that nobody vouches for",
          big);
    }
    RhinoCodec codec = new RhinoCodec(this, compile(name, text));
    try {
      if (!codec.tryOut()) {
        throw new CodecException(name + ": " + NOTHING_TO_CALL, 0);
      }
    } catch (RhinoException e) {
      String hint =
          e.details().contains("\"require\" is not defined")
              ? "; a payload formatter is one file and cannot load others: put all of it into one"
              : "";
      throw new CodecException(
          at(name, e.lineNumber()) + "the script fails when it is loaded: " + e.details() + hint,
          Math.max(0, e.lineNumber()));
    } catch (Stopped e) {
      throw new CodecException(name + ": " + e.getMessage(), 0);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new CodecException(
          name + ": the script goes over every limit as soon as it is loaded", 0);
    }
    return codec;
  }

  private Script compile(String name, ScriptText text) throws CodecException {
    try (Watch watch = sandbox.watch()) {
      return watch.compileString(text.runnable(), name, 1, null);
    } catch (EvaluatorException e) {
      int line = Math.max(0, e.lineNumber());
      String unknown =
          text.unknownIn(line)
              .map(
                  what ->
                      "; this engine does not know "
                          + what
                          + ": ask the vendor for the script in the form of ECMAScript 5, or"
                          + " rewrite this part")
              .orElse("");
      throw new CodecException(at(name, line) + e.details() + unknown, line);
    } catch (StackOverflowError e) {
      throw new CodecException(name + ": the script is nested too deeply to be read", 0);
    } catch (RuntimeException e) { // a fault of the engine's compiler
      throw new CodecException(name + ": the script engine cannot read this script: " + e, 0);
    }
  }

  private static String at(String name, int line) {
    return line > 0 ? name + ", line " + line + ": " : name + ": ";
  }

  // --- for the codecs ------------------------------------------------------------------------

  Watch watch() {
    return sandbox.watch();
  }

  StandardObjects take(Watch watch) {
    StandardObjects objects = idle.poll();
    return objects == null ? StandardObjects.shared(watch, prelude) : objects;
  }

  void giveBack(StandardObjects objects) {
    idle.push(objects);
  }

  StandardObjects own(Watch watch) {
    return StandardObjects.own(watch, prelude);
  }

  static boolean isTooDeep(RhinoException e) {
    return e.details().contains("Exceeded maximum stack depth");
  }

  static String tooDeep(Limits limits) {
    return "stopped: the script's functions call each other more than "
        + limits.depth()
        + " deep, probably without end";
  }

  /** What a script threw, for a person. */
  static String reason(RhinoException e) {
    return "the script failed"
        + (e.lineNumber() > 0 ? " in line " + e.lineNumber() : "")
        + ": "
        + e.details();
  }
}

package city.mycelium.driver.lorawan.internal.codec;

import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.regexp.RegExpImpl;

/** Makes the contexts that scripts run in. Safe for use by many threads. */
final class Sandbox extends ContextFactory {

  private final Limits limits;

  Sandbox(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /** Enters a context on this thread; it is left by closing it. */
  Watch watch() {
    return (Watch) enterContext();
  }

  @Override
  protected Context makeContext() {
    Watch watch = new Watch(this, limits);
    // Rhino finds it through a ServiceLoader, which inside OSGi finds nothing.
    ScriptRuntime.setRegExpProxy(watch, new RegExpImpl());
    return watch;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_E4X,
          Context.FEATURE_ENHANCED_JAVA_ACCESS,
          Context.FEATURE_PARENT_PROTO_PROPERTIES ->
          false;
      // As on every machine that a script was tried on: Rhino's typed arrays are the other way
      // round.
      case Context.FEATURE_LITTLE_ENDIAN -> true;
      default -> super.hasFeature(context, feature);
    };
  }

  @Override
  protected Object doTopCall(
      Callable callable, Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    Watch.of(context).check();
    return super.doTopCall(callable, context, scope, self, arguments);
  }
}

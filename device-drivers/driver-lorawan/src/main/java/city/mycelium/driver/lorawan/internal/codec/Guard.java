package city.mycelium.driver.lorawan.internal.codec;

import java.util.Set;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * A function of the library behind a check of what it is given: once inside, nothing can stop it
 * (Rhino has no memory limit, and no instructions to count in Java). So whatever it is given is
 * small enough to be done with quickly.
 */
final class Guard extends BaseFunction {

  private static final long serialVersionUID = 1L;

  /** What makes a text, or a list, out of all that hangs on its operands. */
  private static final Set<String> DEEP =
      Set.of(
          "join",
          "toString",
          "toLocaleString",
          "stringify",
          "flat",
          "concat",
          "String",
          "raw",
          "toSource");

  /** Constructors whose one number is a length. */
  private static final Set<String> SIZED =
      Set.of(
          "Array",
          "ArrayBuffer",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array",
          "BigInt64Array",
          "BigUint64Array");

  /** What changes an object in ways that Rhino's sealing does not see. */
  static final Set<String> CHANGING =
      Set.of(
          "defineProperty",
          "defineProperties",
          "setPrototypeOf",
          "preventExtensions",
          "freeze",
          "seal",
          "__defineGetter__",
          "__defineSetter__");

  private final String name;
  private final BaseFunction guarded;
  private final boolean constructor;

  // Rhino wants its objects set up by themselves; nobody extends it
  @SuppressWarnings("this-escape")
  Guard(String name, BaseFunction guarded, Scriptable scope, boolean constructor) {
    super(scope, guarded.getPrototype());
    this.name = name;
    this.guarded = guarded;
    this.constructor = constructor;
    if (constructor) {
      setImmunePrototypeProperty(guarded.getPrototypeProperty());
    }
  }

  @Override
  public String getFunctionName() {
    return guarded.getFunctionName();
  }

  @Override
  public int getLength() {
    return guarded.getLength();
  }

  @Override
  public int getArity() {
    return guarded.getArity();
  }

  @Override
  protected boolean hasPrototypeProperty() {
    return constructor;
  }

  @Override
  public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    check(Watch.of(context), self, arguments);
    return ((Function) guarded).call(context, scope, self, arguments);
  }

  @Override
  public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
    check(Watch.of(context), Undefined.SCRIPTABLE_UNDEFINED, arguments);
    return ((Function) guarded).construct(context, scope, arguments);
  }

  private void check(Watch watch, Scriptable self, Object[] arguments) {
    watch.check();
    if (CHANGING.contains(name)) {
      checkSealed(name.startsWith("__") || arguments.length == 0 ? self : arguments[0]);
      return;
    }
    checkLength(watch, self);
    for (Object argument : arguments) {
      checkLength(watch, argument);
    }
    if (DEEP.contains(name)) {
      checkAllBelow(watch, self, arguments);
    }
    if (constructor && SIZED.contains(name)) {
      watch.elements(arguments.length == 1 ? number(arguments[0]) : arguments.length);
    }
    if (!constructor && self != null && !(self instanceof NativeArray)) {
      checkText(watch, self, arguments);
    }
  }

  private static void checkSealed(Object target) {
    if (target instanceof ScriptableObject object && object.isSealed()) {
      throw Context.reportRuntimeError("Cannot change " + Watch.SEALED);
    }
  }

  /** The functions of strings that give more than they were given. */
  private void checkText(Watch watch, Scriptable self, Object[] arguments) {
    switch (name) {
      case "repeat" -> {
        if (arguments.length > 0) {
          watch.characters(product(length(self), number(arguments[0])));
        }
      }
      case "padStart", "padEnd" -> {
        if (arguments.length > 0) {
          watch.characters((long) Math.min(number(arguments[0]), Long.MAX_VALUE));
        }
      }
      case "replace", "replaceAll" -> {
        if (arguments.length > 1 && arguments[1] instanceof CharSequence replacement) {
          // "$'" stands for all that follows: every match may bring as much as there is.
          double each =
              Math.max(
                  replacement.length(), replacement.toString().indexOf('$') < 0 ? 0 : length(self));
          watch.characters(product(length(self) + 1, each));
        }
      }
      case "split" -> watch.elements(length(self));
      default -> {}
    }
  }

  private static long product(double a, double b) {
    double product = a * b;
    return product > Long.MAX_VALUE ? Long.MAX_VALUE : (long) product;
  }

  private static double number(Object value) {
    // An object's conversion would be the script's own code, which may answer otherwise next time.
    return value instanceof Number || value instanceof CharSequence ? Context.toNumber(value) : 0;
  }

  private static void checkLength(Watch watch, Object value) {
    if (value instanceof CharSequence text) {
      watch.characters(text.length());
    } else if (value instanceof Scriptable object && !(value instanceof Function)) {
      double length = length(object);
      if (length > 0) {
        if (object instanceof NativeArray || !object.getClassName().equals("String")) {
          watch.elements(length);
        } else {
          watch.characters((long) length);
        }
      }
    }
  }

  private static double length(Scriptable object) {
    if (object instanceof NativeArray array) {
      return array.getLength();
    }
    try {
      return ScriptableObject.getProperty(object, "length") instanceof Number number
          ? number.doubleValue()
          : 0;
    } catch (RhinoException e) { // a getter that wants an instance of its class
      return 0;
    }
  }

  /**
   * Walks through lists (and for JSON, objects) as the function will. Thirty lists, each of which
   * holds the one before twice, are a thousand million elements.
   */
  private void checkAllBelow(Watch watch, Scriptable self, Object[] arguments) {
    long[] size = {0};
    boolean objects = name.equals("stringify");
    add(watch, self, objects, 0, size);
    for (Object argument : arguments) {
      add(watch, argument, objects, 0, size);
    }
    if (name.equals("join") && arguments.length > 0 && arguments[0] instanceof CharSequence text) {
      size[0] += product(length(self), text.length());
      watch.characters(size[0]);
    }
  }

  private static void add(Watch watch, Object value, boolean objects, int depth, long[] size) {
    size[0] += value instanceof CharSequence text ? text.length() : 1;
    watch.characters(size[0]);
    if (depth > watch.limits().depth()) {
      return; // a list within itself; the function has its own answer to that
    }
    if (value instanceof NativeArray array) {
      watch.elements((double) array.getLength());
      for (int i = 0; i < array.getLength(); i++) {
        add(watch, array.get(i, array), objects, depth + 1, size);
      }
    } else if (objects && value instanceof ScriptableObject object) {
      for (Object id : object.getIds()) {
        if (id instanceof String key) {
          add(watch, object.get(key, object), true, depth + 1, size);
        } else if (id instanceof Integer index) {
          add(watch, object.get(index, object), true, depth + 1, size);
        }
      }
    }
  }
}

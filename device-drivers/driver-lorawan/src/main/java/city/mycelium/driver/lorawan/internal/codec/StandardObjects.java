package city.mycelium.driver.lorawan.internal.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.SymbolKey;
import org.mozilla.javascript.TopLevel;

/**
 * What every script finds: the objects of ECMAScript, guarded, with nothing of Java among them, and
 * what codecs expect besides ({@code prelude.js}). Used by one thread at a time.
 *
 * <p>Made in about a millisecond, and so shared by one call after the other; sealed, so that
 * nothing is left in it for the next.
 */
final class StandardObjects {

  /** Rhino's own additions: ways to Java, to the engine's inside, or of no use. */
  private static final List<String> NOT_FOR_SCRIPTS =
      List.of(
          "Packages",
          "java",
          "javax",
          "org",
          "com",
          "edu",
          "net",
          "getClass",
          "JavaAdapter",
          "JavaException",
          "CallSite",
          "JavaImporter",
          "importClass",
          "importPackage",
          "Continuation",
          "With",
          "Call",
          "Script",
          "Iterator",
          "StopIteration",
          "XML",
          "XMLList",
          "Namespace",
          "QName",
          "isXMLName",
          "uneval");

  private static final List<String> TYPED_ARRAYS =
      List.of(
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array");

  private static final String PRELUDE = read("prelude.js");
  private static final String PROTOTYPE = "prototype";
  private static final String CONSTRUCTOR = "constructor";

  private final TopLevel scope;

  /** A list of the objects that no name leads to. */
  private final Object hidden;

  private StandardObjects(TopLevel scope, Object hidden) {
    this.scope = scope;
    this.hidden = hidden;
  }

  /** For one call after the other. */
  static StandardObjects shared(Watch watch, Script prelude) {
    StandardObjects objects = make(watch, prelude);
    objects.seal();
    return objects;
  }

  /** For one call only, which may change them. */
  static StandardObjects own(Watch watch, Script prelude) {
    return make(watch, prelude);
  }

  static Script prelude(Watch watch) {
    return watch.compileString(PRELUDE, "prelude.js", 1, null);
  }

  private static StandardObjects make(Watch watch, Script prelude) {
    TopLevel scope = new TopLevel();
    watch.initSafeStandardObjects(scope, false);
    for (String name : NOT_FOR_SCRIPTS) {
      ScriptableObject.deleteProperty(scope, name);
    }
    if (!watch.limits().bigIntegers()) {
      ScriptableObject.deleteProperty(scope, "BigInt");
      ScriptableObject.deleteProperty(scope, "BigInt64Array");
      ScriptableObject.deleteProperty(scope, "BigUint64Array");
    }
    guard(scope);
    // Its functions are interpreted, and need no guard.
    Object hidden = prelude.exec(watch, scope, scope);
    return new StandardObjects(scope, hidden);
  }

  /** A new global object for one call, over these. */
  Scriptable fresh() {
    return new Fresh(scope);
  }

  /** A global object of a script's own, which finds what it does not have in the shared one. */
  private static final class Fresh extends TopLevel {

    private static final long serialVersionUID = 1L;

    private final TopLevel standard;

    // Rhino wants its objects set up by themselves; nobody extends it
    @SuppressWarnings("this-escape")
    Fresh(TopLevel standard) {
      this.standard = standard;
      setPrototype(standard);
      defineProperty("globalThis", this, DONTENUM);
      defineProperty("global", this, DONTENUM);
    }

    @Override
    public BaseFunction getBuiltinCtor(Builtins type) {
      return standard.getBuiltinCtor(type);
    }

    @Override
    public Scriptable getBuiltinPrototype(Builtins type) {
      return standard.getBuiltinPrototype(type);
    }
  }

  // --- guards --------------------------------------------------------------------------------

  private static void guard(ScriptableObject scope) {
    Object array = scope.get("Array", scope);
    if (array instanceof BaseFunction function
        && function.getPrototypeProperty() instanceof ScriptableObject prototype) {
      guardIterator(prototype, scope);
    }
    guardClass("Array", scope);
    guardClass("String", scope);
    guardClass("ArrayBuffer", scope);
    if (scope.get("Uint8Array", scope) instanceof BaseFunction bytes
        && bytes.getPrototypeProperty() instanceof Scriptable prototype
        && prototype.getPrototype() instanceof ScriptableObject common) {
      guardMembers(common, scope); // where an engine has it: %TypedArray%.prototype
    }
    for (String name : TYPED_ARRAYS) {
      guardClass(name, scope);
    }
    for (String name : List.of("Map", "Set", "WeakMap", "WeakSet")) {
      guardConstructor(name, scope);
    }
    for (String name : List.of("JSON", "Reflect")) {
      if (scope.get(name, scope) instanceof ScriptableObject object) {
        guardMembers(object, scope);
      }
    }
    if (scope.get("Object", scope) instanceof BaseFunction objects
        && objects.getPrototypeProperty() instanceof ScriptableObject prototype) {
      for (String name : Guard.CHANGING) {
        guardMember(objects, name, scope);
        guardMember(prototype, name, scope);
      }
    }
    if (ScriptableObject.getFunctionPrototype(scope) instanceof ScriptableObject functions) {
      guardMember(functions, "apply", scope);
    }
    if (scope.get("Symbol", scope) instanceof ScriptableObject symbols) {
      symbols.delete("for"); // a registry for all scripts, which nobody would ever empty
      symbols.delete("keyFor");
    }
  }

  private static void guardClass(String name, ScriptableObject scope) {
    if (scope.get(name, scope) instanceof BaseFunction constructor
        && constructor.getPrototypeProperty() instanceof ScriptableObject prototype) {
      guardMembers(prototype, scope);
      guardConstructor(name, scope);
    }
  }

  private static void guardMembers(ScriptableObject object, ScriptableObject scope) {
    for (Object id : object.getAllIds()) {
      if (id instanceof String name && !name.equals(CONSTRUCTOR) && !name.equals(PROTOTYPE)) {
        guardMember(object, name, scope);
      }
    }
  }

  private static void guardMember(ScriptableObject object, String name, ScriptableObject scope) {
    if (!name.equals("__proto__")
        && value(object, name) instanceof BaseFunction function
        && !(function instanceof Guard)) {
      int attributes = object.getAttributes(name);
      object.defineProperty(name, new Guard(name, function, scope, false), attributes);
    }
  }

  /** What is there; null for a getter that wants an instance of its class. */
  private static @Nullable Object value(ScriptableObject object, String name) {
    try {
      return object.get(name, object);
    } catch (RhinoException e) { // such as byteLength, asked of the prototype
      return null;
    }
  }

  /** Spread and destructuring walk through what this gives, in Java. */
  private static void guardIterator(ScriptableObject prototype, ScriptableObject scope) {
    Symbol iterator = SymbolKey.ITERATOR;
    if (prototype.get(iterator, prototype) instanceof BaseFunction values) {
      prototype.defineProperty(
          iterator, new Guard("values", values, scope, false), ScriptableObject.DONTENUM);
    }
  }

  private static void guardConstructor(String name, ScriptableObject scope) {
    if (!(scope.get(name, scope) instanceof BaseFunction constructor)) {
      return;
    }
    Guard guard = new Guard(name, constructor, scope, true);
    for (Object id : constructor.getAllIds()) {
      if (id instanceof String member
          && !Set.of("length", "name", "arity", "arguments", PROTOTYPE).contains(member)) {
        Object value = constructor.get(member, constructor);
        guard.defineProperty(
            member,
            value instanceof BaseFunction function
                ? new Guard(member, function, scope, false)
                : value,
            constructor.getAttributes(member));
      }
    }
    if (constructor.getPrototypeProperty() instanceof ScriptableObject prototype) {
      prototype.defineProperty(CONSTRUCTOR, guard, ScriptableObject.DONTENUM);
    }
    scope.defineProperty(name, guard, ScriptableObject.DONTENUM);
  }

  // --- sealing -------------------------------------------------------------------------------

  /** Everything that a script can reach. */
  private void seal() {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (hidden instanceof NativeArray objects) {
      for (int i = 0; i < objects.getLength(); i++) {
        seal(objects.get(i, objects), seen);
      }
    }
    seal(scope, seen);
  }

  private static void seal(@Nullable Object value, Set<Object> seen) {
    if (!(value instanceof ScriptableObject object) || !seen.add(object)) {
      return;
    }
    for (Object id : object.getAllIds()) {
      if (id instanceof String name) {
        seal(value(object, name), seen);
      }
    }
    if (object instanceof Function) {
      seal(object.get(PROTOTYPE, object), seen);
    }
    if (object.getPrototype() != null) {
      seal(object.getPrototype(), seen);
    }
    object.sealObject();
  }

  private static String read(String resource) {
    try (InputStream stream = StandardObjects.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing from the bundle");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

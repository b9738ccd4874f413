package city.mycelium.driver.lorawan.internal.codec;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * A compiled script, called as The Things Stack calls it: {@code decodeUplink({bytes, fPort,
 * recvTime})}, or the older {@code Decoder(bytes, fPort)}, or ChirpStack's older {@code
 * Decode(fPort, bytes, variables)}; then {@code normalizeUplink({data})} if there is one. Every
 * call begins with a new global object, and what it gives leaves as the text of its JSON.
 *
 * <p>Safe for use by many threads.
 */
final class RhinoCodec implements RunnableCodec {

  // Json.createReader and its like search the class path for a provider, each time: with many jars
  // that took more than the rest of an uplink.
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private final RhinoEngine engine;
  private final Script script;

  /** Whether the script changes the standard objects, and so has to have its own. */
  private volatile boolean needsOwnObjects;

  RhinoCodec(RhinoEngine engine, Script script) {
    this.engine = engine;
    this.script = script;
  }

  boolean needsOwnObjects() {
    return needsOwnObjects;
  }

  @Override
  public Answer run(CodecInput input) {
    try {
      return within(engine.limits().deadline(), (watch, scope) -> decode(watch, scope, input));
    } catch (Stopped e) {
      return Answer.stopped(text(e));
    } catch (StackOverflowError e) {
      return Answer.stopped("stopped: the script's functions call each other without end");
    } catch (OutOfMemoryError e) { // one request too big for the heap; nothing was taken
      return Answer.stopped("stopped: the script asked for more memory than there is");
    } catch (EvaluatorException e) {
      return RhinoEngine.isTooDeep(e)
          ? Answer.stopped(RhinoEngine.tooDeep(engine.limits()))
          : Answer.failed(RhinoEngine.reason(e));
    } catch (RhinoException e) {
      return Answer.failed(RhinoEngine.reason(e));
    } catch (RuntimeException e) { // whatever is wrong inside the engine is wrong for this script
      return Answer.failed("the script engine failed: " + e);
    }
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  /**
   * Runs the script's own lines and sees whether there is something to call.
   *
   * @return whether there is
   * @throws RhinoException what the script throws
   * @throws Stopped if it does not come to an end
   */
  boolean tryOut() {
    return within(
        engine.limits().installDeadline(),
        (watch, scope) -> {
          Module module = load(watch, scope);
          return module.has("decodeUplink") || module.has("Decoder") || module.has("Decode");
        });
  }

  private interface Work<T> {
    T in(Watch watch, Scriptable scope);
  }

  private <T> T within(Duration deadline, Work<T> work) {
    if (!needsOwnObjects) {
      try (Watch watch = engine.watch()) {
        StandardObjects objects = engine.take(watch);
        watch.begin(deadline);
        try {
          T result = work.in(watch, objects.fresh());
          if (!watch.hasTriedToChangeStandardObjects()) {
            return result;
          }
        } catch (RhinoException e) {
          if (!watch.hasTriedToChangeStandardObjects()) {
            throw e;
          }
        } finally {
          engine.giveBack(objects);
        }
      }
      needsOwnObjects = true;
    }
    try (Watch watch = engine.watch()) {
      StandardObjects objects = engine.own(watch);
      watch.begin(deadline);
      return work.in(watch, objects.fresh());
    }
  }

  // --- calling -------------------------------------------------------------------------------

  /** What the script has defined, as a global or as an export. */
  private record Module(Watch watch, Scriptable scope, Scriptable module) {

    boolean has(String name) {
      return get(name) != null;
    }

    @org.jspecify.annotations.Nullable
    Function get(String name) {
      if (ScriptableObject.getProperty(scope, name) instanceof Function function) {
        return function;
      }
      return ScriptableObject.getProperty(module, "exports") instanceof Scriptable exports
              && ScriptableObject.getProperty(exports, name) instanceof Function function
          ? function
          : null;
    }

    Object call(Function function, Object... arguments) {
      return function.call(watch, scope, scope, arguments);
    }
  }

  private Module load(Watch watch, Scriptable scope) {
    Scriptable module = watch.newObject(scope);
    Scriptable exports = watch.newObject(scope);
    module.put("exports", module, exports);
    scope.put("module", scope, module);
    scope.put("exports", scope, exports);
    script.exec(watch, scope, scope);
    return new Module(watch, scope, module);
  }

  private Answer decode(Watch watch, Scriptable scope, CodecInput input) {
    // Made before the script can put objects of its own in the way.
    Scriptable bytes = bytes(watch, scope, input.bytes());
    Scriptable variables = watch.newObject(scope);
    Scriptable argument = watch.newObject(scope);
    argument.put("bytes", argument, bytes);
    argument.put("fPort", argument, input.fPort());
    argument.put("variables", argument, variables);
    argument.put(
        "recvTime",
        argument,
        watch.newObject(scope, "Date", new Object[] {(double) input.recvTimeMillis()}));
    Module module = load(watch, scope);
    Function decodeUplink = module.get("decodeUplink");
    if (decodeUplink != null) {
      return answer(module, module.call(decodeUplink, argument));
    }
    Function decoder = module.get("Decoder");
    Object data;
    if (decoder != null) {
      data = module.call(decoder, bytes, input.fPort(), variables);
    } else {
      Function decode = module.get("Decode");
      if (decode == null) {
        return Answer.failed(RhinoEngine.NOTHING_TO_CALL);
      }
      data = module.call(decode, input.fPort(), bytes, variables);
    }
    return fields(module, data, new ArrayList<>());
  }

  private static Scriptable bytes(Watch watch, Scriptable scope, byte[] payload) {
    Object[] numbers = new Object[payload.length];
    for (int i = 0; i < payload.length; i++) {
      numbers[i] = payload[i] & 0xff;
    }
    return watch.newArray(scope, numbers);
  }

  private Answer answer(Module module, Object returned) {
    if (!(returned instanceof Scriptable result) || returned instanceof Function) {
      return Answer.failed("the script's decodeUplink returned no object with data or errors");
    }
    List<String> errors = texts(ScriptableObject.getProperty(result, "errors"));
    if (!errors.isEmpty()) {
      return new Answer(new Decoded.Failed(errors), false);
    }
    List<String> warnings = texts(ScriptableObject.getProperty(result, "warnings"));
    return fields(module, ScriptableObject.getProperty(result, "data"), warnings);
  }

  private Answer fields(Module module, Object data, List<String> warnings) {
    if (!(data instanceof Scriptable) || data instanceof NativeArray || data instanceof Function) {
      return Answer.failed("the script gave no data for this payload");
    }
    JsonValue decoded = json(module, data);
    if (!(decoded instanceof JsonObject object)) {
      return Answer.failed("the script's data is no object of named fields");
    }
    List<String> all = new ArrayList<>(warnings);
    JsonArray normalized = normalized(module, data, all);
    return new Answer(new Decoded.Fields(object, all, normalized), false);
  }

  private JsonArray normalized(Module module, Object data, List<String> warnings) {
    Function normalize = module.get("normalizeUplink");
    JsonArrayBuilder measurements = BUILDERS.createArrayBuilder();
    if (normalize == null) {
      return measurements.build();
    }
    Scriptable argument = module.watch().newObject(module.scope());
    argument.put("data", argument, data);
    try {
      if (!(module.call(normalize, argument) instanceof Scriptable result)) {
        warnings.add("normalizeUplink returned nothing");
        return measurements.build();
      }
      texts(ScriptableObject.getProperty(result, "errors"))
          .forEach(error -> warnings.add("normalizeUplink: " + error));
      warnings.addAll(texts(ScriptableObject.getProperty(result, "warnings")));
      JsonValue value = json(module, ScriptableObject.getProperty(result, "data"));
      if (value instanceof JsonArray array) {
        return array;
      }
      if (value instanceof JsonObject object) {
        measurements.add(object);
      }
    } catch (RhinoException e) { // what was decoded stands
      warnings.add("normalizeUplink: " + RhinoEngine.reason(e));
    }
    return measurements.build();
  }

  /** A list of the script's words, whatever it put into it. */
  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof NativeArray array) {
      for (int i = 0; i < array.getLength(); i++) {
        texts.add(Context.toString(array.get(i, array)));
      }
    } else if (value instanceof CharSequence text && !text.isEmpty()) {
      texts.add(text.toString());
    }
    return texts;
  }

  // --- leaving -------------------------------------------------------------------------------

  /** As text and back, so that nothing of the engine gets out; {@code NULL} for no JSON. */
  private static JsonValue json(Module module, Object value) {
    Object text =
        NativeJSON.stringify(
            module.watch(), module.scope(), value, new Counter(), Undefined.instance);
    if (!(text instanceof CharSequence characters)) {
      return JsonValue.NULL;
    }
    try (JsonReader reader = READERS.createReader(new StringReader(characters.toString()))) {
      return reader.readValue();
    } catch (JsonException e) {
      throw new EvaluatorException(
          "what the script returned cannot be written as JSON: " + text(e));
    }
  }

  /** Sees every value that goes into a JSON text, and stops one that would be too big. */
  private static final class Counter extends BaseFunction {

    private static final long serialVersionUID = 1L;

    private long characters;

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
      Watch watch = Watch.of(context);
      characters += 1 + arguments[0].toString().length();
      if (arguments[1] instanceof CharSequence text) {
        characters += text.length();
      }
      watch.characters(characters);
      watch.check();
      return arguments[1];
    }
  }
}

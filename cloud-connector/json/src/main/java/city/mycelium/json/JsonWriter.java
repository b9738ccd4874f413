package city.mycelium.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text to memory, value by value, in the order in which it is told. A member is a
 * name and then a value; most methods take both. For one thread, and one text: after {@link
 * #toBytes} it is done.
 *
 * <p>What cannot be JSON is a mistake of the caller's and an {@link IllegalStateException}: a
 * member without a name, an end too many.
 */
public final class JsonWriter {

  private static final double LARGEST_WHOLE = 1e15;
  private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

  private final ByteArrayBuilder bytes = new ByteArrayBuilder();
  private final JsonGenerator json;

  // What was observed together has one time: written once, it need not be worked out again.
  private long lastTime;
  private String lastTimeText = "1970-01-01T00:00:00Z";

  /** On one line. */
  public JsonWriter() {
    try {
      json = Factory.JSON.createGenerator(bytes);
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  /** For people too: a line each, indented by two spaces, lists of values on one line. */
  public static JsonWriter indented() {
    JsonWriter writer = new JsonWriter();
    writer.json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(TWO_SPACES));
    return writer;
  }

  /** Begins an object. */
  public JsonWriter object() {
    try {
      json.writeStartObject();
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter object(String name) {
    return name(name).object();
  }

  /** Begins a list. */
  public JsonWriter list() {
    try {
      json.writeStartArray();
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter list(String name) {
    return name(name).list();
  }

  /** Ends the object or list that was begun last. */
  public JsonWriter end() {
    try {
      if (json.getOutputContext().inArray()) {
        json.writeEndArray();
      } else {
        json.writeEndObject();
      }
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  /** Of the member whose value comes next. */
  public JsonWriter name(String name) {
    try {
      json.writeFieldName(WellFormed.of(name));
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  /** A text; half of a surrogate pair, which has no form in UTF-8, becomes U+FFFD. */
  public JsonWriter text(String value) {
    try {
      json.writeString(WellFormed.of(value));
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter text(String name, String value) {
    return name(name).text(value);
  }

  /** A whole number. */
  public JsonWriter number(long value) {
    try {
      json.writeNumber(value);
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter number(String name, long value) {
    return name(name).number(value);
  }

  /**
   * A double in the fewest digits that are read back as the same: {@code 23.5}, {@code 5.0}, {@code
   * 1.0E-5}.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public JsonWriter number(double value) {
    try {
      json.writeNumber(finite(value));
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter number(String name, double value) {
    return name(name).number(value);
  }

  /**
   * The same as people write it, for readers whose schemas want whole numbers where they are whole:
   * {@code 23.5}, {@code 5}, {@code 0.00001}.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public JsonWriter decimal(double value) {
    try {
      double size = Math.abs(finite(value));
      if (value == Math.rint(value) && size < LARGEST_WHOLE) {
        json.writeNumber((long) value);
      } else if (size >= 1e-3 && size < 1e7) { // where the shortest form has no exponent
        json.writeNumber(value);
      } else {
        json.writeNumber(
            new BigDecimal(NumberOutput.toString(value, true))
                .stripTrailingZeros()
                .toPlainString());
      }
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter decimal(String name, double value) {
    return name(name).decimal(value);
  }

  public JsonWriter truth(boolean value) {
    try {
      json.writeBoolean(value);
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public JsonWriter truth(String name, boolean value) {
    return name(name).truth(value);
  }

  /**
   * A time as ISO 8601 has it, in UTC: {@code 2026-11-23T12:00:00Z}, with milliseconds where there
   * are any.
   *
   * @param epochMillis UTC epoch milliseconds
   */
  public JsonWriter time(long epochMillis) {
    if (epochMillis != lastTime) {
      lastTime = epochMillis;
      lastTimeText = Instant.ofEpochMilli(epochMillis).toString();
    }
    return text(lastTimeText);
  }

  public JsonWriter time(String name, long epochMillis) {
    return name(name).time(epochMillis);
  }

  /** A null. */
  public JsonWriter nothing() {
    try {
      json.writeNull();
      return this;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  /**
   * Any value, as {@link JsonReader} gives it or as {@link JsonObject#of} takes it.
   *
   * @throws IllegalArgumentException if something in it has no form in JSON
   */
  public JsonWriter value(@Nullable Object value) {
    return plain(JsonObject.plain(value));
  }

  public JsonWriter value(String name, @Nullable Object value) {
    return name(name).value(value);
  }

  private JsonWriter plain(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      object();
      for (Map.Entry<String, @Nullable Object> member : object.members().entrySet()) {
        name(member.getKey()).plain(member.getValue());
      }
      return end();
    }
    if (value instanceof List<?> list) {
      list();
      list.forEach(this::plain);
      return end();
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Long whole) {
      return number(whole.longValue());
    }
    if (value instanceof Double number) {
      return number(number.doubleValue());
    }
    return value instanceof Boolean truth ? truth(truth) : nothing();
  }

  /** All of it, UTF-8. */
  public byte[] toBytes() {
    if (!json.getOutputContext().inRoot()) {
      throw new IllegalStateException("an object or list has no end yet");
    }
    try {
      json.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no form for " + value);
    }
    return value;
  }

  /** Memory does not fail to be written: what Jackson complains of is how it was called. */
  private static IllegalStateException wrong(IOException e) {
    return new IllegalStateException("that is no JSON: " + e.getMessage(), e);
  }
}

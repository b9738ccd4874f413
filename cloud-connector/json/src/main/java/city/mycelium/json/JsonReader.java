package city.mycelium.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON whole. A value is one of Java's own, immutable: a {@link JsonObject}, a List, a
 * String, a Long (a whole number of at most 63 bits and a sign), a Double (any other finite
 * number), a Boolean, or null.
 *
 * <p>What strangers send is bounded in every direction; a name that comes twice in one object is
 * refused, for readers do not agree on which of the two counts (RFC 8259, 4). Safe for use by many
 * threads.
 */
public final class JsonReader {

  public static final int MOST_BYTES = 16 * 1024 * 1024;
  public static final int MOST_DEPTH = 32;
  public static final int MOST_NAME_BYTES = 512;
  public static final int MOST_TEXT_CHARS = 65_536;

  /** The longest double without an exponent has 327. */
  public static final int MOST_NUMBER_CHARS = 400;

  /** Values, names and brackets: what is short in bytes may be large in memory. */
  public static final int MOST_TOKENS = 2_000_000;

  private JsonReader() {}

  /**
   * The one value in these bytes, which are UTF-8.
   *
   * @throws JsonException if there is not just one, or it is beyond the bounds
   */
  public static @Nullable Object value(byte[] json) throws JsonException {
    if (json.length > MOST_BYTES) {
      throw new JsonException(
          "there are " + json.length + " bytes of JSON, of which at most " + MOST_BYTES + " go in");
    }
    try (JsonParser parser = Factory.JSON.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("there is nothing in it");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonException("something follows where the JSON ends");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonException(e.getOriginalMessage() + place(e), e);
    } catch (IOException e) { // bytes that are no characters
      throw new JsonException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The one object in these bytes.
   *
   * @throws JsonException if they are anything else
   */
  public static JsonObject object(byte[] json) throws JsonException {
    if (value(json) instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("it should be an object");
  }

  /**
   * The one object in this text.
   *
   * @throws JsonException if it is anything else
   */
  public static JsonObject object(String json) throws JsonException {
    return object(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The one list in these bytes.
   *
   * @throws JsonException if they are anything else
   */
  public static List<?> list(byte[] json) throws JsonException {
    if (value(json) instanceof List<?> list) {
      return list;
    }
    throw new JsonException("it should be a list");
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token)
      throws IOException, JsonException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) finite(parser)
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> finite(parser);
      default -> throw new JsonException("a value was expected, not " + token);
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException, JsonException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return JsonObject.having(members);
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException, JsonException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return List.of();
    }
    List<@Nullable Object> list = new ArrayList<>();
    while (token != JsonToken.END_ARRAY) {
      list.add(value(parser, token));
      token = parser.nextToken();
    }
    return Collections.unmodifiableList(list);
  }

  private static Double finite(JsonParser parser) throws IOException, JsonException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new JsonException("a number is too large for a double");
    }
    return value;
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}

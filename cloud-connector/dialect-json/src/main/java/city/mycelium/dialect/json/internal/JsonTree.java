package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message read as a whole: objects as {@code Map}, arrays as {@code List}, whole numbers as
 * {@code Long}, others as {@code Double}, null as null.
 */
final class JsonTree {

  private JsonTree() {}

  static @Nullable Object read(byte[] payload) throws UnreadableMessageException {
    try (JsonParser parser = JsonText.parser(payload)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new UnreadableMessageException("the message is empty, but should be JSON");
      }
      Object tree = value(parser, first);
      if (parser.nextToken() != null) {
        throw new UnreadableMessageException("something follows the end of the JSON");
      }
      return tree;
    } catch (IOException e) {
      throw new UnreadableMessageException("the message is no JSON: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token)
      throws IOException, UnreadableMessageException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new UnreadableMessageException("the JSON is cut short");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser)
      throws IOException, UnreadableMessageException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser)
      throws IOException, UnreadableMessageException {
    List<@Nullable Object> array = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      array.add(value(parser, token));
      token = parser.nextToken();
    }
    return array;
  }

  static <T> T as(@Nullable Object value, Class<T> type, String what)
      throws UnreadableMessageException {
    if (!type.isInstance(value)) {
      throw new UnreadableMessageException(
          what + " should be a " + type.getSimpleName() + " in JSON, not " + value);
    }
    return Objects.requireNonNull(type.cast(value));
  }

  static Map<?, ?> object(@Nullable Object value, String what) throws UnreadableMessageException {
    return as(value, Map.class, what);
  }

  static List<?> array(@Nullable Object value, String what) throws UnreadableMessageException {
    return as(value, List.class, what);
  }

  /** A number, whole or not. */
  static double number(@Nullable Object value, String what) throws UnreadableMessageException {
    return as(value, Number.class, what).doubleValue();
  }
}

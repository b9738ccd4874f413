package city.mycelium.cli;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Verb;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Message as a line of JSON, and back. */
final class MessageLine {

  private MessageLine() {}

  /**
   * Writes it.
   *
   * @param farewell whether it is what the far end says when the gateway vanishes
   */
  static JsonObject write(Message message, boolean farewell) {
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("verb", message.verb().name())
            .add("target", message.channel());
    if (!message.headers().isEmpty()) {
      JsonObjectBuilder headers = Json.createObjectBuilder();
      new TreeMap<>(message.headers()).forEach(headers::add);
      line.add("headers", headers);
    }
    line.add("mediaType", message.mediaType());
    if (message.retained()) {
      line.add("retained", true);
    }
    if (message.qos() == Qos.AT_MOST_ONCE) {
      line.add("atMostOnce", true);
    }
    if (farewell) {
      line.add("farewell", true);
    }
    String text = text(message.payload());
    return text == null
        ? line.add("base64", Base64.getEncoder().encodeToString(message.payload())).build()
        : line.add("payload", text).build();
  }

  /** The bytes as text a person can read; null if they are none. */
  private static @Nullable String text(byte[] payload) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      boolean isReadable =
          text.chars().noneMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0);
      return isReadable ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if it is none; says in a sentence what is wrong
   */
  static Message read(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject line = reader.readObject();
      Map<String, String> headers = new TreeMap<>();
      if (line.get("headers") instanceof JsonObject named) {
        named.forEach(
            (name, value) ->
                headers.put(
                    name, value instanceof JsonString s ? s.getString() : value.toString()));
      }
      return new Message(
          Verb.valueOf(line.getString("verb", "POST")),
          required(line, "target"),
          headers,
          line.getString("mediaType", "application/octet-stream"),
          line.containsKey("base64")
              ? Base64.getDecoder().decode(required(line, "base64"))
              : required(line, "payload").getBytes(StandardCharsets.UTF_8),
          line.getBoolean("retained", false),
          line.getBoolean("atMostOnce", false) ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE);
    } catch (JsonException e) {
      throw new IllegalArgumentException("this is no JSON object", e);
    }
  }

  private static String required(JsonObject line, String member) {
    JsonValue value = line.get(member);
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw new IllegalArgumentException(
        "a line needs target and payload (or base64) as texts, as encode writes it; "
            + member
            + " is "
            + (value == null ? "missing" : value));
  }
}

package city.mycelium.shell.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON request, one JSON answer: {@code {"command":"device adopt","arguments":{"device":"…"}}}
 * is answered by {@code {"ok":true,"answer":{…}}} or {@code {"ok":false,"error":"…"}}. Safe for use
 * by many threads.
 */
public final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Map<String, Command> commands = new ConcurrentHashMap<>();

  private record Request(String command, Map<String, String> arguments) {}

  public void add(Command command) {
    commands.put(command.name(), command);
  }

  public void remove(Command command) {
    commands.remove(command.name(), command);
  }

  /** Never throws: whatever is wrong is said in the answer. */
  public String answer(String text) {
    Request request;
    try {
      request = read(text);
    } catch (RuntimeException e) { // the parser has a kind for each trouble
      return refusal("this is not a request: " + e.getMessage());
    }
    Command command = commands.get(request.command());
    if (command == null) {
      return refusal(
          "there is no command '"
              + request.command()
              + "' here. Known are: "
              + new TreeMap<>(commands).keySet()
              + ". A gateway that has just started may still be bringing it: ask again in a minute");
    }
    try {
      return Json.createObjectBuilder()
          .add("ok", true)
          .add("answer", toJson(command.run(request.arguments())))
          .build()
          .toString();
    } catch (CommandException e) {
      return refusal(String.valueOf(e.getMessage()));
    } catch (Throwable e) { // the supervisor: a defect of one command must not end the conversation
      LOG.error("Command '{}' failed: a defect in Mycelium, please report it", command.name(), e);
      return refusal("the command failed, which is a defect; the gateway's log says more: " + e);
    }
  }

  /** A command's answer as JSON. */
  public static JsonObject toJson(Map<String, Object> answer) {
    return Json.createObjectBuilder(answer).build();
  }

  private static Request read(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      JsonObject object = parser.getObject();
      if (parser.hasNext()) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      if (!(object.get("command") instanceof JsonString command)) {
        throw new IllegalArgumentException("'command' must be there, as a text");
      }
      return new Request(command.getString(), arguments(object));
    }
  }

  private static Map<String, String> arguments(JsonObject request) {
    JsonValue given = request.getOrDefault("arguments", JsonValue.EMPTY_JSON_OBJECT);
    if (!(given instanceof JsonObject object)) {
      throw new IllegalArgumentException("'arguments' must be an object");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    object.forEach(
        (name, value) ->
            arguments.put(
                name, value instanceof JsonString string ? string.getString() : value.toString()));
    return arguments;
  }

  static String refusal(String why) {
    return Json.createObjectBuilder().add("ok", false).add("error", why).build().toString();
  }
}

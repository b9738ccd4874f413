package city.mycelium.driver.lorawan.internal.device;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON with comments, as the configuration is written in, and knows where everything is. */
final class LocatedJson {

  private static final int DEEPEST = 16;

  private final JsonParser parser;

  private LocatedJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The one value that the text holds.
   *
   * @throws Mistake if it is no JSON, or a name comes twice in an object
   */
  static Node read(String text) throws Mistake {
    try (JsonParser parser = Json.createParser(new StringReader(blank(text)))) {
      Event first = parser.next();
      Node node = new LocatedJson(parser).value(first, 1);
      if (parser.hasNext()) {
        throw new Mistake(line(parser.getLocation()), "something follows the end");
      }
      return node;
    } catch (JsonParsingException e) {
      // The parser's own words may show the character it stumbled over, and no more.
      throw new Mistake(
          line(e.getLocation()),
          "this is not JSON here: look for a missing comma, quote or bracket, or one too many");
    } catch (JsonException | java.util.NoSuchElementException e) {
      throw new Mistake(0, "the text ends too early: a bracket or quote is not closed");
    }
  }

  private Node value(Event event, int depth) throws Mistake {
    if (depth > DEEPEST) {
      throw new Mistake(line(parser.getLocation()), "this is nested too deep");
    }
    JsonLocation at = parser.getLocation();
    int end = (int) at.getStreamOffset();
    return switch (event) {
      case START_OBJECT -> object(at, depth);
      case START_ARRAY -> array(at, depth);
      case VALUE_STRING -> new Node(line(at), -1, end, parser.getString());
      case VALUE_NUMBER -> new Node(line(at), -1, end, parser.getBigDecimal());
      case VALUE_TRUE -> new Node(line(at), -1, end, true);
      case VALUE_FALSE -> new Node(line(at), -1, end, false);
      default -> new Node(line(at), -1, end, null);
    };
  }

  private Node object(JsonLocation at, int depth) throws Mistake {
    Map<String, Node> members = new LinkedHashMap<>();
    while (true) {
      Event event = parser.next();
      if (event == Event.END_OBJECT) {
        return new Node(line(at), start(at), here(), members);
      }
      String name = parser.getString();
      Node value = value(parser.next(), depth + 1);
      if (members.put(name, value) != null) {
        throw new Mistake(value.line(), "this name comes twice in one object; remove one");
      }
    }
  }

  private Node array(JsonLocation at, int depth) throws Mistake {
    List<Node> elements = new ArrayList<>();
    while (true) {
      Event event = parser.next();
      if (event == Event.END_ARRAY) {
        return new Node(line(at), start(at), here(), elements);
      }
      elements.add(value(event, depth + 1));
    }
  }

  private int here() {
    return (int) parser.getLocation().getStreamOffset();
  }

  private static int start(JsonLocation behindBracket) {
    return (int) behindBracket.getStreamOffset() - 1;
  }

  private static int line(JsonLocation at) {
    return (int) at.getLineNumber();
  }

  /** The text with blanks where it had comments; every character keeps its place. */
  static String blank(String text) {
    StringBuilder out = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
          at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
      } else if (text.startsWith("//", at)) {
        at = blank(out, at, behind(text, "\n", at));
      } else if (text.startsWith("/*", at)) {
        at = blank(out, at, behind(text, "*/", at + 2));
      } else {
        at++;
      }
    }
    return out.toString();
  }

  private static int behind(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private static int blank(StringBuilder out, int from, int to) {
    for (int at = from; at < to; at++) {
      if (out.charAt(at) != '\n') {
        out.setCharAt(at, ' ');
      }
    }
    return to;
  }
}

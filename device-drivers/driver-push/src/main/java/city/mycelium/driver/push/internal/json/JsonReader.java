package city.mycelium.driver.push.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON text (RFC 8259), strictly, and no deeper than a kit ever nests. */
public final class JsonReader {

  private static final int DEEPEST = 16;

  // RFC 8259, 6. Possessive: a long run of digits must not be tried over and over.
  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9]\\d*+)(?:\\.\\d++)?+(?:[eE][+-]?+\\d++)?+");

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The text is no JSON, or nested too deeply; the message says where and why. */
  public static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String why, int at) {
      super(why + " at character " + (at + 1), null, false, false);
    }
  }

  /**
   * Reads the whole text.
   *
   * @throws NotJson if it is not exactly one JSON value
   */
  public static Json read(String text) throws NotJson {
    JsonReader reader = new JsonReader(text);
    Json value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.notJson("the text goes on after its end");
    }
    return value;
  }

  private Json value(int depth) throws NotJson {
    if (depth > DEEPEST) {
      throw notJson("nested too deeply");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Truth(true));
      case 'f' -> word("false", new Json.Truth(false));
      case 'n' -> word("null", new Json.Nothing());
      default -> number();
    };
  }

  private Json members(int depth) throws NotJson {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return new Json.Members(members);
    }
    do {
      skipSpace();
      if (peek() != '"') {
        throw notJson("a name in quotes is expected");
      }
      String name = string();
      skipSpace();
      expect(':');
      members.put(name, value(depth + 1));
      skipSpace();
    } while (takeComma());
    expect('}');
    return new Json.Members(members);
  }

  private Json items(int depth) throws NotJson {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return new Json.Items(items);
    }
    do {
      items.add(value(depth + 1));
      skipSpace();
    } while (takeComma());
    expect(']');
    return new Json.Items(items);
  }

  private String string() throws NotJson {
    StringBuilder string = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      if (c < ' ') {
        throw notJson("the string does not end");
      }
      at++;
      if (c == '"') {
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws NotJson {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw notJson("no such escape");
    };
  }

  private char hexadecimal() throws NotJson {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw notJson("four hexadecimal digits are expected");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Json number() throws NotJson {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw notJson("a value is expected");
    }
    at = number.end();
    return new Json.Numeral(number.group());
  }

  private Json word(String word, Json value) throws NotJson {
    if (!text.startsWith(word, at)) {
      throw notJson("a value is expected");
    }
    at += word.length();
    return value;
  }

  private boolean takeComma() {
    boolean comma = peek() == ',';
    if (comma) {
      at++;
    }
    return comma;
  }

  private void expect(char expected) throws NotJson {
    if (peek() != expected) {
      throw notJson("'" + expected + "' is expected");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character; U+0000, which no JSON text holds, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private NotJson notJson(String why) {
    return new NotJson(at < text.length() ? why : "the text breaks off: " + why, at);
  }
}

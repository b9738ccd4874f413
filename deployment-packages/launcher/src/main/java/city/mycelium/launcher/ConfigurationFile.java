package city.mycelium.launcher;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one file of configuration: JSON with comments, each PID with an object of properties. */
final class ConfigurationFile {

  /** Keys that speak to the Configurator itself (OSGi Compendium 8, chapter 150). */
  static final String RESERVED = ":configurator:";

  /** A key written twice is a slip, of which one half would be lost without a word. */
  private static final JsonReaderFactory STRICT =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  /** How the parser says that something else should stand there. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "Invalid token=(\\w+).*?Expected tokens are: \\[([\\w, ]+)].*", Pattern.DOTALL);

  /** How the parser ends its messages; the position is ours to give. */
  private static final Pattern POSITION =
      Pattern.compile("\\s*(at )?\\(line no=.*", Pattern.DOTALL);

  private static final Map<String, String> WORDS =
      Map.of(
          "CURLYOPEN", "{",
          "CURLYCLOSE", "}",
          "SQUAREOPEN", "[",
          "SQUARECLOSE", "]",
          "COMMA", "a comma",
          "COLON", "a colon",
          "STRING", "a text in quotes",
          "NUMBER", "a number",
          "EOF", "the end of the file");

  private ConfigurationFile() {}

  /**
   * Reads a file.
   *
   * @throws LaunchException naming the file and, where the text is wrong, line and column
   */
  static JsonObject read(Path path) throws LaunchException {
    try {
      return parse(path, Files.readString(path));
    } catch (CharacterCodingException e) {
      throw new LaunchException(path + " is not UTF-8 text. Save it as UTF-8.", e);
    } catch (IOException e) {
      throw new LaunchException(path + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param path of the file, for the messages
   */
  static JsonObject parse(Path path, String text) throws LaunchException {
    if (!(value(path, text) instanceof JsonObject file)) {
      throw new LaunchException(path + " must hold one JSON object: { \"<pid>\": { … } }.");
    }
    for (Map.Entry<String, JsonValue> entry : file.entrySet()) {
      boolean pid = !entry.getKey().startsWith(RESERVED);
      if (pid && !(entry.getValue() instanceof JsonObject)) {
        throw new LaunchException(
            path
                + ": the value of \""
                + entry.getKey()
                + "\" must be an object: { \"<property>\": … }.");
      }
    }
    return file;
  }

  private static JsonValue value(Path path, String text) throws LaunchException {
    try (JsonReader reader = STRICT.createReader(new StringReader(JsonComments.blank(text)))) {
      return reader.readValue();
    } catch (JsonParsingException e) {
      throw new LaunchException(
          path
              + ", line "
              + e.getLocation().getLineNumber()
              + ", column "
              + e.getLocation().getColumnNumber()
              + ": "
              + inWords(String.valueOf(e.getMessage())),
          e);
    }
  }

  private static String inWords(String parserMessage) {
    if (parserMessage.startsWith("Duplicate")) {
      return POSITION.matcher(parserMessage).replaceFirst("") + ". Remove one.";
    }
    Matcher token = TOKEN.matcher(parserMessage);
    String what =
        token.matches()
            ? "found " + word(token.group(1)) + " where there must be " + words(token.group(2))
            : "this is not JSON";
    return what + ". Look here and just before for a comma, quote or bracket too many or missing.";
  }

  private static String words(String tokens) {
    return Arrays.stream(tokens.split(", "))
        .map(ConfigurationFile::word)
        .collect(Collectors.joining(" or "));
  }

  private static String word(String token) {
    return WORDS.getOrDefault(token, token.toLowerCase(Locale.ROOT));
  }
}

package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.PercentEncoding;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an Observation goes, such as {@code {thing}/{property}}: literal text, and words in braces
 * for which names stand in. A name is always one level: whatever in it could be a separator, a
 * wildcard (MQTT 5, 4.7) or a query (RFC 3986, 3.4) is percent-encoded. Immutable.
 */
final class TopicTemplate {

  private static final List<String> WORDS =
      List.of("gateway", "destination", "thing", "device", "datastream", "property", "window");
  private static final Pattern WORD = Pattern.compile("\\{([a-z]*)}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9\\-._~:@!$&'()*,;=?/%]*");

  private final String template;
  private final Names names;

  private TopicTemplate(String template, Names names) {
    this.template = template;
    this.names = names;
  }

  static TopicTemplate of(String template, Names names) throws SettingsException {
    Matcher words = WORD.matcher(template);
    while (words.find()) {
      if (!WORDS.contains(words.group(1))) {
        throw new SettingsException(
            "topic has {"
                + words.group(1)
                + "}, but the words are "
                + String.join(", ", new TreeSet<>(WORDS)));
      }
    }
    String shape = WORD.matcher(template).replaceAll("w");
    String path = shape.contains("?") ? shape.substring(0, shape.indexOf('?')) : shape;
    boolean hasOddLevel =
        List.of(path.split("/", -1)).stream()
            .anyMatch(level -> level.isEmpty() || level.equals(".") || level.equals(".."));
    if (!LITERAL.matcher(shape).matches() || hasOddLevel || shape.startsWith("$")) {
      throw new SettingsException(
          "topic is words and {words} with / between them, without + # spaces, empty levels, . and"
              + " .. as levels, or a $ at the beginning, not '"
              + template
              + "'");
    }
    for (Map<String, String> each :
        List.of(names.things(), names.datastreams(), names.properties())) {
      for (Map.Entry<String, String> name : each.entrySet()) {
        String to = name.getValue();
        if (to.isEmpty() || to.length() > 200 || to.equals(".") || to.equals("..")) {
          throw new SettingsException(
              "the mapping file calls "
                  + name.getKey()
                  + " '"
                  + to
                  + "', which cannot be a level of a topic: take 1 to 200 characters, not . or ..");
        }
      }
    }
    return new TopicTemplate(template, names);
  }

  String of(Link link, Described described) {
    return WORD.matcher(template)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(
                    PercentEncoding.of(value(word.group(1), link, described), ":")));
  }

  private String value(String word, Link link, Described described) {
    Datastream datastream = described.datastream();
    Duration window = datastream.window();
    return switch (word) {
      case "gateway" -> link.gateway().value();
      case "destination" -> link.destination();
      case "thing" -> names.of(datastream.thing()).orElse(datastream.thing().value());
      case "device" -> datastream.device().value();
      case "datastream" -> names.of(datastream.id()).orElse(datastream.id().value());
      case "property" -> names.of(datastream.property()).orElse(datastream.property().name());
      case "window" -> window == null ? "raw" : window.toString();
      default -> throw new IllegalStateException("checked at birth: " + word);
    };
  }
}

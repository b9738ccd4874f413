package city.mycelium.connector.mqtt.internal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a channel is found at a broker: a topic with the channel somewhere in it. It can be read
 * both ways, for what comes in comes on a topic too. Immutable.
 *
 * @param before what a topic begins with; may be empty
 * @param after what it ends with; may be empty
 */
public record TopicTemplate(String before, String after) {

  /** Channels are whole topics. */
  public static final TopicTemplate CHANNEL_ALONE = new TopicTemplate("", "");

  private static final String CHANNEL = "{channel}";

  /** A channel of the plainest kind, to look at the whole. */
  private static final String SOME_CHANNEL = "c";

  /**
   * Words with / between them: no wildcards (MQTT 5, 4.7.1), no empty level; what begins with a $
   * is the broker's (4.7.2), and some platforms take data there ({@code $aws/rules/}), but never
   * under these two.
   */
  private static final Pattern TOPIC =
      Pattern.compile("(?!\\$(SYS|share)/)[^+#\\s\\p{Cntrl}/]+(/[^+#\\s\\p{Cntrl}/]+)*");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}|[{}]");

  /** MQTT 5, 1.5.4: a string has at most so many bytes of UTF-8. */
  private static final int LONGEST_TOPIC = 65_535;

  /** As long as a channel can be; it is ASCII. */
  private static final int LONGEST_CHANNEL = 2_000;

  /**
   * Reads a template.
   *
   * @param text a topic with {@code {channel}} once in it, such as {@code city/{client}/{channel}}
   * @param words what the other placeholders stand for, by their names without braces
   * @throws IllegalArgumentException if it cannot become a topic; says why
   */
  public static TopicTemplate parse(String text, Map<String, String> words) {
    String filled = filled("topicTemplate", text, words);
    int at = filled.indexOf(CHANNEL);
    if (at < 0 || filled.indexOf(CHANNEL, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "topicTemplate holds {channel} exactly once, or nobody could tell data from status and"
              + " acknowledgement; not '"
              + text
              + "'");
    }
    return checked(
        "topicTemplate",
        text,
        new TopicTemplate(filled.substring(0, at), filled.substring(at + CHANNEL.length())));
  }

  /**
   * Channels as topics below a prefix.
   *
   * @param prefix empty if they are whole topics
   * @param words as in {@link #parse}
   * @throws IllegalArgumentException if it cannot be part of a topic; says why
   */
  public static TopicTemplate below(String prefix, Map<String, String> words) {
    if (prefix.isEmpty()) {
      return CHANNEL_ALONE;
    }
    String filled = filled("topicPrefix", prefix, words);
    if (filled.contains(CHANNEL)) {
      throw new IllegalArgumentException(
          "a topic prefix (topicPrefix) is what stands before the channel; for {channel} elsewhere"
              + " use topicTemplate");
    }
    return checked("a topic prefix (topicPrefix)", prefix, new TopicTemplate(filled + "/", ""));
  }

  /**
   * All placeholders but the channel's replaced, at once: what one stands for is not read again.
   */
  private static String filled(String setting, String text, Map<String, String> words) {
    Matcher found = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (found.find()) {
      String placeholder = found.group();
      String word =
          placeholder.length() < 2
              ? null
              : words.get(placeholder.substring(1, placeholder.length() - 1));
      if (word == null && !placeholder.equals(CHANNEL)) {
        throw new IllegalArgumentException(
            setting
                + " knows "
                + CHANNEL
                + words.keySet().stream()
                    .sorted()
                    .map(w -> ", {" + w + "}")
                    .reduce("", String::concat)
                + ", but not "
                + placeholder
                + " in '"
                + text
                + "'");
      }
      found.appendReplacement(filled, Matcher.quoteReplacement(word == null ? CHANNEL : word));
    }
    return found.appendTail(filled).toString();
  }

  private static TopicTemplate checked(String setting, String text, TopicTemplate template) {
    if (!TOPIC.matcher(template.topic(SOME_CHANNEL)).matches()) {
      throw new IllegalArgumentException(
          setting
              + " is words with / between them, none of them empty, without + # spaces or control"
              + " characters, and not below $SYS or $share; not '"
              + text
              + "'");
    }
    int longest = template.topic("").getBytes(StandardCharsets.UTF_8).length + LONGEST_CHANNEL;
    if (longest > LONGEST_TOPIC) {
      throw new IllegalArgumentException(
          setting
              + " is too long: with the channel a topic would have up to "
              + longest
              + " bytes, and MQTT allows "
              + LONGEST_TOPIC);
    }
    return template;
  }

  /** The topic of a channel. */
  String topic(String channel) {
    return before + channel + after;
  }

  /** The channel of a topic; empty if it is not one of ours. */
  Optional<String> channel(String topic) {
    int length = topic.length() - before.length() - after.length();
    return length > 0 && topic.startsWith(before) && topic.endsWith(after)
        ? Optional.of(topic.substring(before.length(), before.length() + length))
        : Optional.empty();
  }
}

package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {

  private static final Map<String, String> WORDS = Map.of("client", "kit-7", "gateway", "g1");

  @ParameterizedTest
  @CsvSource({
    "{channel},                  data",
    "city/{gateway}/{channel},   city/g1/data",
    "{channel}/of/{client},      data/of/kit-7",
    "a/{channel}-{client}/up,    a/data-kit-7/up",
    "$aws/rules/r/{channel},     $aws/rules/r/data",
    "a/$b/{channel},             a/$b/data"
  })
  void aChannelHasATopicAndATopicItsChannel(String text, String topic) {
    TopicTemplate template = TopicTemplate.parse(text, WORDS);
    assertThat(template.topic("data")).isEqualTo(topic);
    assertThat(template.channel(topic)).contains("data");
    assertThat(template.channel(template.topic("a/b/c"))).contains("a/b/c");
  }

  // docs/connect-mqtt.md: a cloud that wants to be told in the topic what a message is.
  @Test
  void aChannelMayBePartOfALevel() {
    TopicTemplate template =
        TopicTemplate.parse("devices/{client}/messages/events/$.{channel}", WORDS);
    assertThat(template.topic("ct=application%2Fjson&$.ce=utf-8"))
        .isEqualTo("devices/kit-7/messages/events/$.ct=application%2Fjson&$.ce=utf-8");
    assertThat(template.channel("devices/kit-7/messages/events/$.ct=x")).contains("ct=x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//z", "a/z", "b/data/z", "a/data", "a/data/zz", "", "a/"})
  void aTopicOfOthersHasNone(String topic) {
    assertThat(TopicTemplate.parse("a/{channel}/z", WORDS).channel(topic)).isEmpty();
  }

  /** Sparkplug and Kura say whole topics. */
  @Test
  void withoutAPrefixChannelsAreWholeTopics() {
    assertThat(TopicTemplate.below("", WORDS).topic("spBv1.0/STATE/h"))
        .isEqualTo("spBv1.0/STATE/h");
    assertThat(TopicTemplate.below("a/{client}", WORDS).topic("data")).isEqualTo("a/kit-7/data");
  }

  // MQTT 5, 4.7.1 to 4.7.3.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a",
        "a/",
        "a//b",
        "a/+/b",
        "a/#",
        "$SYS/a",
        "$share/g/a",
        "a b",
        "a\u0000b",
        "a\u007fb"
      })
  void whatIsNoTopicIsRefused(String text) {
    assertThatThrownBy(() -> TopicTemplate.below(text, WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic prefix");
    String before =
        text.startsWith("$") || text.startsWith("/") ? text + "/{channel}" : "{channel}/" + text;
    assertThatThrownBy(() -> TopicTemplate.parse(before, WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topicTemplate");
  }

  // A word that stands for something must not smuggle a level in that is none.
  @Test
  void whatAPlaceholderStandsForIsLookedAtToo() {
    assertThatThrownBy(() -> TopicTemplate.parse("a/{x}/{channel}", Map.of("x", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TopicTemplate.parse("a/{x}/{channel}", Map.of("x", "+")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TopicTemplate.parse("a/{x}/{channel}", Map.of("x", "b")).topic("c"))
        .isEqualTo("a/b/c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "", "{channel}/{channel}"})
  void aChannelStandsInItExactlyOnce(String text) {
    assertThatThrownBy(() -> TopicTemplate.parse(text, WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exactly once");
  }

  @ParameterizedTest
  @CsvSource({
    "a/{thing}/{channel}, {thing}",
    "a/{}/{channel},      {}",
    "a/{/{channel},       {",
    "a/}/{channel},       }",
    "a/{Channel},         {Channel}"
  })
  void aPlaceholderThatNobodyKnowsIsNamed(String text, String placeholder) {
    assertThatThrownBy(() -> TopicTemplate.parse(text, WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "knows {channel}, {client}, {gateway}, but not " + placeholder + " in");
  }

  @Test
  void aPrefixHasNoChannelInIt() {
    assertThatThrownBy(() -> TopicTemplate.below("a/{channel}/b", WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topicTemplate");
  }

  // MQTT 5, 1.5.4: 65,535 bytes; a character may take several. Channels have up to 2,000.
  @Test
  void aTopicLeavesRoomForTheLongestChannel() {
    String longest = "é".repeat(31_766) + "x"; // 63,533 bytes, then /
    assertThat(TopicTemplate.below(longest, WORDS).topic("ack")).isEqualTo(longest + "/ack");
    assertThat(TopicTemplate.parse("{channel}/" + longest, WORDS).topic("a")).endsWith("x");
    assertThatThrownBy(() -> TopicTemplate.below(longest + "xx", WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up to 65536 bytes");
  }
}

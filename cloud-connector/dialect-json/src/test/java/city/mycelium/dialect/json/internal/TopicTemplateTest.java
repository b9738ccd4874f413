package city.mycelium.dialect.json.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicTemplateTest {

  private static final Described NO2 = SampleCity.observations().get(0);

  private static String topic(String template, Names names) throws SettingsException {
    return TopicTemplate.of(template, names).of(SampleCity.link(Link.Proof.ANSWER), NO2);
  }

  private static Names called(String thing) {
    return new Names(Map.of("front-12", thing), Map.of(), Map.of());
  }

  @Test
  void wordsAreReplaced() throws SettingsException {
    assertThat(topic("city/{thing}/{property}", Names.NONE)).isEqualTo("city/front-12/NO2");
    assertThat(topic("{destination}/{device}/{window}", Names.NONE))
        .isEqualTo("city/paddenstoel.123/raw");
    assertThat(topic("in?from={gateway}", Names.NONE))
        .isEqualTo("in?from=mushroomgatewaymushroom234");
  }

  /** Nobody who chooses a name chooses where it goes. */
  @Test
  void aNameIsOneLevelAndNoWildcard() throws SettingsException {
    assertThat(topic("a/{datastream}", Names.NONE)).isEqualTo("a/paddenstoel.123%2FNO2");
    assertThat(topic("a/{thing}", called("x/../#+$é ?&%")))
        .isEqualTo("a/x%2F..%2F%23%2B%24%C3%A9%20%3F%26%25");
  }

  @Test
  void whatIsNoTopicIsRefusedWithWords() {
    for (String bad :
        List.of(
            "{thing",
            "{owner}",
            "a//b",
            "/a",
            "a/",
            "a/#",
            "+/{thing}",
            "a/../b",
            "$SYS/{thing}",
            "a b",
            "")) {
      assertThatThrownBy(() -> topic(bad, Names.NONE))
          .as(bad)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("topic");
    }
    for (String bad : List.of("..", ".", "")) {
      assertThatThrownBy(() -> topic("{thing}", called(bad)))
          .as(bad)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("mapping file");
    }
  }
}

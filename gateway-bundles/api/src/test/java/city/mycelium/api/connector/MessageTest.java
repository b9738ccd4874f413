package city.mycelium.api.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

  private static Message on(String channel) {
    return new Message(channel, "application/senml+json", new byte[0], false);
  }

  @Test
  void takesAChannelThatAnyTransportCanName() {
    assertThat(on("v1.1/$batch_data-x").channel()).isEqualTo("v1.1/$batch_data-x");
    assertThat(on("Things?$filter=name%20eq%20'a'&$top=1").channel())
        .isEqualTo("Things?$filter=name%20eq%20'a'&$top=1");
  }

  /** Above all the wildcards of MQTT. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+", "a#", "a\u0000b", "é", "{gateway}"})
  void refusesAChannelThatSomeTransportReadsOtherwise(String channel) {
    assertThatThrownBy(() -> on(channel)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAChannelOfEndlessLength() {
    assertThat(on("x".repeat(2000)).channel()).hasSize(2000);
    assertThatThrownBy(() -> on("x".repeat(2001))).isInstanceOf(IllegalArgumentException.class);
  }
}

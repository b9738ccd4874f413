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
  }

  /** Above all the wildcards of MQTT. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+", "a#", "a\u0000b", "é"})
  void refusesAChannelThatSomeTransportReadsOtherwise(String channel) {
    assertThatThrownBy(() -> on(channel)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAChannelOfEndlessLength() {
    assertThat(on("x".repeat(200)).channel()).hasSize(200);
    assertThatThrownBy(() -> on("x".repeat(201))).isInstanceOf(IllegalArgumentException.class);
  }
}

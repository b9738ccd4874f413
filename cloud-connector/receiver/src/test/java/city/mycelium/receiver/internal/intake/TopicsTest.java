package city.mycelium.receiver.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.receiver.Samples;
import city.mycelium.receiver.internal.intake.Topics.Channel;
import city.mycelium.receiver.internal.intake.Topics.Spoken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/wire.md, 2. */
class TopicsTest {

  private static final String ROUTE = "mushroomaaaabbbbccccdddd22/city";

  private final Topics topics = new Topics("mycelium");

  @Test
  void tellsWhoSpeaksAndOfWhat() throws Exception {
    assertThat(topics.parse("mycelium/1/" + ROUTE + "/data"))
        .isEqualTo(new Spoken(Samples.CITY, Channel.DATA));
    assertThat(topics.parse("mycelium/1/" + ROUTE + "/status"))
        .isEqualTo(new Spoken(Samples.CITY, Channel.STATUS));
  }

  @Test
  void acknowledgementsGoBackToWhereTheDataCameFrom() {
    assertThat(topics.acknowledgement(Samples.CITY)).isEqualTo("mycelium/1/" + ROUTE + "/ack");
  }

  @Test
  void aSharedBrokerCanHaveUsUnderAnotherRoot() throws Exception {
    Topics shared = new Topics("zwolle/sensors");
    assertThat(shared.dataFilter()).isEqualTo("zwolle/sensors/1/+/+/data");
    assertThat(shared.parse("zwolle/sensors/1/" + ROUTE + "/data").route()).isEqualTo(Samples.CITY);
    assertThatThrownBy(() -> topics.parse("zwolle/sensors/1/" + ROUTE + "/data"))
        .isInstanceOf(SenmlException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mycelium",
        "mycelium/1/" + ROUTE,
        "mycelium/2/" + ROUTE + "/data",
        "mycelium/1/" + ROUTE + "/data/more",
        "mycelium/1/" + ROUTE + "/ack",
        "mycelium/1/short/city/data",
        "mycelium/1/mushroomaaaabbbbccccdddd22//data",
        "mycelium/1/mushroomaaaabbbbccccdddd22/two words/data"
      })
  void refusesWhatIsNoTopicOfThisWire(String topic) {
    assertThatThrownBy(() -> topics.parse(topic)).isInstanceOf(SenmlException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "a/", "a/#", "+", "two words"})
  void refusesARootThatIsNoTopic(String root) {
    assertThatThrownBy(() -> new Topics(root)).isInstanceOf(IllegalArgumentException.class);
  }
}

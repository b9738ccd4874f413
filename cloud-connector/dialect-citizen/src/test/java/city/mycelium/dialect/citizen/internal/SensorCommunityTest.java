package city.mycelium.dialect.citizen.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against what the network's own firmware sends (opendata-stuttgart, sensors-software). */
class SensorCommunityTest {

  private static final long NOON = SampleCity.NOON;
  private static final Answer CREATED = new Answer.Replied(201, new byte[0]);
  private static final Names ESP =
      new Names(Map.of("front-12", "esp8266-123456"), Map.of(), Map.of());

  private static Talk talk(Map<String, String> settings, Names names) throws SettingsException {
    return new Talk(new SensorCommunityComponent(), settings, names);
  }

  @Test
  void eachPhysicalSensorPostsItsValuesAsTexts() throws Exception {
    Talk talk = talk(Map.of(), ESP);
    talk.send(
        NOON,
        CREATED,
        Talk.say("paddenstoel.123/PM10", 5, NOON, 66.04),
        Talk.say("paddenstoel.123/T", 6, NOON, 21.5),
        Talk.say("paddenstoel.123/PM25", 7, NOON, 8.1),
        Talk.say("paddenstoel.123/P", 8, NOON, 101_325));
    assertThat(talk.sent)
        .extracting(Message::channel, Message::headers)
        .containsExactly(
            tuple("v1/push-sensor-data/", Map.of("X-Sensor", "esp8266-123456", "X-PIN", "1")),
            tuple("v1/push-sensor-data/", Map.of("X-Sensor", "esp8266-123456", "X-PIN", "11")));
    assertThat(talk.bodies())
        .containsExactly(
            "{\"software_version\":\"mycelium\",\"sensordatavalues\":["
                + "{\"value_type\":\"P1\",\"value\":\"66.04\"},"
                + "{\"value_type\":\"P2\",\"value\":\"8.1\"}]}",
            "{\"software_version\":\"mycelium\",\"sensordatavalues\":["
                + "{\"value_type\":\"temperature\",\"value\":\"21.5\"},"
                + "{\"value_type\":\"pressure\",\"value\":\"101325\"}]}");
    assertThat(talk.outcomes)
        .as("of mixed offsets, each message its own")
        .containsExactly(
            new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(5, 5)),
            new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(7, 7)),
            new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(6, 6)),
            new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(8, 8)));
  }

  /** The server takes its own time. */
  @Test
  void whatIsLateIsNotToldAsNew() throws Exception {
    Talk talk = talk(Map.of(), ESP);
    talk.send(
        NOON + 301_000,
        CREATED,
        Talk.say("paddenstoel.123/PM10", 5, NOON, 66.04),
        Talk.say("paddenstoel.123/PM10", 6, NOON + 1_000, 67));
    assertThat(talk.rejected()).containsExactly(5L);
    assertThat(talk.bodies()).singleElement().asString().contains("\"67\"");
    assertThat(talk.outcomes.toString()).contains("301 s ago", "dialect.lateSeconds");
  }

  @Test
  void twoOfAKindAreTwoMessages() throws Exception {
    Talk talk = talk(Map.of(), ESP);
    talk.send(
        NOON,
        CREATED,
        Talk.say("paddenstoel.123/PM10", 5, NOON - 1_000, 1),
        Talk.say("paddenstoel.123/PM10", 6, NOON, 2));
    assertThat(talk.sent).hasSize(2);
  }

  @Test
  void anotherSensorHasAnotherPin() throws Exception {
    Talk talk = talk(Map.of("pins", "temperature=7"), Names.NONE);
    talk.send(NOON, CREATED, Talk.say("paddenstoel.123/T", 5, NOON, 1));
    assertThat(talk.sent.get(0).headers())
        .isEqualTo(Map.of("X-Sensor", "mycelium-paddenstoel.123", "X-PIN", "7"));
    Names mapped = new Names(Map.of(), Map.of("paddenstoel.123/T", "temperature@13"), Map.of());
    talk = talk(Map.of(), mapped);
    talk.send(NOON, CREATED, Talk.say("paddenstoel.123/T", 5, NOON, 1));
    assertThat(talk.sent.get(0).headers()).containsEntry("X-PIN", "13");
  }

  /** Not registered yet: it can be mended there; until then it grows late. */
  @Test
  void aNodeThatIsNotRegisteredIsTriedAgainUntilItIsLate() throws Exception {
    Talk talk = talk(Map.of(), ESP);
    talk.send(
        NOON, new Answer.Replied(403, new byte[0]), Talk.say("paddenstoel.123/T", 5, NOON, 1));
    assertThat(talk.outcomes).singleElement().isInstanceOf(Outcome.SendAgain.class);
    talk.send(
        NOON + 400_000,
        new Answer.Replied(403, new byte[0]),
        Talk.say("paddenstoel.123/T", 5, NOON, 1));
    assertThat(talk.rejected()).containsExactly(5L);
  }

  @Test
  void nonsenseIsRefusedWithWords() {
    for (Names names :
        List.of(
            new Names(Map.of("front-12", "a\r\nX-PIN: 7"), Map.of(), Map.of()),
            new Names(Map.of(), Map.of("paddenstoel.123/T", "temperature"), Map.of()))) {
      assertThatThrownBy(() -> talk(Map.of(), names))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("mapping file");
    }
    assertThatThrownBy(() -> talk(Map.of("pins", "seven"), Names.NONE))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("seven");
  }
}

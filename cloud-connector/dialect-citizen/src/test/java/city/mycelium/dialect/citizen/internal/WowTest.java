package city.mycelium.dialect.citizen.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Parameters: Met Office WOW, "Automatic upload". */
class WowTest {

  private static final long NOON = SampleCity.NOON;
  private static final long MINUTE = 60_000;
  private static final String KEY = "123456";
  private static final Answer OK = new Answer.Replied(200, new byte[0]);

  private static Talk talk(String key) throws SettingsException {
    return new Talk(
        new WowComponent(),
        Map.of("siteId", "9170000", "siteKey", key, "thing", "front-12"),
        Names.NONE);
  }

  /** 21.5 Cel is 70.7 degF; 101325 Pa is 29.921 inHg (NIST SP 811, B.8). */
  @Test
  void aReportIsImperialAndHasItsTime() throws Exception {
    Talk talk = talk(KEY);
    talk.send(
        NOON,
        OK,
        Talk.say("paddenstoel.123/T", 5, NOON, 21.5),
        Talk.say("paddenstoel.123/RH", 6, NOON + 1_000, 81.5),
        Talk.say("paddenstoel.123/P", 7, NOON + 2_000, 101_325));
    assertThat(talk.bodies())
        .containsExactly(
            "siteid=9170000&siteAuthenticationKey=123456&dateutc=2026-11-23+12%3A00%3A02"
                + "&softwaretype=mycelium&baromin=29.921252&humidity=81.5&tempf=70.7");
    assertThat(talk.outcomes).hasOnlyElementsOfType(Outcome.Delivered.class);
  }

  /** Connectors say in their logs where they post to. */
  @Test
  void theKeyIsInNoAddressNoHeaderAndNoMessageToAPerson() throws Exception {
    Talk talk = talk(KEY);
    talk.send(
        NOON, new Answer.Replied(403, new byte[0]), Talk.say("paddenstoel.123/T", 5, NOON, 1));
    Message report = talk.sent.get(0);
    assertThat(report.channel() + report.headers() + talk.outcomes).doesNotContain(KEY);
    assertThatThrownBy(() -> talk("top secret"))
        .isInstanceOf(SettingsException.class)
        .hasMessageNotContaining("top secret");
  }

  @Test
  void thereIsOneReportPerTenMinutesAndWhatHasNoPlaceInItIsNotCalledDelivered() throws Exception {
    Talk talk = talk(KEY);
    talk.send(
        NOON,
        OK,
        Talk.say("paddenstoel.123/T", 5, NOON, 1),
        Talk.say("paddenstoel.123/T", 6, NOON + 9 * MINUTE, 2),
        Talk.say("paddenstoel.123/T", 7, NOON + 10 * MINUTE, 3));
    assertThat(talk.sent).hasSize(2);
    assertThat(talk.rejected()).containsExactly(5L);
    talk.send(NOON, OK, Talk.say("paddenstoel.123/RH", 8, NOON + 5 * MINUTE, 50));
    assertThat(talk.sent).isEmpty();
    assertThat(talk.rejected()).containsExactly(8L);
  }

  /** Who selects aggregates already is not told to select them. */
  @Test
  void aCorrectionThatComesAfterItsReportIsSaidToBeOne() throws Exception {
    Talk talk = talk(KEY);
    talk.send(NOON, OK, mean(5, 1, 20));
    talk.send(NOON, OK, mean(6, 2, 21));
    assertThat(talk.rejected()).containsExactly(6L);
    assertThat(talk.outcomes.toString()).contains("corrects it").doesNotContain("select");
  }

  private static Described mean(long offset, int revision, double mean) {
    return Talk.say(
        "paddenstoel.123/T",
        offset,
        PhenomenonTime.between(NOON, NOON + 10 * MINUTE),
        new Result.Summary(10, 10, new TreeMap<>(Map.of(Statistic.MEAN, mean)), true, revision));
  }

  /** Nobody knew whether it arrived: the same report goes again, under the same time. */
  @Test
  void whatIsSentAgainIsTheSameReport() throws Exception {
    Talk talk = talk(KEY);
    talk.send(NOON, new Answer.Unknown("dead"), Talk.say("paddenstoel.123/T", 5, NOON, 1));
    String first = talk.bodies().get(0);
    talk.send(NOON, OK, Talk.say("paddenstoel.123/T", 5, NOON, 1));
    assertThat(talk.bodies()).containsExactly(first);
    assertThat(talk.rejected()).isEmpty();
  }

  @Test
  void anotherThingIsNotMixedIn() throws Exception {
    Talk talk = talk(KEY);
    talk.send(NOON, OK, Talk.say("noise.7/LAeq", 5, NOON, 61.2));
    assertThat(talk.sent).isEmpty();
    assertThat(talk.outcomes.toString()).contains("lamp-7", "Destination of its own");
  }
}

package city.mycelium.dialect.json.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.settings.Settings;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainJsonTest {

  private static final Link LINK = SampleCity.link(Link.Proof.ANSWER);
  private static final DialectKind KIND = new PlainJsonComponent();
  private static final List<Described> ALL = SampleCity.observations();
  private static final OffsetRange COVERS = new OffsetRange(1201, 1300);

  private static Settings settings(Map<String, String> set) throws Exception {
    return Settings.of("the dialect json", KIND.options(), set);
  }

  private static Turn send(Map<String, String> set, List<Described> observations) throws Exception {
    return KIND.dialect(settings(set), Names.NONE)
        .turn(LINK, new byte[0], new DialectEvent.Send(COVERS, 0, observations, SampleCity.NOON));
  }

  private static String text(Message message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  /** The shape of docs/connect-json.md, written by hand. */
  @Test
  void anObservationIsOneFlatObject() throws Exception {
    Message message = send(Map.of(), ALL.subList(0, 1)).dispatches().get(0).message();
    assertThat(message.channel()).isEqualTo("front-12/NO2");
    assertThat(text(message))
        .isEqualTo(
            "{\"gateway\":\"mushroomgatewaymushroom234\",\"epoch\":\"00c0ffee00c0ffee\","
                + "\"offset\":1201,\"thing\":\"front-12\","
                + "\"location\":{\"latitude\":52.507,\"longitude\":6.079},"
                + "\"device\":\"paddenstoel.123\",\"datastream\":\"paddenstoel.123/NO2\","
                + "\"property\":\"NO2\",\"unit\":\"ug/m3\",\"time\":\"2026-11-23T12:00:00Z\","
                + "\"quality\":\"GOOD\",\"type\":\"number\",\"result\":23.5}");
  }

  @Test
  void whatIsWrittenIsReadBackWhole() throws Exception {
    int at = 0;
    for (Turn.Dispatch dispatch : send(Map.of(), ALL).dispatches()) {
      List<ToldObservation> told =
          KIND.reader(settings(Map.of()), Names.NONE).read(dispatch.message());
      Described original = ALL.get(at++);
      assertThat(told)
          .containsExactly(
              new ToldObservation(
                  original.datastream().id().value(),
                  original.datastream().property().name(),
                  original.datastream().unit().code(),
                  original.observation().phenomenonTime(),
                  original.observation().result(),
                  original.observation().identity()));
    }
    assertThat(at).isEqualTo(ALL.size());
  }

  /** One topic is taken, another is not: only the first is there. */
  @Test
  void anArrayThatIsTakenDeliversItsOwnAndNoOthers() throws Exception {
    Map<String, String> array = Map.of("shape", "array", "topic", "{device}");
    Turn turn = send(array, ALL);
    Turn.Dispatch first = turn.dispatches().get(0);
    assertThat(first.message().channel()).isEqualTo("paddenstoel.123");
    Dialect dialect = KIND.dialect(settings(array), Names.NONE);
    Turn after =
        dialect.turn(
            LINK,
            turn.state(),
            new DialectEvent.Answered(COVERS, first.tag(), new Answer.Replied(200, new byte[0])));
    List<Long> own =
        ALL.stream()
            .filter(each -> each.datastream().device().value().equals("paddenstoel.123"))
            .map(each -> each.observation().identity().offset())
            .toList();
    List<Long> delivered =
        ALL.stream()
            .map(each -> each.observation().identity().offset())
            .filter(
                offset ->
                    after.outcomes().stream()
                        .anyMatch(
                            outcome ->
                                outcome instanceof Outcome.Delivered yes
                                    && yes.offsets().contains(offset)))
            .toList();
    assertThat(delivered).isEqualTo(own).hasSizeLessThan(ALL.size());
  }
}

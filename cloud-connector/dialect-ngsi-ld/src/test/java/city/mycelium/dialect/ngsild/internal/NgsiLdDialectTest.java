package city.mycelium.dialect.ngsild.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a broker is told, and what follows from what it says. */
class NgsiLdDialectTest {

  private static final Link LINK = SampleCity.link(Link.Proof.ANSWER);
  private static final String AIR =
      "urn:ngsi-ld:AirQualityObserved:mushroomgatewaymushroom234:front-12";
  private static final OffsetRange ALL = new OffsetRange(1, 9_999);

  private final FakeBroker broker = new FakeBroker();
  private byte[] state = {};

  private static Dialect dialect(Map<String, String> settings, Names names)
      throws SettingsException {
    NgsiLdComponent kind = new NgsiLdComponent();
    return kind.dialect(Settings.of("ngsi-ld", kind.options(), settings), names);
  }

  private static Dialect dialect() throws SettingsException {
    return dialect(Map.of(), Names.NONE);
  }

  private static Described no2(long offset, long at, double value) {
    Described sample = SampleCity.observations().get(0);
    return new Described(
        new Observation(
            new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, offset),
            sample.datastream().id(),
            PhenomenonTime.at(at),
            new Result.Measurement(value),
            Quality.GOOD,
            at),
        sample.datastream(),
        sample.thing());
  }

  private Turn send(Dialect dialect, List<Described> observations) {
    Turn turn = dialect.turn(LINK, state, new DialectEvent.Send(ALL, 0, observations, 0));
    state = turn.state();
    return turn;
  }

  private List<Outcome> answer(Dialect dialect, Turn.Dispatch dispatch, Answer answer) {
    Turn turn =
        dialect.turn(
            LINK, state, new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
    state = turn.state();
    return turn.outcomes();
  }

  private List<Outcome> exchange(Dialect dialect, List<Described> observations) {
    Turn turn = send(dialect, observations);
    List<Outcome> outcomes = new ArrayList<>(turn.outcomes());
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      outcomes.addAll(answer(dialect, dispatch, broker.take(dispatch.message())));
    }
    return outcomes;
  }

  private static Outcome delivered(long offset) {
    return new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(offset, offset));
  }

  /** The golden file: held against the standard's examples and the schemas by hand. */
  @Test
  void oneValueIsWrittenAsTheGoldenFileSays() throws Exception {
    Message message =
        send(dialect(), List.of(no2(7, SampleCity.NOON, 23.5))).dispatches().get(0).message();
    assertThat(message.channel()).isEqualTo("entityOperations/upsert?options=update");
    assertThat(message.mediaType()).isEqualTo("application/ld+json");
    assertThat(message.headers()).isEmpty();
    try (var in = getClass().getResourceAsStream("/golden/no2.json")) {
      assertThat(JsonReader.value(message.payload()))
          .isEqualTo(JsonReader.value(in.readAllBytes()));
    }
  }

  /** Never both a context in the body and a link: ETSI GS CIM 009, 6.3.5. */
  @Test
  void linkedTermsGoBesideTheBody() throws Exception {
    Dialect dialect =
        dialect(
            Map.of(
                "context",
                "linked",
                "contextUrl",
                "https://ngsi.invalid/c.jsonld",
                "tenant",
                "zwolle"),
            Names.NONE);
    Message message =
        send(dialect, List.of(no2(7, SampleCity.NOON, 23.5))).dispatches().get(0).message();
    assertThat(message.mediaType()).isEqualTo("application/json");
    assertThat(message.headers())
        .containsEntry(
            "Link",
            "<https://ngsi.invalid/c.jsonld>;"
                + " rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"")
        .containsEntry("NGSILD-Tenant", "zwolle");
    assertThat(new String(message.payload(), StandardCharsets.UTF_8)).doesNotContain("@context");
  }

  @Test
  void aNegativeConcentrationIsRejectedAlone() throws Exception {
    List<Outcome> outcomes =
        exchange(
            dialect(), List.of(no2(7, SampleCity.NOON, 23.5), no2(8, SampleCity.NOON + 1, -0.5)));
    assertThat(outcomes).contains(delivered(7)).hasSize(2);
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.offsets()).isEqualTo(new OffsetRange(8, 8));
              assertThat(rejected.why()).contains("no2 >= 0", "-0.5", "calibrate");
            });
    assertThat(broker.value(AIR, "no2")).isEqualTo(23.5);
  }

  @Test
  void aBacklogPassesThroughTheEntityInOrder() throws Exception {
    exchange(
        dialect(),
        List.of(
            no2(9, SampleCity.NOON + 2, 3),
            no2(7, SampleCity.NOON, 1),
            no2(8, SampleCity.NOON + 1, 2)));
    assertThat(broker.history.get(AIR + " no2")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void onlyTheNewestGoesWhereThatIsAskedFor() throws Exception {
    List<Outcome> outcomes =
        exchange(
            dialect(Map.of("history", "newest"), Names.NONE),
            List.of(no2(7, SampleCity.NOON, 1), no2(8, SampleCity.NOON + 1, 2)));
    assertThat(broker.history.get(AIR + " no2")).containsExactly(2L);
    assertThat(outcomes).containsExactlyInAnyOrder(delivered(7), delivered(8));
  }

  @Test
  void anOlderValueThatComesLaterTakesNothingBack() throws Exception {
    Dialect dialect = dialect();
    exchange(dialect, List.of(no2(9, SampleCity.NOON + 60_000, 30)));
    assertThat(exchange(dialect, List.of(no2(8, SampleCity.NOON, 20)))).contains(delivered(8));
    assertThat(broker.value(AIR, "no2")).isEqualTo(30L);
  }

  /** Control of the one before: what never arrived stands in nobody's way. */
  @Test
  void whatDidNotArriveDoesNotHoldUpOlderOnes() throws Exception {
    Dialect dialect = dialect();
    Turn turn = send(dialect, List.of(no2(9, SampleCity.NOON + 60_000, 30)));
    answer(dialect, turn.dispatches().get(0), new Answer.Replied(503, new byte[0]));
    exchange(dialect, List.of(no2(8, SampleCity.NOON, 20)));
    assertThat(broker.value(AIR, "no2")).isEqualTo(20L);
  }

  /** Delivered on the word of one that is on its way, it would be nowhere if that is refused. */
  @Test
  void anOlderValueWaitsUntilTheNewerIsAnswered() throws Exception {
    Dialect dialect = dialect();
    Turn newer = send(dialect, List.of(no2(9, SampleCity.NOON + 60_000, 30)));
    assertThat(send(dialect, List.of(no2(8, SampleCity.NOON, 20))).outcomes())
        .singleElement()
        .isInstanceOf(Outcome.SendAgain.class);
    answer(dialect, newer.dispatches().get(0), new Answer.Replied(422, new byte[0]));
    assertThat(exchange(dialect, List.of(no2(8, SampleCity.NOON, 20)))).contains(delivered(8));
    assertThat(broker.value(AIR, "no2")).isEqualTo(20L);
  }

  @Test
  void whatTheLastConnectionLeftOpenStandsInNobodysWay() throws Exception {
    Dialect dialect = dialect();
    send(dialect, List.of(no2(9, SampleCity.NOON + 60_000, 30)));
    state =
        dialect
            .turn(LINK, state, new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON))
            .state();
    assertThat(exchange(dialect, List.of(no2(8, SampleCity.NOON, 20)))).contains(delivered(8));
  }

  @Test
  void aCorrectedWindowReplacesItsPredecessorAndNotTheRawValue() throws Exception {
    Dialect dialect = dialect();
    List<Described> windows =
        SampleCity.observations().stream()
            .filter(each -> each.observation().result() instanceof Result.Summary)
            .toList();
    exchange(dialect, List.of(no2(5, SampleCity.NOON, 5)));
    exchange(dialect, windows.subList(1, 2));
    exchange(dialect, windows.subList(0, 1)); // revision 1 comes after revision 2
    String hour = AIR + ":PT1H";
    assertThat(broker.value(hour, "no2")).isEqualTo(23.25);
    assertThat(broker.under(hour, "no2", "revision")).isEqualTo(2L);
    assertThat(broker.under(hour, "no2", "count")).isEqualTo(57L);
    assertThat(broker.under(hour, "no2", "expected")).isEqualTo(60L);
    assertThat(broker.under(hour, "no2", "aggregationPeriod")).isEqualTo("PT1H");
    assertThat(broker.value(AIR, "no2")).isEqualTo(5L);
  }

  @Test
  void fractionsAndUnitsAreThoseOfTheSchema() throws Exception {
    exchange(dialect(), SampleCity.observations());
    String weather = AIR.replace("AirQuality", "Weather");
    assertThat(broker.value(weather, "relativeHumidity")).isEqualTo(0.815);
    assertThat(broker.value(weather, "atmosphericPressure")).isEqualTo(1013.25);
    assertThat(broker.attribute(weather, "atmosphericPressure").get("unitCode")).isEqualTo("A97");
  }

  @Test
  void ofABatchWithErrorsEachEntityIsJudgedAlone() throws Exception {
    String weather = AIR.replace("AirQuality", "Weather");
    broker.refused.put(AIR, 400);
    broker.refused.put(weather, 503);
    List<Described> some = SampleCity.observations().subList(2, 6); // PM2.5, PM10, T, RH
    List<Outcome> outcomes = exchange(dialect(), some);
    assertThat(outcomes.stream().filter(Outcome.Rejected.class::isInstance)).hasSize(2);
    assertThat(outcomes.stream().filter(Outcome.SendAgain.class::isInstance)).hasSize(2);
  }

  /** Fixture: what Scorpio 5.0.3 answered to a batch with one bad id. */
  @Test
  void theAnswerOfARealBrokerIsUnderstood() throws Exception {
    Dialect dialect = dialect();
    Turn turn = send(dialect, List.of(no2(7, SampleCity.NOON, 1)));
    String body =
        "{\"success\":[\""
            + AIR
            + "\"],\"errors\":[{\"id\":\"not a uri\",\"ProblemDetails\":{\"title\":\"Bad Request"
            + " Data.\",\"detail\":\"IDs need to be URIs\",\"status\":400}}]}";
    assertThat(
            answer(
                dialect,
                turn.dispatches().get(0),
                new Answer.Replied(207, body.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(delivered(7));
  }

  @Test
  void aContextThatCannotBeFetchedLosesNothingAndSaysWhatToDo() throws Exception {
    Dialect dialect = dialect();
    Turn turn = send(dialect, List.of(no2(7, SampleCity.NOON, 1)));
    String body = "{\"type\":\"https://uri.etsi.org/ngsi-ld/errors/LdContextNotAvailable\"}";
    assertThat(
            answer(
                dialect,
                turn.dispatches().get(0),
                new Answer.Replied(400, body.getBytes(StandardCharsets.UTF_8))))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.SendAgain.class,
            again -> assertThat(again.why()).contains("dialect.context to inline"));
  }

  @Test
  void aBadBatchIsCutUntilOneIsLeft() throws Exception {
    Dialect dialect = dialect();
    Turn many = send(dialect, SampleCity.observations().subList(2, 6));
    assertThat(answer(dialect, many.dispatches().get(0), new Answer.Replied(400, new byte[0])))
        .singleElement()
        .isInstanceOf(Outcome.TooLarge.class);
    Turn one = send(dialect, List.of(no2(7, SampleCity.NOON, 1)));
    assertThat(answer(dialect, one.dispatches().get(0), new Answer.Replied(400, new byte[0])))
        .singleElement()
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void anMqttAcknowledgementIsNoDelivery() throws Exception {
    Dialect dialect = dialect();
    Turn turn = send(dialect, List.of(no2(7, SampleCity.NOON, 1)));
    assertThat(answer(dialect, turn.dispatches().get(0), new Answer.Replied(0, new byte[0])))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.SendAgain.class, again -> assertThat(again.why()).contains("connector http"));
  }

  @Test
  void aMappingFileNamesEntitiesAndAttributes() throws Exception {
    Names names =
        new Names(
            Map.of("ditch-1", "mill"), Map.of(), Map.of("water-level", "WaterObserved.levelNAP"));
    exchange(dialect(Map.of(), names), SampleCity.observations());
    assertThat(broker.value("urn:ngsi-ld:WaterObserved:mill", "levelNAP")).isEqualTo(-35L);
    assertThatThrownBy(() -> dialect(Map.of(), new Names(Map.of(), Map.of(), Map.of("NO2", "no2"))))
        .hasMessageContaining("<Type>.<attribute>");
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedInWords() {
    assertThatThrownBy(() -> dialect(Map.of("context", "linked"), Names.NONE))
        .hasMessageContaining("needs contextUrl");
    assertThatThrownBy(() -> dialect(Map.of("fixed", "{"), Names.NONE))
        .hasMessageContaining("fixed is not JSON");
  }

  /** Whatever is lost, repeated or forgotten on the way: in the end the entity says the newest. */
  @Test
  void afterAnyFaultsTheEntityEndsWithTheNewestValue() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      FakeBroker faulty = new FakeBroker();
      Dialect dialect = dialect(Map.of("history", seed % 2 == 0 ? "each" : "newest"), Names.NONE);
      byte[] memory = {};
      TreeSet<Long> open = new TreeSet<>();
      for (long offset = 1; offset <= 30; offset++) {
        open.add(offset);
      }
      for (int step = 0; !open.isEmpty(); step++) {
        assertThat(step).as("seed " + seed).isLessThan(2_000);
        List<Described> some =
            open.stream()
                .filter(offset -> random.nextInt(3) == 0)
                .map(offset -> no2(offset, SampleCity.NOON + offset * 1_000, offset))
                .toList();
        Turn turn = dialect.turn(LINK, memory, new DialectEvent.Send(ALL, 0, some, 0));
        List<Outcome> outcomes = new ArrayList<>(turn.outcomes());
        memory = turn.state();
        for (Turn.Dispatch dispatch : turn.dispatches()) {
          int fault = random.nextInt(6);
          Answer answer =
              fault == 0
                  ? new Answer.Replied(503, new byte[0])
                  : fault == 1
                      ? new Answer.Unknown("lost on the way")
                      : faulty.take(dispatch.message());
          if (fault == 2) {
            answer = new Answer.Unknown("the answer was lost");
          }
          Turn next =
              dialect.turn(
                  LINK,
                  memory,
                  new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
          memory = next.state();
          outcomes.addAll(next.outcomes());
        }
        if (!some.isEmpty()) {
          for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Delivered done) {
              open.remove(done.offsets().first());
            }
          }
        }
      }
      assertThat(faulty.value(AIR, "no2")).as("seed " + seed).isEqualTo(30L);
    }
  }

  private Inquiry inquiry(Described told) throws SettingsException {
    return dialect().inquiry(LINK, state, told).orElseThrow();
  }

  /** As a broker answers that was given no context: what is not the core's stands there in full. */
  private Answer.Replied shown(String entity) {
    Map<String, Object> full = new LinkedHashMap<>();
    broker
        .entities
        .getOrDefault(entity, Map.of())
        .forEach(
            (name, value) ->
                full.put("https://smartdatamodels.org/dataModel.Environment/" + name, value));
    return new Answer.Replied(200, JsonObject.of(full).toBytes());
  }

  @Test
  void whatTheEntityShowsIsFoundAndWhatCameAfterItToo() throws Exception {
    Described first = no2(7, SampleCity.NOON, 23.5);
    Described second = no2(8, SampleCity.NOON + 60_000, 24);
    exchange(dialect(), List.of(first));
    Inquiry inquiry = inquiry(first);
    assertThat(inquiry.question().channel()).isEqualTo("entities/" + AIR);
    assertThat(inquiry.reading().apply(shown(AIR)))
        .isEqualTo(
            new Inquiry.Finding(
                true, "the broker holds it: " + AIR + " no2 bears its identity, value 23.5"));
    assertThat(inquiry(second).reading().apply(shown(AIR)).isHeld())
        .as("something older is there")
        .isFalse();
    exchange(dialect(), List.of(second));
    Inquiry.Finding after = inquiry.reading().apply(shown(AIR));
    assertThat(after.isHeld()).isTrue();
    assertThat(after.sentence()).contains("what came after it", "2026-11-23T12:01:00Z");
  }

  @Test
  void whatTheBrokerDoesNotHaveIsNotFound() throws Exception {
    Inquiry inquiry = inquiry(no2(7, SampleCity.NOON, 23.5));
    assertThat(inquiry.reading().apply(new Answer.Replied(404, new byte[0])).isHeld()).isFalse();
    assertThat(inquiry.reading().apply(shown(AIR)).isHeld()).as("without the attribute").isFalse();
  }

  @Test
  void whoseEntityIsAskedForIsSaidAsInTheBatch() throws Exception {
    Inquiry inquiry =
        dialect(
                Map.of(
                    "tenant", "city",
                    "context", "linked",
                    "contextUrl", "https://broker.example/context.jsonld"),
                Names.NONE)
            .inquiry(LINK, state, no2(7, SampleCity.NOON, 23.5))
            .orElseThrow();
    assertThat(inquiry.question().headers())
        .containsEntry("NGSILD-Tenant", "city")
        .containsEntry("Accept", "application/json")
        .containsKey("Link");
  }
}

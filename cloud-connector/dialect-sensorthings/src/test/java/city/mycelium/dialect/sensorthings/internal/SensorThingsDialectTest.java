package city.mycelium.dialect.sensorthings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.Result;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a SensorThings server is told, and what follows from what it says. */
class SensorThingsDialectTest {

  private static final int FAULTY_RUNS = 25;

  private final FakeServer server = new FakeServer();

  private static List<Described> raw() {
    return SampleCity.observations().stream()
        .filter(each -> !(each.observation().result() instanceof Result.Summary))
        .toList();
  }

  private static List<Described> windows() {
    return SampleCity.observations().stream()
        .filter(each -> each.observation().result() instanceof Result.Summary)
        .toList();
  }

  private static List<Long> offsets(List<Described> observations) {
    return observations.stream().map(each -> each.observation().identity().offset()).toList();
  }

  private Conversation connected() throws Exception {
    Conversation talk = new Conversation(server::take);
    talk.connect();
    return talk;
  }

  @Test
  void entitiesAreMadeOnceAndFoundAgain() throws Exception {
    connected();
    int things = server.all("Things").size();
    int streams = server.all("Datastreams").size();
    assertThat(things).isEqualTo(SampleCity.catalogue().things().size());
    assertThat(streams).isEqualTo(SampleCity.catalogue().datastreams().size());
    connected(); // with a memory that was lost
    assertThat(server.all("Things")).hasSize(things);
    assertThat(server.all("Datastreams")).hasSize(streams);
  }

  @Test
  void aRowIsWrittenAsTheStandardSays() throws Exception {
    List<Message> sent = new ArrayList<>();
    Conversation talk =
        new Conversation(
            message -> {
              sent.add(message);
              return server.take(message);
            });
    talk.connect();
    talk.send(raw().subList(0, 1));
    Message message = sent.get(sent.size() - 1);
    assertThat(message.channel()).isEqualTo("CreateObservations");
    Object stream =
        server.all("Datastreams").stream()
            .filter(each -> "paddenstoel.123/NO2".equals(each.get("description")))
            .findFirst()
            .orElseThrow()
            .get("@iot.id");
    assertThat(JsonReader.value(message.payload()))
        .isEqualTo(
            JsonReader.value(
                """
                [{"Datastream": {"@iot.id": %s},
                  "components": ["phenomenonTime", "resultTime", "result", "resultQuality", "parameters"],
                  "dataArray@iot.count": 1,
                  "dataArray": [["2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z", 23.5, "good",
                    {"gateway": "mushroomgatewaymushroom234", "epoch": "00c0ffee00c0ffee", "offset": 1201}]]}]
                """
                    .formatted(stream)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void eachRowHasItsOwnAnswer() throws Exception {
    Conversation talk = connected();
    server.badResult = 8.1;
    talk.send(raw());
    assertThat(talk.of(Outcome.Rejected.class))
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.why()).contains("result could not be parsed"));
    assertThat(talk.delivered()).hasSize(raw().size() - 1);
  }

  /** The connection dies after the server stored: the answer is lost, the rows are not. */
  @Test
  void whatWasStoredWithoutAnAnswerIsFoundAndNotStoredTwice() throws Exception {
    Conversation talk = connected();
    talk.wire =
        message -> {
          Answer answer = server.take(message);
          return message.channel().equals("CreateObservations")
              ? new Answer.Unknown("the line went dead")
              : answer;
        };
    talk.send(raw());
    assertThat(talk.delivered()).isEmpty();
    talk.wire = server::take;
    talk.connect();
    talk.send(raw());
    assertThat(talk.delivered()).containsExactlyElementsOf(offsets(raw()));
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
  }

  /** A gateway that lost its memory asks, for it does not know what it sent. */
  @Test
  void withoutMemoryNothingIsStoredTwiceEither() throws Exception {
    Conversation talk = connected();
    talk.send(raw());
    Conversation again = connected();
    again.send(raw());
    assertThat(again.delivered()).containsExactlyElementsOf(offsets(raw()));
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
  }

  /** FROST answers 500 when it cannot store, and when it stored already: so it is asked. */
  @Test
  void afterA500TheServerIsAskedWhatItHas() throws Exception {
    Conversation talk = connected();
    talk.wire =
        message -> {
          Answer answer = server.take(message);
          return message.channel().equals("CreateObservations")
              ? new Answer.Replied(
                  500, "Failed to store data.".getBytes(java.nio.charset.StandardCharsets.UTF_8))
              : answer;
        };
    talk.send(raw());
    assertThat(talk.delivered()).isEmpty();
    talk.wire = server::take;
    talk.send(raw());
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
    assertThat(talk.delivered()).containsExactlyElementsOf(offsets(raw()));
  }

  /** Control: what is new goes without a question. */
  @Test
  void whatIsNewIsNotAskedFor() throws Exception {
    Conversation talk = connected();
    int before = server.asked.size();
    talk.send(raw());
    assertThat(server.asked.subList(before, server.asked.size()))
        .containsExactly("POST CreateObservations");
  }

  @Test
  void anOlderOffsetThatWasNeverSentIsAskedForAndSent() throws Exception {
    Conversation talk = connected();
    talk.send(raw().subList(5, 10));
    talk.send(raw().subList(0, 5)); // the backlog behind live data
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw().subList(0, 10)));
  }

  @Test
  void aCorrectedWindowReplacesItsPredecessor() throws Exception {
    Conversation talk = connected();
    talk.send(windows().subList(0, 1));
    talk.send(windows().subList(1, 2));
    assertThat(server.observations).hasSize(1);
    JsonObject kept = JsonObject.orEmpty(server.observations.get(0).get("parameters"));
    assertThat(kept.get("revision")).isEqualTo(2L);
    assertThat(server.observations.get(0).get("result")).isEqualTo(23.25);
    assertThat(server.observations.get(0).get("phenomenonTime"))
        .isEqualTo("2026-11-23T11:00:00Z/2026-11-23T12:00:00Z");
    talk.send(windows().subList(0, 1)); // revision 1 once more: the highest wins
    assertThat(server.observations).hasSize(1);
    assertThat(talk.delivered()).containsExactlyElementsOf(offsets(windows()));
    assertThat(JsonObject.orEmpty(server.observations.get(0).get("parameters")).get("revision"))
        .isEqualTo(2L);
  }

  @Test
  void bothRevisionsInOneMessageEndAsOneObservation() throws Exception {
    Conversation talk = connected();
    talk.send(windows());
    assertThat(talk.of(Outcome.SendAgain.class)).hasSize(1);
    talk.send(windows().subList(1, 2));
    assertThat(server.observations).hasSize(1);
    assertThat(talk.delivered()).containsExactlyElementsOf(offsets(windows()));
  }

  /** Measured: a server's MQTT side acknowledged 3,000 and stored 388. */
  @Test
  void anMqttAcknowledgementIsNoDelivery() throws Exception {
    Conversation talk = connected();
    talk.wire = message -> new Answer.Replied(0, new byte[0]);
    talk.send(raw());
    assertThat(talk.delivered()).isEmpty();
    assertThat(talk.of(Outcome.SendAgain.class))
        .isNotEmpty()
        .allSatisfy(again -> assertThat(again.why()).contains("use the connector http"));
  }

  @Test
  void aServerThatLostItsDatastreamsIsToldThemAnew() throws Exception {
    Conversation talk = connected();
    server.entities.clear();
    talk.send(raw());
    talk.send(raw());
    talk.send(raw());
    assertThat(talk.of(Outcome.Rejected.class)).isEmpty();
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
  }

  @Test
  void aServerThatIsBusyAtFirstIsToldLater() throws Exception {
    Conversation talk = new Conversation(message -> new Answer.Replied(503, new byte[0]));
    talk.connect();
    assertThat(talk.of(Outcome.Unintelligible.class)).isNotEmpty();
    talk.wire = server::take;
    talk.send(raw());
    talk.send(raw());
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
  }

  /** An empty list that comes as 504 after half a minute (seen at RIVM's) is no empty list. */
  @Test
  void aListThatCannotBeHadMeansNothing() throws Exception {
    Conversation talk = connected();
    talk.send(raw());
    talk.outcomes.clear();
    talk.wire = message -> new Answer.Replied(504, new byte[0]);
    talk.send(raw());
    assertThat(talk.delivered()).isEmpty();
    assertThat(server.offsets()).containsExactlyElementsOf(offsets(raw()));
  }

  /**
   * Whatever is refused, lost, repeated or forgotten on the way: in the end every Observation is
   * there exactly once, and the corrected window in its last revision.
   */
  @Test
  void afterAnyFaultsEverythingIsThereExactlyOnce() throws Exception {
    List<Long> expected = new ArrayList<>(offsets(raw()));
    expected.add(offsets(windows()).get(1)); // the second revision takes the place of the first
    expected.sort(null);
    for (int seed = 0; seed < FAULTY_RUNS; seed++) {
      Random random = new Random(seed);
      FakeServer faulty = new FakeServer();
      faulty.pageSize = 1 + random.nextInt(6);
      Conversation talk =
          new Conversation(
              message ->
                  switch (random.nextInt(8)) {
                    case 0 -> new Answer.Replied(503, new byte[0]);
                    case 1 -> new Answer.Unknown("lost on the way");
                    case 2 -> {
                      faulty.take(message);
                      yield new Answer.Unknown("the answer was lost");
                    }
                    case 3 -> {
                      faulty.take(message);
                      yield new Answer.Replied(500, new byte[0]);
                    }
                    default -> faulty.take(message);
                  });
      talk.connect();
      TreeSet<Long> open = new TreeSet<>(offsets(SampleCity.observations()));
      byte[] old = talk.state;
      for (int step = 0; !open.isEmpty(); step++) {
        assertThat(step).as("seed " + seed + ", still open: " + open).isLessThan(3_000);
        int fate = random.nextInt(12);
        if (fate == 0) {
          talk.connect();
        } else if (fate == 1) { // a crash: the state is from before
          talk.state = random.nextBoolean() ? old : new byte[0];
          talk.connect();
        } else if (fate == 2) {
          old = talk.state;
        }
        talk.send(
            SampleCity.observations().stream()
                .filter(each -> open.contains(each.observation().identity().offset()))
                .filter(each -> random.nextInt(3) > 0)
                .toList());
        open.removeAll(talk.delivered());
      }
      assertThat(talk.of(Outcome.Rejected.class)).as("seed " + seed).isEmpty();
      assertThat(faulty.offsets()).as("seed " + seed).containsExactlyElementsOf(expected);
      assertThat(faulty.all("Datastreams"))
          .as("seed " + seed)
          .hasSize(SampleCity.catalogue().datastreams().size());
    }
  }

  private Inquiry.Finding found(Conversation talk, Described described) {
    Inquiry inquiry = talk.dialect.inquiry(talk.link, talk.state, described).orElseThrow();
    return inquiry.reading().apply((Answer.Replied) server.take(inquiry.question()));
  }

  @Test
  void whatTheServerHoldsIsFoundByItsIdentityAndWhatItLostIsNot() throws Exception {
    Conversation talk = connected();
    talk.send(raw());
    Described last = raw().get(raw().size() - 1);
    assertThat(found(talk, last).isHeld()).isTrue();
    assertThat(found(talk, last).sentence())
        .startsWith("the platform holds it: Observation ")
        .endsWith("result 9999.5");
    server.observations.removeIf(row -> row.toString().contains("9999.5"));
    assertThat(found(talk, last).isHeld()).isFalse();
    assertThat(found(talk, raw().get(0)).isHeld()).as("control: others are there").isTrue();
  }

  // The one before has given its place, and its identity, to the correction.
  @Test
  void aWindowThatWasCorrectedSinceIsFound() throws Exception {
    Conversation talk = connected();
    talk.send(windows().subList(0, 1));
    talk.send(windows().subList(1, 2));
    assertThat(server.observations).hasSize(1);
    assertThat(found(talk, windows().get(0)).isHeld()).isTrue();
    assertThat(found(talk, windows().get(1)).isHeld()).isTrue();
  }

  // Of another Datastream there is one of the same window, with a higher offset.
  @Test
  void aWindowOfAnotherDatastreamIsNotTakenForIt() throws Exception {
    Conversation talk = connected();
    talk.send(windows());
    server.observations.forEach(row -> row.put("stream", 999_999L));
    assertThat(found(talk, windows().get(0)).isHeld()).isFalse();
  }

  @Test
  void aDatastreamThatTheServerWasNotToldOfCannotBeAskedFor() throws Exception {
    Conversation talk = new Conversation(server::take);
    assertThat(talk.dialect.inquiry(talk.link, talk.state, raw().get(0))).isEmpty();
  }
}

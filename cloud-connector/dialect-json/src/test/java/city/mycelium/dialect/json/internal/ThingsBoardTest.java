package city.mycelium.dialect.json.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.Settings;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shapes: ThingsBoard documentation, "MQTT Gateway API Reference". */
class ThingsBoardTest {

  private static final Link LINK = SampleCity.link(Link.Proof.ANSWER);
  private static final DialectKind KIND = new ThingsBoardComponent();
  private static final List<Described> ALL = SampleCity.observations();
  private static final OffsetRange COVERS = new OffsetRange(1201, 1300);

  private static Dialect dialect(Names names, String maxBytes) throws Exception {
    return KIND.dialect(
        Settings.of("thingsboard", KIND.options(), Map.of("maxBytes", maxBytes)), names);
  }

  private static List<String> said(Turn turn, String channel) {
    return turn.dispatches().stream()
        .map(Turn.Dispatch::message)
        .filter(message -> message.channel().equals(channel))
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  private static DialectEvent send(List<Described> observations) {
    return new DialectEvent.Send(COVERS, 0, observations, SampleCity.NOON);
  }

  private static DialectEvent connected() {
    return new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON);
  }

  @Test
  void telemetryHasTimesInMilliseconds() throws Exception {
    Turn turn =
        dialect(new Names(Map.of("front-12", "Front"), Map.of(), Map.of()), "60000")
            .turn(LINK, new byte[0], send(ALL.subList(0, 1)));
    assertThat(said(turn, "connect")).containsExactly("{\"device\":\"Front\"}");
    assertThat(said(turn, "telemetry"))
        .containsExactly("{\"Front\":[{\"ts\":1795435200000,\"values\":{\"NO2\":23.5}}]}");
  }

  @Test
  void aDeviceIsConnectedOncePerConnection() throws Exception {
    Dialect dialect = dialect(Names.NONE, "60000");
    Turn hello = dialect.turn(LINK, new byte[0], connected());
    assertThat(said(hello, "connect"))
        .doesNotHaveDuplicates()
        .contains("{\"device\":\"paddenstoel.123\"}", "{\"device\":\"noise.7\"}");
    assertThat(said(dialect.turn(LINK, hello.state(), send(ALL)), "connect")).isEmpty();
    assertThat(said(dialect.turn(LINK, hello.state(), connected()), "connect"))
        .as("after a reconnect")
        .hasSameSizeAs(said(hello, "connect"));
  }

  @Test
  void aDeviceThatIsNoLongerToldIsDisconnected() throws Exception {
    Dialect dialect = dialect(Names.NONE, "60000");
    Turn hello = dialect.turn(LINK, new byte[0], connected());
    Catalogue less =
        new Catalogue(
            SampleCity.catalogue().things(),
            SampleCity.catalogue().datastreams().stream()
                .filter(each -> !each.device().value().equals("noise.7"))
                .toList());
    Turn changed =
        dialect.turn(LINK, hello.state(), new DialectEvent.CatalogueChanged(less, SampleCity.NOON));
    assertThat(said(changed, "disconnect")).containsExactly("{\"device\":\"noise.7\"}");
    assertThat(said(changed, "connect")).isEmpty();
  }

  @Test
  void attributesTellPlaceAndUnits() throws Exception {
    Turn hello = dialect(Names.NONE, "60000").turn(LINK, new byte[0], connected());
    assertThat(said(hello, "attributes"))
        .contains(
            "{\"noise.7\":{\"thing\":\"Lamp post 7\",\"latitude\":52.50981,\"longitude\":6.08377,"
                + "\"altitude\":3.5,\"LAeq.unit\":\"dB\"}}");
  }

  /** ThingsBoard ends the connection of whoever sends it too much at once. */
  @Test
  void noMessageIsLargerThanAllowedAndTogetherTheyCoverAll() throws Exception {
    Turn turn = dialect(Names.NONE, "1000").turn(LINK, new byte[0], send(ALL));
    long next = COVERS.first();
    int messages = 0;
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      OffsetRange covers = dispatch.covers();
      if (covers != null) {
        assertThat(dispatch.message().payload()).hasSizeLessThanOrEqualTo(1000);
        assertThat(covers.first()).isEqualTo(next);
        next = covers.last() + 1;
        messages++;
      }
    }
    assertThat(next).isEqualTo(COVERS.last() + 1);
    assertThat(messages).isGreaterThan(2);
  }

  /** What is written last stays: a repeat of the first revision must not. */
  @Test
  void aCorrectedWindowIsNotUndone() throws Exception {
    Dialect dialect = dialect(Names.NONE, "60000");
    List<Described> hours = ALL.stream().filter(each -> each.datastream().isAggregate()).toList();
    Turn both = dialect.turn(LINK, new byte[0], send(hours));
    assertThat(said(both, "telemetry"))
        .singleElement()
        .asString()
        .contains("\"NO2/PT1H.revision\":2")
        .doesNotContain("\"NO2/PT1H.revision\":1");
    Turn repeat = dialect.turn(LINK, both.state(), send(hours.subList(0, 1)));
    assertThat(repeat.dispatches()).isEmpty();
    assertThat(repeat.outcomes()).containsExactly(new Outcome.Delivered(SampleCity.EPOCH, COVERS));
  }

  /** Of two values in one place one would be nowhere. */
  @Test
  void twoOfOneKeyInTheSameMillisecondAreNotBothCalledDelivered() throws Exception {
    Described no2 = ALL.get(0);
    Observation twin =
        new Observation(
            new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, 1202),
            no2.datastream().id(),
            no2.observation().phenomenonTime(),
            new Result.Measurement(99),
            Quality.GOOD,
            SampleCity.NOON);
    Turn turn =
        dialect(Names.NONE, "60000")
            .turn(
                LINK,
                new byte[0],
                send(List.of(no2, new Described(twin, no2.datastream(), no2.thing()))));
    assertThat(said(turn, "telemetry")).singleElement().asString().doesNotContain("99");
    assertThat(turn.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.offsets()).isEqualTo(new OffsetRange(1202, 1202)));
  }

  @Test
  void aCommandIsDeclinedInWords() throws Exception {
    Turn turn =
        dialect(Names.NONE, "60000")
            .turn(
                LINK,
                new byte[0],
                new DialectEvent.Received(Message.post("rpc", "application/json", new byte[0])));
    assertThat(turn.dispatches()).isEmpty();
    assertThat(turn.outcomes().toString()).contains("takes none");
  }
}

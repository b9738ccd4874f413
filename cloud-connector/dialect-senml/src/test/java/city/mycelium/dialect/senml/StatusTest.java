package city.mycelium.dialect.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.dialect.senml.Status.ToldThing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/wire.md, 5. */
class StatusTest {

  private static final Datastream RAW =
      new Datastream(
          new DatastreamId("paddenstoel.123/PM25"),
          new ThingId("front.12"),
          new DeviceId("paddenstoel.123"),
          Vocabulary.PM2_5,
          Unit.MICROGRAM_PER_CUBIC_METRE,
          Duration.ofMinutes(1),
          null);

  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              new KnownThing(
                  new ThingId("front.12"),
                  "House front, invented street 12",
                  new Position(52.001, 4.75, null)),
              new KnownThing(new ThingId("bay.7"), "Parking bay 7", null)),
          List.of(RAW, RAW.over(Duration.ofMinutes(10))));

  private static final Status ONLINE = Status.online(Packs.EPOCH, List.of(), CATALOGUE);

  @Test
  void aRestoredJournalsStatusIsTheGoldenFileBothWays() throws SenmlException {
    Status restored = new Status(true, Packs.EPOCH, Packs.PREDECESSORS, List.of(), List.of());
    assertThat(restored.toJson()).isEqualTo(Golden.json("status-restored.json"));
    assertThat(Status.parse(Golden.json("status-restored.json"))).isEqualTo(restored);
  }

  @Test
  void anEpochIsNotItsOwnPredecessor() {
    byte[] own =
        new String(Golden.json("status-restored.json"), StandardCharsets.UTF_8)
            .replace("0123456789abcdef", "00c0ffee00c0ffee")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Status.parse(own))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("its own predecessor");
  }

  @Test
  void onlineIsTheGoldenFileBothWays() throws SenmlException {
    assertThat(text(ONLINE.toJson())).isEqualTo(text(Golden.json("status-online.json")));
    assertThat(Status.parse(Golden.json("status-online.json"))).isEqualTo(ONLINE);
  }

  @Test
  void offlineIsTheGoldenFileBothWays() throws SenmlException {
    assertThat(text(Status.offline().toJson())).isEqualTo(text(Golden.json("status-offline.json")));
    assertThat(Status.parse(Golden.json("status-offline.json"))).isEqualTo(Status.offline());
  }

  // Who owns a house front is nobody's business but the gateway's.
  @Test
  void anOwnerIsNeverTold() {
    assertThat(text(ONLINE.toJson())).contains("front.12").doesNotContain("resident.12");
  }

  @Test
  void altitudeTravels() throws SenmlException {
    ToldThing pole =
        new ToldThing(new ThingId("pole.1"), "Pole", new Position(-33.5, 151.25, -2.5));
    Status status = new Status(true, 1, List.of(pole), List.of());
    assertThat(Status.parse(status.toJson())).isEqualTo(status);
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws SenmlException {
    String later =
        text(Golden.json("status-online.json"))
            .replace("{\"wire\":1", "{\"later\":[{}],\"wire\":1")
            .replace("\"name\":\"Parking bay 7\"", "\"name\":\"Parking bay 7\",\"colour\":{}")
            .replace("\"unit\":", "\"later\":null,\"unit\":");
    assertThat(parse(later)).isEqualTo(ONLINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"wire\":1             | \"wire\":2            | update the older end",
        "\"online\":true        | \"online\":1          | must be true or false",
        "\"online\":true        | \"x\":true            | needs 'online'",
        "\"epoch\"              | \"x\"                 | needs 'epoch'",
        "\"id\":\"bay.7\"       | \"id\":\"bay 7\"      | a thing id is",
        "\"id\":\"bay.7\"       | \"x\":\"bay.7\"       | needs 'id'",
        "\"Point\"              | \"Polygon\"           | must be a Point",
        "[4.75,52.001]          | [4.75]                | must be a Point",
        "[4.75,52.001]          | [1,2,3,4]             | must be a Point",
        "[4.75,52.001]          | [52.001,94.75]        | a position is",
        "[4.75,52.001]          | [\"4.75\",52]         | must be a number",
        "\"unit\":\"ug/m3\"     | \"unit\":\"furlong\"  | 'furlong' is not known here",
        "PT10M\"}               | ten minutes\"}        | ISO 8601",
        "/pollutant/6001        | '/a space '           | ",
        "\"property\":\"PM2.5\" | \"x\":1               | needs 'property'",
      })
  void whatIsNoStatusIsRefused(String from, String to, String why) {
    String good = text(Golden.json("status-online.json"));
    String broken = good.replace(from, to);
    assertThat(broken).isNotEqualTo(good);
    assertThatThrownBy(() -> parse(broken))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining(why == null ? "" : why);
  }

  private static Status parse(String json) throws SenmlException {
    return Status.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

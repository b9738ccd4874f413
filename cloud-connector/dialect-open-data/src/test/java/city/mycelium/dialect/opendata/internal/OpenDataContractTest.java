package city.mycelium.dialect.opendata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.DialectContract;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenDataContractTest extends DialectContract {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "baseUrl", "https://data.example/air",
          "title", "Lucht in de buurt",
          "description", "Wat kastjes aan gevels meten.",
          "publisher", "Gemeente Paddenstad",
          "language", "nl");

  @Override
  protected DialectKind kind() {
    return new OpenDataComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return SETTINGS;
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(204, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return List.of();
  }

  private static Dialect dialect(Map<String, String> settings) throws SettingsException {
    OpenDataComponent kind = new OpenDataComponent();
    return kind.dialect(Settings.of(kind.name(), kind.options(), settings), Names.NONE);
  }

  private static Turn send(byte[] state, List<Described> observations) throws SettingsException {
    return dialect(SETTINGS)
        .turn(
            SampleCity.link(Link.Proof.ANSWER),
            state,
            new DialectEvent.Send(
                new OffsetRange(1, 99_999), 0, observations, SampleCity.NOON + 60_000));
  }

  private static String text(Message message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  private static List<Described> windows() {
    return SampleCity.observations().stream()
        .filter(described -> described.observation().result() instanceof Result.Summary)
        .toList();
  }

  // The row's layout by hand, from docs/connect-open-data.md.
  @Test
  void aWindowIsARowThatItsRevisionsShare() throws Exception {
    Turn turn = send(new byte[0], windows());
    assertThat(turn.dispatches()).hasSize(1);
    Message message = turn.dispatches().get(0).message();
    assertThat(message.channel()).isEqualTo("observations-2026-11-23.csv");
    String[] lines = text(message).split("\r\n", -1);
    assertThat(lines[1])
        .isEqualTo(
            "paddenstoel.123/NO2/PT1H@2026-11-23T11:00:00Z,front-12,NO2,ug/m3,"
                + "2026-11-23T11:00:00Z,2026-11-23T12:00:00Z,summary,22.25,"
                + "max=44.0;mean=22.25;min=-1.5,56,60,true,1,good,"
                + "mushroomgatewaymushroom234,00c0ffee00c0ffee,"
                + windows().get(0).observation().identity().offset());
    assertThat(lines[2]).startsWith("paddenstoel.123/NO2/PT1H@2026-11-23T11:00:00Z,");
  }

  // Newest first, or a repeat: what was corrected must not come back.
  @Test
  void aLowerRevisionThatComesLaterIsPassedOverAndDone() throws Exception {
    Turn corrected = send(new byte[0], windows().subList(1, 2));
    Turn late = send(corrected.state(), windows().subList(0, 1));
    assertThat(late.dispatches()).isEmpty();
    assertThat(late.outcomes())
        .containsExactly(new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(1, 99_999)));
  }

  @Test
  void twoOfOneMillisecondAreTwoRows() throws Exception {
    Described one = SampleCity.observations().get(0);
    String table = text(send(new byte[0], List.of(one, one)).dispatches().get(0).message());
    String[] lines = table.split("\r\n", -1);
    assertThat(lines[1])
        .startsWith("paddenstoel.123/NO2@2026-11-23T12:00:00Z#00c0ffee00c0ffee-1201,");
  }

  @Test
  void everyResultIsReadBackAsItWas() throws Exception {
    OpenDataReader reader = new OpenDataReader();
    for (Described described : SampleCity.observations()) {
      Message message = send(new byte[0], List.of(described)).dispatches().get(0).message();
      List<ToldObservation> told = reader.read(message);
      assertThat(told).hasSize(1);
      assertThat(told.get(0).identity()).isEqualTo(described.observation().identity());
      assertThat(told.get(0).phenomenonTime()).isEqualTo(described.observation().phenomenonTime());
      if (described.observation().result() instanceof Result.Text text) {
        assertThat(told.get(0).result())
            .isEqualTo(new Result.Text(text.value().replace("\n", " ")));
      } else {
        assertThat(told.get(0).result()).isEqualTo(described.observation().result());
      }
    }
  }

  @Test
  void aConnectionBringsPlacesAndDescriptionUpToDate() throws Exception {
    Turn turn =
        dialect(SETTINGS)
            .turn(
                SampleCity.link(Link.Proof.ANSWER),
                new byte[0],
                new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON));
    assertThat(turn.dispatches())
        .extracting(dispatch -> dispatch.message().channel())
        .containsExactly("places.geojson", "dataset.jsonld");
    String places = text(turn.dispatches().get(0).message());
    assertThat(places.replaceAll("\\s+", ""))
        .contains("\"coordinates\":[6.079,52.507]")
        .contains("\"id\":\"bike-2\",\"geometry\":null");
    String dataset = text(turn.dispatches().get(1).message()).replaceAll("\\s+", "");
    assertThat(dataset)
        .contains("\"@type\":\"dcat:Dataset\"")
        .contains("\"dct:title\":{\"@value\":\"Luchtindebuurt\",\"@language\":\"nl\"}")
        .contains("\"dcat:downloadURL\":{\"@id\":\"https://data.example/air/places.geojson\"}");
  }

  @Test
  void anAddressThatIsNoneIsSaid() {
    Map<String, String> wrong = new HashMap<>(SETTINGS);
    wrong.put("baseUrl", "data");
    assertThatThrownBy(() -> dialect(wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("baseUrl is an address");
  }

  @Test
  void aRowIsFoundInItsDaysFileAndAFileWithoutItIsToldApart() throws Exception {
    Described one = SampleCity.observations().get(0);
    Inquiry inquiry =
        dialect(SETTINGS)
            .inquiry(SampleCity.link(Link.Proof.ANSWER), new byte[0], one)
            .orElseThrow();
    assertThat(inquiry.question().channel()).isEqualTo("observations-2026-11-23.csv");
    byte[] file = send(new byte[0], List.of(one)).dispatches().get(0).message().payload();
    assertThat(inquiry.reading().apply(new Answer.Replied(200, file)))
        .isEqualTo(
            new Inquiry.Finding(
                true,
                "observations-2026-11-23.csv holds it: the row"
                    + " paddenstoel.123/NO2@2026-11-23T12:00:00Z#00c0ffee00c0ffee-1201"));
    byte[] other = send(new byte[0], windows()).dispatches().get(0).message().payload();
    assertThat(inquiry.reading().apply(new Answer.Replied(200, other)).isHeld()).isFalse();
    assertThat(inquiry.reading().apply(new Answer.Replied(404, new byte[0])).isHeld()).isFalse();
  }
}

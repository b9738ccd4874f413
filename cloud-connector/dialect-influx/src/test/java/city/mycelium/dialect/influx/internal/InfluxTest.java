package city.mycelium.dialect.influx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the InfluxDB OSS v1 documentation, "Line protocol reference". */
class InfluxTest {

  private static final Described NO2 = Kit.sample("paddenstoel.123/NO2");
  private final List<Message> sent = new ArrayList<>();

  private Kit kit(Map<String, String> settings, Names names, Answer answer) throws Exception {
    return new Kit(
        new InfluxComponent(),
        settings,
        names,
        message -> {
          sent.add(message);
          return answer;
        });
  }

  private static Answer replied(int status, String body) {
    return new Answer.Replied(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private Kit kit(Names names) throws Exception {
    return kit(Map.of("db", "city"), names, replied(204, ""));
  }

  /** "Special characters": comma, equals sign and space are escaped in names and tags. */
  @Test
  void namesWithSpecialCharactersAreEscaped() throws Exception {
    Names odd =
        new Names(
            Map.of("front-12", "Front, 12=b"),
            Map.of("paddenstoel.123/NO2", "a b"),
            Map.of("NO2", "stikstof dioxide,x=y"));
    assertThat(kit(odd).body(List.of(NO2)))
        .startsWith("stikstof\\ dioxide\\,x=y,datastream=a\\ b,")
        .contains(",thing=Front\\,\\ 12\\=b,");
  }

  @Test
  void whatIsWrittenIsReadBackWholeButForLineBreaks() throws Exception {
    Kit kit = kit(Names.NONE);
    List<Described> all = SampleCity.observations();
    kit.send(all);
    InfluxComponent kind = new InfluxComponent();
    List<ToldObservation> told =
        kind.reader(Settings.of("influx", kind.options(), Map.of("db", "city")), Names.NONE)
            .read(sent.get(0));
    assertThat(told).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      Described original = all.get(i);
      assertThat(told.get(i).identity()).isEqualTo(original.observation().identity());
      assertThat(told.get(i).phenomenonTime()).isEqualTo(original.observation().phenomenonTime());
      assertThat(told.get(i).unit()).isEqualTo(original.datastream().unit().code());
      Result result = original.observation().result();
      assertThat(told.get(i).result())
          .isEqualTo(
              result instanceof Result.Text text
                  ? new Result.Text(text.value().replace('\n', ' '))
                  : result);
    }
  }

  @Test
  void version2HasItsOwnAddress() throws Exception {
    kit(
            Map.of("version", "2", "org", "De Stad & co", "bucket", "lucht"),
            Names.NONE,
            replied(204, ""))
        .send(List.of(NO2));
    assertThat(sent.get(0).channel())
        .isEqualTo("api/v2/write?org=De%20Stad%20%26%20co&bucket=lucht&precision=ns");
  }

  /** InfluxDB 2 says 422 and puts the same words into another body. */
  @Test
  void aConflictAtVersion2IsRejectedAlone() throws Exception {
    Kit kit =
        kit(
            Map.of("version", "2", "org", "o", "bucket", "b"),
            Names.NONE,
            replied(
                422,
                "{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to"
                    + " database: partial write: field type conflict: input field \\\"value\\\" on"
                    + " measurement \\\"NO2\\\" is type float, already exists as type integer"
                    + " dropped=1\"}"));
    Described dust =
        Kit.with(
            Kit.sample("paddenstoel.123/PM10"),
            1202,
            PhenomenonTime.at(SampleCity.NOON),
            new Result.Measurement(13));
    assertThat(kit.send(List.of(NO2, dust)))
        .hasSize(3)
        .first()
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.offsets().last()).isEqualTo(1201));
  }

  @Test
  void aTimeThatInfluxDbCannotSayIsRejectedAlone() throws Exception {
    Described late =
        Kit.with(NO2, 5, PhenomenonTime.at(10_000_000_000_000L), new Result.Measurement(1));
    List<Outcome> outcomes = kit(Names.NONE).send(List.of(late));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Rejected.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefusedWithWords() {
    assertThatThrownBy(() -> kit(Map.of(), Names.NONE, replied(204, "")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("dialect.db");
    assertThatThrownBy(() -> kit(Map.of("version", "2", "org", "o"), Names.NONE, replied(204, "")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("dialect.bucket");
    assertThatThrownBy(() -> kit(new Names(Map.of(), Map.of(), Map.of("NO2", "a\\"))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("mapping file");
  }
}

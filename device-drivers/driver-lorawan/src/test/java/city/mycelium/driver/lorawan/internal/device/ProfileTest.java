package city.mycelium.driver.lorawan.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {

  private static final DeviceId DEVICE = new DeviceId("lorawan.70b3d57ed0000001");
  private static final String ALL =
      """
      {
        "title": "Everything", // a comment
        "vendor": "Acme",
        "codec": "acme.js",
        "trusted": true,
        "uplinkPeriod": "PT10M",
        "fields": [
          {"path": "state", "channel": "bay", "property": "parking-spot-status",
           "values": {"true": "occupied", "false": "free", "2": "unknown"}},
          {"path": "water.level", "channel": "level", "property": "water-level", "unit": "cm",
           "scale": 0.5, "offset": 10, "onlyIf": {"water.valid": 1}},
          {"path": "total", "channel": "vehicles", "property": "vehicle-count", "kind": "counter"},
          {"path": "t_*", "channel": "t-*", "property": "air-temperature", "unit": "Cel"},
          {"path": "wet", "channel": "wet", "property": "flood", "kind": "truth"},
          {"channel": "place", "property": "position", "kind": "position", "latitude": "lat",
           "longitude": "lon"}
        ],
        "ignore": ["debug*"]
      }
      """;

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static Profile.Meaning read(String data) throws Mistake {
    return ProfileText.read("all", ALL, false).read(DEVICE, json(data));
  }

  private static List<String> said(String data) throws Mistake {
    return read(data).said().stream()
        .map(s -> s.channel().name() + " " + s.result() + " " + s.channel().unit().code())
        .toList();
  }

  @Test
  void everythingThatIsMappedIsRead() throws Exception {
    Profile profile = ProfileText.read("all", ALL, false);

    assertThat(profile.title()).isEqualTo("Everything");
    assertThat(profile.codec()).isEqualTo("acme.js");
    assertThat(profile.trusted()).isTrue();
    assertThat(
            said(
                "{'state':true,'water':{'level':90,'valid':1},'total':7,'t_1':1.5,'t_2':2,"
                    + "'wet':false,'lat':52.5,'lon':6}"))
        .containsExactly(
            "bay " + new Result.Category("occupied") + " 1",
            "level " + new Result.Measurement(55) + " cm",
            "vehicles " + new Result.Counter(7) + " 1",
            "t-1 " + new Result.Measurement(1.5) + " Cel",
            "t-2 " + new Result.Measurement(2) + " Cel",
            "wet " + new Result.Truth(false) + " 1",
            "place " + new Result.Position(52.5, 6, null) + " deg");
    assertThat(read("{'wet':true}").said().get(0).channel().samplingPeriod())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void wordsAreMappedWhateverTheirTypeWas() throws Exception {
    assertThat(said("{'state':2.0}"))
        .containsExactly("bay " + new Result.Category("unknown") + " 1");
    assertThat(said("{'state':'false'}"))
        .containsExactly("bay " + new Result.Category("free") + " 1");
  }

  @Test
  void aFieldThatIsMissingCostsNothing() throws Exception {
    assertThat(read("{}")).isEqualTo(new Profile.Meaning(List.of(), List.of(), List.of()));
    assertThat(read("{'state':null,'lat':1}").refusals()).isEmpty();
  }

  @Test
  void aFieldOfTheWrongTypeCostsNoOther() throws Exception {
    Profile.Meaning meaning =
        read("{'state':5,'total':-1,'t_1':'warm','wet':1,'lat':99,'lon':0,'t_2':3}");

    assertThat(meaning.said()).extracting(s -> s.channel().name()).containsExactly("t-2");
    assertThat(meaning.refusals())
        .containsExactly(
            "'state': one of [2, false, true] is expected, not 5",
            "'total': a whole number from 0 on is expected, not -1.0",
            "'t_*': a number is expected, not \"warm\"",
            "'wet': true or false is expected, not 1",
            "'': a position is latitude -90..90 and longitude -180..180 in WGS 84 degrees");
  }

  /** A sensor that says it could not measure must not be quoted with 0. */
  @Test
  void aValueThatItsConditionForbidsIsNotTaken() throws Exception {
    assertThat(said("{'water':{'level':90,'valid':0}}")).isEmpty();
    assertThat(said("{'water':{'level':90}}")).isEmpty();
  }

  @Test
  void whatNobodyHasThoughtOfIsNamed() throws Exception {
    assertThat(read("{'debug1':1,'lat':1,'water':{},'other':1}").unmapped())
        .containsExactly("other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"property\": \"flood\"   | \"property\": \"wetness\" | line 14: no observed property is"
            + " called 'wetness'; there are [",
        "\"unit\": \"Cel\"         | \"unit\": \"grad\" | line 13: 'grad' is no unit known here",
        "\"unit\": \"Cel\"         | \"unit\": \"cm\" | line 13: air-temperature cannot be given in cm",
        "\"channel\": \"wet\"      | \"channel\": \"rssi\" | line 14: the gateway itself says 'rssi'",
        "\"channel\": \"wet\"      | \"channel\": \"bay\" | line 14: channel 'bay' is there already",
        "\"channel\": \"wet\"      | \"channel\": \"we t\" | line 14: a channel's name is",
        "\"channel\": \"t-*\"      | \"channel\": \"t\" | line 13: a path with * needs a channel",
        "\"kind\": \"truth\"       | \"kind\": \"bool\" | line 14: kind is number, counter, truth",
        "\"kind\": \"truth\"       | \"scale\": 0 | line 14: a scale of 0",
        "\"kind\": \"truth\"       | \"kind\": \"truth\", \"scale\": 2 | line 14: scale and offset",
        "\"PT10M\"                 | \"10 min\" | line 6: uplinkPeriod is an ISO 8601 duration",
        "\"acme.js\"               | \"../acme.js\" | line 4: codec is the name of a file",
        "\"ignore\"                | \"ignored\" | line 18: 'ignored' means nothing here",
        "\"path\": \"total\"       | \"path\": \"a..b\" | line 12: path: a path is names",
        "\"path\": \"total\"       | \"pat\": \"total\" | line 12: 'pat' means nothing here",
      })
  void eachMistakeHasItsWords(String good, String bad, String words) {
    String text = ALL.replace(good, bad);
    assertThat(text).isNotEqualTo(ALL);
    assertThatThrownBy(() -> ProfileText.read("all", text, false))
        .isInstanceOf(Mistake.class)
        .hasMessageStartingWith(words);
  }
}

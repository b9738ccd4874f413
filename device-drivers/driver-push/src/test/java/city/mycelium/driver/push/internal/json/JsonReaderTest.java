package city.mycelium.driver.push.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.push.internal.Kits;
import city.mycelium.driver.push.internal.json.JsonReader.NotJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against RFC 8259. */
class JsonReaderTest {

  @Test
  void readsEveryKindOfValue() throws NotJson {
    assertThat(
            JsonReader.read(
                " {\"a\" : [1, -2.5e3, \"x\", true, false, null, {}, []], \"b\":\"\"}\r\n"))
        .isEqualTo(
            new Json.Members(
                Map.of(
                    "a",
                    new Json.Items(
                        List.of(
                            new Json.Numeral("1"),
                            new Json.Numeral("-2.5e3"),
                            new Json.Text("x"),
                            new Json.Truth(true),
                            new Json.Truth(false),
                            new Json.Nothing(),
                            new Json.Members(Map.of()),
                            new Json.Items(List.of()))),
                    "b",
                    new Json.Text(""))));
  }

  @Test
  void readsEveryEscape() throws NotJson {
    assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00b5\\u00B5\""))
        .isEqualTo(new Json.Text("\"\\/\b\f\n\r\t\u00b5\u00b5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "\"",
        "\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "[1",
        "[1,",
        "[1,]",
        "{a:1}",
        "{1:2}",
        "tru",
        "nul",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "-",
        "NaN",
        "1 2",
        "{}x",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123",
        "\"\t\"",
        "'a'",
        "[1 2]",
        "\"\\u\uff11\uff11\uff11\uff11\"",
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(NotJson.class)
        .hasMessageContaining("at character");
  }

  @Test
  void refusesABottomlessPit() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(60_000)))
        .isInstanceOf(NotJson.class)
        .hasMessageContaining("deep");
  }

  @Test
  void isDoneWithALongRunOfDigitsAtOnce() {
    String digits = "1".repeat(60_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThatThrownBy(() -> JsonReader.read(digits + "x")).isInstanceOf(NotJson.class));
  }

  @Test
  void readsBackWhatItQuotes() throws NotJson {
    String text = "line 2: \"\u00b5\" \\ \n\u0000 \ud83c\udf44 \ud800";
    assertThat(JsonReader.read(Json.quote(text))).isEqualTo(new Json.Text(text));
  }

  @Test
  void neverFailsOtherwiseWhateverComes() {
    Random random = new Random(20261123);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      String body =
          i % 4 == 0
              ? Kits.noise(random)
              : Kits.damaged(Kits.body(Kits.JSON.get(i % Kits.JSON.size())), random);
      try {
        JsonReader.read(body);
        read++;
      } catch (NotJson e) {
        assertThat(e).hasMessageContaining("at character");
      }
    }
    // The control: with a parser that refuses everything this test would prove nothing.
    assertThat(read).isBetween(500, 9_999);
  }
}

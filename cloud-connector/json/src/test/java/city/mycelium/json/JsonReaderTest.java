package city.mycelium.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, what is refused, and how much goes in. */
class JsonReaderTest {

  /** RFC 8259, 13, the first example. */
  private static final String IMAGE =
      """
      {
        "Image": {
            "Width":  800,
            "Height": 600,
            "Title":  "View from 15th Floor",
            "Thumbnail": {
                "Url":    "http://www.example.com/image/481989943",
                "Height": 125,
                "Width":  100
            },
            "Animated" : false,
            "IDs": [116, 943, 234, 38793]
          }
      }
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object read(String text) throws JsonException {
    return JsonReader.value(utf8(text));
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theStandardsExampleIsRead() throws Exception {
    JsonObject image = JsonReader.object(IMAGE).object("Image");
    assertThat(image.members().keySet())
        .containsExactly("Width", "Height", "Title", "Thumbnail", "Animated", "IDs");
    assertThat(image.whole("Width")).isEqualTo(800);
    assertThat(image.number("Height")).isEqualTo(600.0);
    assertThat(image.text("Title")).isEqualTo("View from 15th Floor");
    assertThat(image.truth("Animated")).isFalse();
    assertThat(image.list("IDs")).isEqualTo(List.of(116L, 943L, 234L, 38793L));
    assertThat(image.object("Thumbnail").whole("Width")).isEqualTo(100);
  }

  @Test
  void aValueIsOneOfJavasOwn() throws Exception {
    assertThat(read("[1, 1.0, -0.5, 1e2, true, null, \"t\", {}, []]"))
        .isEqualTo(
            Arrays.asList(1L, 1.0, -0.5, 100.0, true, null, "t", JsonObject.EMPTY, List.of()));
    assertThat(read("\"\\ud83c\\udf44\"")).isEqualTo("🍄");
    assertThat(read(" 7 ")).isEqualTo(7L);
  }

  @Test
  void aWholeNumberBeyondALongIsADouble() throws Exception {
    assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read("9223372036854775808")).isEqualTo(9.223372036854775808e18);
    refused("1e309", "too large");
    refused("1" + "0".repeat(309), "too large");
  }

  @Test
  void whatIsReadIsNobodysToChange() throws Exception {
    JsonObject object = JsonReader.object("{\"a\":[1],\"b\":{\"c\":2}}");
    assertThatThrownBy(() -> object.members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.list("a").clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.object("b").members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "[1 2]",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "tru",
        "[1]]",
        "1 2",
        "// c\n1",
        "\"\t\"",
        "\"\\x\"",
        "{\"a\"}",
        "nul",
        "]"
      })
  void whatTheGrammarDoesNotKnowIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
  }

  /** RFC 8259, 4: who reads such an object gets the first, the last, both, or an error. */
  @Test
  void aNameThatComesTwiceIsRefused() throws Exception {
    refused("{\"offset\":1,\"offset\":2}", "offset");
    assertThat(read("{\"a\":{\"b\":1},\"b\":2}")).isNotNull(); // control: in another object
  }

  @Test
  void itIsSaidWhere() {
    refused("{\n  \"a\": tru\n}", "line 2");
    refused("", "nothing in it");
    refused("1 2", "something follows");
  }

  /** Each as much as goes in, and one more. */
  @Test
  void everythingIsBounded() throws Exception {
    read("[".repeat(JsonReader.MOST_DEPTH) + "]".repeat(JsonReader.MOST_DEPTH));
    refused("[".repeat(JsonReader.MOST_DEPTH + 1) + "]".repeat(JsonReader.MOST_DEPTH + 1), "depth");

    read("{\"" + "n".repeat(JsonReader.MOST_NAME_BYTES) + "\":1}");
    refused("{\"" + "n".repeat(2 * JsonReader.MOST_NAME_BYTES) + "\":1}", "Name length");

    read("\"" + "t".repeat(JsonReader.MOST_TEXT_CHARS) + "\"");
    refused("\"" + "t".repeat(JsonReader.MOST_TEXT_CHARS + 1) + "\"", "String value length");

    read("0." + "1".repeat(JsonReader.MOST_NUMBER_CHARS - 2));
    refused("0." + "1".repeat(2 * JsonReader.MOST_NUMBER_CHARS), "Number value length");

    refused("[" + "[],".repeat(JsonReader.MOST_TOKENS / 2) + "[]]", "Token count");

    byte[] large = new byte[JsonReader.MOST_BYTES + 1];
    Arrays.fill(large, (byte) ' ');
    large[0] = '7';
    assertThatThrownBy(() -> JsonReader.value(large))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 16777216");
    assertThat(JsonReader.value(Arrays.copyOf(large, JsonReader.MOST_BYTES))).isEqualTo(7L);
  }

  @Test
  void whatIsCutShortIsRefused() throws Exception {
    String whole = IMAGE.strip();
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(JsonException.class);
    }
    assertThat(read(whole)).isInstanceOf(JsonObject.class);
  }

  /** Strangers' bytes give a value or a {@link JsonException}, and nothing else. */
  @Property(tries = 5_000)
  void anyBytesAreAValueOrRefused(@ForAll byte[] bytes) {
    valueOrRefused(bytes);
  }

  /** Likewise what was JSON and took a blow. */
  @Property(tries = 5_000)
  void jsonWithAnyByteChangedIsAValueOrRefused(
      @ForAll @IntRange(max = 300) int at, @ForAll byte now) {
    byte[] bytes = utf8(IMAGE);
    bytes[at] = now;
    valueOrRefused(bytes);
  }

  private static void valueOrRefused(byte[] bytes) {
    try {
      Object value = JsonReader.value(bytes);
      assertThat(JsonObject.plain(value)).isEqualTo(value);
    } catch (JsonException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void aMemberThatIsNotAsItShouldBeIsNamed() throws Exception {
    JsonObject object =
        JsonReader.object(
            "{\"t\":\"x\",\"w\":1,\"n\":1.5,\"b\":true,\"o\":{},\"l\":[],\"z\":null}");
    assertThatThrownBy(() -> object.text("w"))
        .hasMessage("'w' should be text, but is a whole number");
    assertThatThrownBy(() -> object.whole("n"))
        .hasMessage("'n' should be a whole number, but is a number");
    assertThatThrownBy(() -> object.number("t")).hasMessage("'t' should be a number, but is text");
    assertThatThrownBy(() -> object.truth("o"))
        .hasMessage("'o' should be true or false, but is an object");
    assertThatThrownBy(() -> object.object("l"))
        .hasMessage("'l' should be an object, but is a list");
    assertThatThrownBy(() -> object.list("z")).hasMessage("'z' should be a list, but is null");
    assertThatThrownBy(() -> object.text("b")).hasMessage("'b' should be text, but is true");
    assertThatThrownBy(() -> object.text("no")).hasMessage("'no' should be text, but is missing");
  }

  @Test
  void whereItMayBeMissingItIsEmpty() throws Exception {
    JsonObject object = JsonReader.object("{\"o\":{\"a\":1},\"l\":[{\"b\":2},3],\"t\":\"x\"}");
    assertThat(object.objectOrEmpty("o").whole("a")).isEqualTo(1);
    assertThat(object.objectOrEmpty("t")).isEqualTo(JsonObject.EMPTY);
    assertThat(object.objectOrEmpty("no")).isEqualTo(JsonObject.EMPTY);
    assertThat(object.listOrEmpty("l")).hasSize(2);
    assertThat(object.listOrEmpty("o")).isEmpty();
    assertThat(object.objectsOrEmpty("l"))
        .containsExactly(JsonObject.of(Map.of("b", 2)), JsonObject.EMPTY);
  }

  @Test
  void onlyAnObjectIsAnObject() throws Exception {
    assertThatThrownBy(() -> JsonReader.object("[]")).hasMessageContaining("an object");
    assertThatThrownBy(() -> JsonReader.list(utf8("{}"))).hasMessageContaining("a list");
    assertThat(JsonReader.list(utf8("[1]"))).isEqualTo(List.of(1L));
  }
}

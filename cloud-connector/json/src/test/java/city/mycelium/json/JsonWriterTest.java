package city.mycelium.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What is written, to the byte. */
class JsonWriterTest {

  private static String text(JsonWriter json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static String shortest(double value) {
    return text(new JsonWriter().number(value));
  }

  private static String decimal(double value) {
    return text(new JsonWriter().decimal(value));
  }

  @Test
  void membersComeInTheOrderInWhichTheyAreTold() {
    JsonWriter json =
        new JsonWriter()
            .object()
            .text("b", "wit €")
            .number("a", 5)
            .object("o")
            .truth("t", true)
            .end()
            .list("l")
            .number(1.5)
            .nothing()
            .object()
            .end()
            .end()
            .time("at", Instant.parse("2026-11-23T12:00:00Z").toEpochMilli())
            .value("v", Arrays.asList(1, null, "x"))
            .end();
    assertThat(text(json))
        .isEqualTo(
            "{\"b\":\"wit €\",\"a\":5,\"o\":{\"t\":true},\"l\":[1.5,null,{}],"
                + "\"at\":\"2026-11-23T12:00:00Z\",\"v\":[1,null,\"x\"]}");
  }

  @Test
  void forPeopleItIsIndented() {
    JsonWriter json =
        JsonWriter.indented().object().text("a", "b").list("c").number(1).number(2).end().end();
    assertThat(text(json)).isEqualTo("{\n  \"a\" : \"b\",\n  \"c\" : [ 1, 2 ]\n}");
  }

  /** By JDK-4511638, Java before 19 says 2.0E-3 as 0.0020 and 2.2E-322 and 2E23 too long. */
  @Test
  void aDoubleHasTheFewestDigitsThatAreReadBackTheSame() {
    assertThat(shortest(23.5)).isEqualTo("23.5");
    assertThat(shortest(5)).isEqualTo("5.0");
    assertThat(shortest(-0.0)).isEqualTo("-0.0");
    assertThat(shortest(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    assertThat(shortest(2e-3)).isEqualTo("0.002");
    assertThat(shortest(2e23)).isEqualTo("2.0E23");
    assertThat(shortest(Double.MIN_VALUE)).isEqualTo("4.9E-324");
    assertThat(text(new JsonWriter().number(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
  }

  @Test
  void aDecimalHasNeitherExponentNorAFractionThatSaysNothing() {
    assertThat(decimal(23.5)).isEqualTo("23.5");
    assertThat(decimal(5)).isEqualTo("5");
    assertThat(decimal(-0.0)).isEqualTo("0");
    assertThat(decimal(2e-3)).isEqualTo("0.002");
    assertThat(decimal(0.00001)).isEqualTo("0.00001");
    assertThat(decimal(1.5e-9)).isEqualTo("0.0000000015");
    assertThat(decimal(12_345_678.5)).isEqualTo("12345678.5");
    assertThat(decimal(999_999_999_999_999.0)).isEqualTo("999999999999999");
    assertThat(decimal(1e15)).isEqualTo("1000000000000000");
    assertThat(decimal(-1e300)).hasSize(302).matches("-10{300}");
  }

  @Property(tries = 3_000)
  void anyDoubleIsReadBackTheSame(@ForAll long bits) throws Exception {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertThat(Double.parseDouble(shortest(value))).isEqualTo(value);
      assertThat(shortest(value).length()).isLessThanOrEqualTo(Double.toString(value).length());
      assertThat(new BigDecimal(decimal(value)).doubleValue() + 0.0).isEqualTo(value + 0.0);
      assertThat(decimal(value)).doesNotContain("E");
      assertThat(JsonReader.value(new JsonWriter().number(value).toBytes())).isEqualTo(value);
      assertThat(JsonReader.list(new JsonWriter().list().decimal(value).end().toBytes()))
          .singleElement()
          .satisfies(
              read -> assertThat(((Number) read).doubleValue() + 0.0).isEqualTo(value + 0.0));
    }
  }

  @Property
  void anyTextIsReadBackTheSame(@ForAll @StringLength(max = 100) String name, @ForAll String value)
      throws Exception {
    JsonObject object =
        JsonReader.object(new JsonWriter().object().text(name, value).end().toBytes());
    assertThat(object.members())
        .containsExactly(Map.entry(WellFormed.of(name), WellFormed.of(value)));
  }

  /** RFC 8259, 8.1: UTF-8, in which half a pair has no form. */
  @Test
  void halfAPairIsReplacedAndAWholeOneIsFourBytes() {
    assertThat(text(new JsonWriter().text("🍄"))).isEqualTo("\"🍄\"");
    assertThat(new JsonWriter().text("🍄").toBytes()).hasSize(6);
    assertThat(text(new JsonWriter().text("a\ud83cb"))).isEqualTo("\"a\ufffdb\"");
    assertThat(text(new JsonWriter().text("\udf44\ud83c"))).isEqualTo("\"\ufffd\ufffd\"");
    assertThat(text(new JsonWriter().object().number("\ud83c", 1).end()))
        .isEqualTo("{\"\ufffd\":1}");
  }

  @Test
  void whatHasNoFormIsRefused() {
    JsonWriter json = new JsonWriter();
    assertThatThrownBy(() -> json.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> json.decimal(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> json.value(List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> json.value(new Object())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMistakeOfTheCallersIsSaid() {
    assertThatThrownBy(() -> new JsonWriter().object().text("without a name"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().list().name("in a list"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().list().end().end())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().object().toBytes())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anObjectMadeByHandIsAsIfItWereRead() throws Exception {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("z", 1);
    members.put("a", Map.of("y", List.of(2.5), "b", (short) 3));
    members.put("n", null);
    JsonObject object = JsonObject.of(members);
    assertThat(object).hasToString("{\"z\":1,\"a\":{\"b\":3,\"y\":[2.5]},\"n\":null}");
    assertThat(JsonReader.object(object.toString())).isEqualTo(object).hasSameHashCodeAs(object);
    members.clear();
    assertThat(object.whole("z")).isEqualTo(1);
  }
}

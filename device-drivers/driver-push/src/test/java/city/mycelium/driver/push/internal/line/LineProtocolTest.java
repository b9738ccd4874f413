package city.mycelium.driver.push.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import city.mycelium.driver.push.internal.Kits;
import city.mycelium.driver.push.internal.line.FieldValue.Decimal;
import city.mycelium.driver.push.internal.line.FieldValue.Signed;
import city.mycelium.driver.push.internal.line.FieldValue.Text;
import city.mycelium.driver.push.internal.line.FieldValue.Truth;
import city.mycelium.driver.push.internal.line.FieldValue.Unsigned;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the InfluxDB OSS v1 documentation, "Line protocol reference". */
class LineProtocolTest {

  private static List<Line> lines(String body) {
    return LineProtocol.parse(body, TimePrecision.NANOSECONDS);
  }

  private static Point point(String line) {
    return point(line, TimePrecision.NANOSECONDS);
  }

  private static Point point(String line, TimePrecision precision) {
    List<Line> lines = LineProtocol.parse(line, precision);
    assertThat(lines).hasSize(1);
    return lines.get(0).either(Line.Good::point, why -> Assertions.fail(line + ": " + why));
  }

  private static String why(String line) {
    return why(line, TimePrecision.NANOSECONDS);
  }

  private static String why(String line, TimePrecision precision) {
    List<Line> lines = LineProtocol.parse(line, precision);
    assertThat(lines).hasSize(1);
    return lines.get(0).either(good -> Assertions.fail("read as " + good), reason -> reason);
  }

  private static FieldValue field(String value) {
    return point("m f=" + value).fields().get("f");
  }

  /** "Syntax": the reference's own example. */
  @Test
  void readsMeasurementTagsFieldsAndTime() {
    Point point =
        point(
            "weather,location=us-midwest,season=summer temperature=82,humidity=71 1465839830100400200");
    assertThat(point.measurement()).isEqualTo("weather");
    assertThat(point.tags())
        .containsExactly(entry("location", "us-midwest"), entry("season", "summer"));
    assertThat(point.fields())
        .containsExactly(entry("temperature", new Decimal(82)), entry("humidity", new Decimal(71)));
    assertThat(point.epochMillis()).isEqualTo(1465839830100L);
  }

  @Test
  void needsNeitherTagsNorTime() {
    Point point = point("weather temperature=82");
    assertThat(point.tags()).isEmpty();
    assertThat(point.epochMillis()).isNull();
  }

  /** "Special characters": commas and spaces in measurements, and the equals sign elsewhere. */
  @Test
  void takesEscapedCharactersForThemselves() {
    Point point = point("wea\\,ther\\ now,loc\\ ation=us\\,mid\\=west temp\\=era\\ ture=82");
    assertThat(point.measurement()).isEqualTo("wea,ther now");
    assertThat(point.tags()).containsExactly(entry("loc ation", "us,mid=west"));
    assertThat(point.fields()).containsExactly(entry("temp=era ture", new Decimal(82)));
  }

  @Test
  void takesABackslashBeforeAnythingElseForItself() {
    assertThat(point("w\\x,t=a\\b f=1").tags()).containsExactly(entry("t", "a\\b"));
    assertThat(point("w\\=x f=1").measurement()).isEqualTo("w\\=x");
  }

  @Test
  void keepsQuotesOutsideFieldValues() {
    Point point = point("\"weather\",\"loc\"=\"us\" \"temp\"=82");
    assertThat(point.measurement()).isEqualTo("\"weather\"");
    assertThat(point.tags()).containsExactly(entry("\"loc\"", "\"us\""));
    assertThat(point.fields()).containsOnlyKeys("\"temp\"");
  }

  /** "Data types": strings. */
  @Test
  void readsTextsWithEverythingInThem() {
    assertThat(field("\"too warm, says a=b # 1\"")).isEqualTo(new Text("too warm, says a=b # 1"));
    assertThat(field("\"\"")).isEqualTo(new Text(""));
    assertThat(field("\"say \\\"hi\\\" \\\\ \\n\"")).isEqualTo(new Text("say \"hi\" \\ \\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "82, 82",
    "-1.00, -1",
    "0.5, 0.5",
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1.5E-3, 0.0015",
    "-1.234456e+78, -1.234456e+78",
    "-0, -0.0",
  })
  void readsDecimals(String text, double value) {
    assertThat(field(text)).isEqualTo(new Decimal(value));
  }

  @Test
  void readsIntegersToTheirLimits() {
    assertThat(field("82i")).isEqualTo(new Signed(82));
    assertThat(field("-9223372036854775808i")).isEqualTo(new Signed(Long.MIN_VALUE));
    assertThat(field("18446744073709551615u")).isEqualTo(new Unsigned(-1));
    assertThat(field("18446744073709551615u").number()).hasValue(1.8446744073709552e19);
    assertThat(field("7u").number()).hasValue(7);
    assertThat(why("m f=9223372036854775808i")).contains("out of range");
    assertThat(why("m f=18446744073709551616u")).contains("out of range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "T", "true", "True", "TRUE"})
  void readsYes(String text) {
    assertThat(field(text)).isEqualTo(new Truth(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "F", "false", "False", "FALSE"})
  void readsNo(String text) {
    assertThat(field(text)).isEqualTo(new Truth(false));
  }

  /** What Arduino prints for a float that is none must not cost the rest of the line. */
  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "inf", "-inf"})
  void readsNoNumberAsNoNumber(String text) {
    assertThat(point("m f=" + text + ",g=1").fields())
        .containsExactly(entry("f", new Decimal(Double.NaN)), entry("g", new Decimal(1)));
  }

  @Test
  void givesNumbersAndOnlyNumbersAsNumbers() {
    assertThat(field("12i").number()).hasValue(12);
    assertThat(field("1.5").number()).hasValue(1.5);
    assertThat(field("t").number()).isEmpty();
    assertThat(field("\"1\"").number()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NANOSECONDS, 1465839830100400200, 1465839830100",
    "MICROSECONDS, 1465839830100400, 1465839830100",
    "MILLISECONDS, 1465839830100, 1465839830100",
    "SECONDS, 1465839830, 1465839830000",
    "MINUTES, 24430663, 1465839780000",
    "HOURS, 407177, 1465837200000",
    "NANOSECONDS, -1, -1",
  })
  void readsTimesInEveryPrecision(TimePrecision precision, String timestamp, long millis) {
    assertThat(point("m f=1 " + timestamp, precision).epochMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NANOSECONDS",
    "n, NANOSECONDS",
    "ns, NANOSECONDS",
    "u, MICROSECONDS",
    "us, MICROSECONDS",
    "ms, MILLISECONDS",
    "s, SECONDS",
    "m, MINUTES",
    "h, HOURS",
  })
  void knowsThePrecisionsByTheirNames(String name, TimePrecision precision) {
    assertThat(TimePrecision.named(name)).contains(precision);
  }

  @Test
  void knowsNoOtherPrecision() {
    assertThat(TimePrecision.named("d")).isEmpty();
  }

  @Test
  void refusesATimeThatDoesNotFit() {
    assertThat(why("m f=1 9223372036854775808")).contains("time outside range");
    assertThat(why("m f=1 9223372036854775807", TimePrecision.HOURS))
        .contains("time outside range");
  }

  @Test
  void countsEveryLineButReadsNoCommentsAndNoEmptyOnes() {
    List<Line> lines = lines("# a comment\n\nm f=1\n   \n  # another\r\nm f=2\r\nm f=3");
    assertThat(lines).extracting(Line::number).containsExactly(3, 6, 7);
    assertThat(lines).allMatch(line -> line instanceof Line.Good);
  }

  @Test
  void losesOnlyTheLineThatIsBad() {
    List<Line> lines = lines("m f=1\nm f=\"open\nm f=3");
    assertThat(lines.get(0)).isInstanceOf(Line.Good.class);
    assertThat(lines.get(1)).isEqualTo(new Line.Bad(2, "unbalanced quotes"));
    assertThat(lines.get(2)).isInstanceOf(Line.Good.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",t=a f=1|missing measurement",
        "m|missing fields",
        "m,t=a|missing fields",
        "m, f=1|missing tag key",
        "m,=a f=1|missing tag key",
        "m,t f=1|missing tag value",
        "m,t= f=1|missing tag value",
        "m,t=a=b f=1|invalid tag format",
        "m,t=a,t=b f=1|duplicate tags",
        "m =1|missing field key",
        "m f=1,|missing field key",
        "m f|invalid field format",
        "m f,g=1|invalid field format",
        "m f=|missing field value",
        "m f=,g=1|missing field value",
        "m f=1=2|invalid number",
        "m f=\"a\"b|invalid field format",
        "m f=abc|invalid number",
        "m f=+1|invalid number",
        "m f=1.1.1|invalid number",
        "m f=0x10|invalid number",
        "m f=1.5i|invalid number",
        "m f=-5u|invalid number",
        "m f=i|invalid number",
        "m f=--1|invalid number",
        "m f=1e|invalid number",
        "m f=1e999|unable to parse number 1e999: value out of range",
        "m f=1 12.5|bad timestamp",
        "m f=1 12 13|bad timestamp",
        "m f=1 12ms|bad timestamp",
        "m f=1 g=2|bad timestamp",
      })
  void saysWhyALineIsBad(String line, String reason) {
    assertThat(why(line)).isEqualTo(reason);
  }

  /** A body of digits must not be tried over and over: it would keep a thread busy for minutes. */
  @Test
  void isDoneWithALongRunOfDigitsAtOnce() {
    String digits = "1".repeat(60_000);
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(why("m f=" + digits + "x")).isEqualTo("invalid number");
          assertThat(why("m f=1 " + digits + "x")).isEqualTo("bad timestamp");
        });
  }

  @Test
  void neverFailsWhateverComes() {
    Random random = new Random(20261123);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      String body =
          i % 4 == 0
              ? Kits.noise(random)
              : Kits.damaged(Kits.body(Kits.LINES.get(i % Kits.LINES.size())), random);
      for (Line line : lines(body)) {
        read += line.either(good -> 1, why -> why.isEmpty() ? 1_000_000 : 0);
      }
    }
    // The control: with a parser that refuses everything this test would prove nothing.
    assertThat(read).isBetween(500, 9_999);
  }
}

package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DialectWordsTest {

  private static final Path EXAMPLE = Path.of("../../docs/examples/observations.jsonl");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String in, String... arguments) {
    out.reset();
    err.reset();
    return new Main(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of())
        .run(arguments);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static List<String> example() throws Exception {
    return Files.readAllLines(EXAMPLE);
  }

  @Test
  void whatIsEncodedIsDecodedAgain() throws Exception {
    for (String dialect : List.of("senml-json", "senml-cbor")) {
      String lines = String.join("\n", example());
      assertThat(run(lines, "encode", "--dialect", dialect)).as(complaint()).isZero();
      String messages = said();
      assertThat(messages).contains("\"verb\":\"POST\",\"target\":\"data\"");
      assertThat(run(messages, "decode", "--dialect", dialect)).as(complaint()).isZero();
      assertThat(said().lines()).hasSameSizeAs(example());
      assertThat(said().lines().findFirst().orElseThrow())
          .contains(
              "\"source\":\"paddenstoel.123/NO2\"",
              "\"unit\":\"ug/m3\"",
              "\"kind\":\"number\",\"result\":23.5",
              "\"gateway\":\"mushroomgatewaymushroom234\"",
              "\"offset\":1201");
    }
  }

  @Test
  void binaryPayloadIsBase64AndTextIsText() throws Exception {
    run(example().get(0), "encode", "--dialect", "senml-cbor");
    assertThat(data()).contains("\"base64\":\"").doesNotContain("\"payload\"");
    run(example().get(0), "encode", "--dialect", "senml-json");
    assertThat(data()).contains("\"payload\":\"[{").doesNotContain("\"base64\"");
  }

  /** Beside it the dialect says that it is there. */
  private String data() {
    return said()
        .lines()
        .filter(line -> line.contains("\"target\":\"data\""))
        .findAny()
        .orElseThrow();
  }

  @Test
  void lineThatIsNoneIsNamedWithItsNumber() throws Exception {
    String good = example().get(0);
    assertThat(run(good + "\n{\"datastream\":3}", "encode", "--dialect", "senml-json"))
        .isEqualTo(1);
    assertThat(complaint()).isEqualToIgnoringNewLines("line 2: datastream is a text, not 3");
    run("hello", "encode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: this is no JSON object");
    run(good.replace("\"kind\"", "\"knd\""), "encode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: 'knd' means nothing here");
    run(good.replace("23.5", "\"much\""), "encode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: result is a number, not \"much\"");
    run(good.replace("\"ug/m3\"", "\"Cel\""), "encode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: ").contains("measured in");
    run("{\"target\":\"data\"}", "decode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: a line needs target and payload");
    run("{\"target\":\"data\",\"payload\":\"[{\"}", "decode", "--dialect", "senml-json");
    assertThat(complaint()).startsWith("line 1: ");
  }

  @Test
  void onlyWhatAPersonKnowsHasToBeThere() {
    String line =
        "{\"datastream\":\"kit/T\",\"property\":\"air-temperature\",\"kind\":\"number\","
            + "\"phenomenonTime\":\"2026-11-23T12:00:00Z\",\"result\":7}";
    assertThat(run(line, "encode", "--dialect", "senml-json")).as(complaint()).isZero();
  }

  @Test
  void unknownDialectIsAnsweredWithThoseThatAre() {
    assertThat(run("", "encode", "--dialect", "morse")).isEqualTo(2);
    assertThat(complaint()).contains("senml-cbor, senml-json");
    assertThat(run("", "encode", "--dialect", "senml-json", "--set", "x=1")).isZero(); // no line
    assertThat(run("{}", "encode", "--dialect", "list")).isZero();
    assertThat(said()).contains("senml-json  ");
  }

  @Test
  void wrongSettingsAndMappingsAreSaid() throws Exception {
    assertThat(run(example().get(0), "encode", "--dialect", "senml-json", "--set", "x=1"))
        .isEqualTo(1);
    assertThat(complaint()).contains("does not take x");
    assertThat(run(example().get(0), "encode", "--dialect", "senml-json", "--mapping", "none.json"))
        .isEqualTo(1);
    assertThat(complaint()).contains("there is no mapping file none.json");
  }

  @Test
  void helpFitsAScreen() {
    assertThat(run("", "encode", "--help")).isZero();
    assertThat(said()).startsWith("mycelium encode").matches(text -> text.lines().count() <= 24);
  }
}

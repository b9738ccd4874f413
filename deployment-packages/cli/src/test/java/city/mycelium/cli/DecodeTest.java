package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mycelium decode}, as a person types it and as a program feeds it. */
class DecodeTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String script = "";

  @BeforeEach
  void writeScript() throws IOException {
    script =
        script(
            "codec.js",
            """
            function decodeUplink(input) {
              if (input.bytes.length === 0) {
                return { errors: ['nothing', 'at all'] };
              }
              return {
                data: { sum: input.bytes.reduce((a, b) => a + b), port: input.fPort, at: input.recvTime.getTime() },
                warnings: input.fPort > 9 ? ['port é'] : []
              };
            }
            """);
  }

  private String script(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String input, String... arguments) {
    return new Main(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of())
        .run(arguments);
  }

  private List<String> answers(String... lines) {
    assertThat(run(String.join("\n", lines) + "\n", "decode", "--jsonl")).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String line(String fPort, String bytes) {
    return "{\"script\":\""
        + script
        + "\",\"fPort\":"
        + fPort
        + ",\"bytes\":\""
        + bytes
        + "\",\"recvTime\":\"2026-11-26T00:00:00.5Z\"}";
  }

  @Test
  void everyLineGetsItsLineInOrder() {
    assertThat(answers(line("1", "0102"), line("10", "FF"), line("2", ""), line("3", "00")))
        .containsExactly(
            "{\"data\":{\"sum\":3,\"port\":1,\"at\":1795651200500},\"warnings\":[]}",
            "{\"data\":{\"sum\":255,\"port\":10,\"at\":1795651200500},\"warnings\":[\"port é\"]}",
            "{\"errors\":[\"nothing\",\"at all\"]}",
            "{\"data\":{\"sum\":0,\"port\":3,\"at\":1795651200500},\"warnings\":[]}");
  }

  /** A line that makes no sense is answered with errors, and is no end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "no JSON|no JSON object",
        "''|no JSON object",
        "[1]|no JSON object",
        "{\"script\":\"x.js\"}|a line looks like",
        "{\"script\":1,\"fPort\":1,\"bytes\":\"00\"}|a line looks like",
        "{\"script\":\"nowhere.js\",\"fPort\":1,\"bytes\":\"00\"}|there is no script 'nowhere.js'",
        "{\"script\":\"nowhere.js\",\"fPort\":1,\"bytes\":\"0\"}|hexadecimal",
        "{\"script\":\"nowhere.js\",\"fPort\":1,\"bytes\":\"0g\"}|hexadecimal",
        "{\"script\":\"nowhere.js\",\"fPort\":300,\"bytes\":\"00\"}|fPort",
        "{\"script\":\"nowhere.js\",\"fPort\":\"x\",\"bytes\":\"00\"}|fPort",
        "{\"script\":\"nowhere.js\",\"fPort\":1,\"bytes\":\"00\",\"recvTime\":\"now\"}|recvTime",
        "{\"script\":\"nowhere.js\",\"fPort\":1,\"bytes\":\"00\",\"recvTime\":5}|recvTime",
        "{\"script\":\"\\u0000\",\"fPort\":1,\"bytes\":\"00\"}|cannot read",
      })
  void aBadLineIsNoEnd(String bad, String message) {
    List<String> answers = answers(bad.equals("''") ? "" : bad, line("1", "07"));

    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).startsWith("{\"errors\":[").contains(message);
    assertThat(answers.get(1)).contains("\"sum\":7");
  }

  @Test
  void aScriptThatCannotRunOrDoesNotEndIsNoEndEither() throws IOException {
    String good = line("1", "07");
    script = script("broken.js", "\nvar x = ;");
    String broken = line("1", "07");
    script = script("endless.js", "function decodeUplink(i) { while (true) {} }");
    String endless = line("1", "07");
    script = script("huge.js", "function decodeUplink(i) { return {data: {s: 'x'.repeat(5e8)}}; }");
    String huge = line("1", "07");

    List<String> answers = answers(broken, endless, huge, good);

    assertThat(answers.get(0)).contains("broken.js, line 2");
    assertThat(answers.get(1)).contains("stopped");
    assertThat(answers.get(2)).contains("stopped");
    assertThat(answers.get(3)).contains("\"sum\":7");
  }

  /** Refused by the gateway's own engine: runs in a process of its own. */
  @Test
  void bigIntegersAreDecodedAsWell() throws IOException {
    script =
        script("big.js", "function decodeUplink(i) { return {data: {x: Number(2n ** 40n)}}; }");

    assertThat(answers(line("1", "00")))
        .containsExactly("{\"data\":{\"x\":1099511627776},\"warnings\":[]}");
  }

  /** The script is compiled once: a change while it runs is not seen. */
  @Test
  void aThousandLinesTakeOneCompilation() {
    List<String> answers =
        answers(IntStream.range(0, 1_000).mapToObj(i -> line("1", "0102")).toArray(String[]::new));

    assertThat(answers).hasSize(1_000).allMatch(answer -> answer.contains("\"sum\":3"));
  }

  @Test
  void aPersonGetsAFieldALine() {
    assertThat(
            run(
                "",
                "decode",
                "--script",
                script,
                "--fport",
                "10",
                "--bytes",
                "01 02:03",
                "--recv-time",
                "2026-11-26T01:00:00+01:00"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("sum   6\nport  10\nat    1795651200000\nwarning: port é\n");
  }

  @Test
  void aPersonLearnsWhatIsWrong() {
    assertThat(run("", "decode", "--script", script, "--fport", "1", "--bytes", ""))
        .isEqualTo(Main.REFUSED);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("nothing\nat all\n");
    assertThat(run("", "decode", "--script", script, "--bytes", "00")).isEqualTo(Main.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fport N");
  }

  @Test
  void jsonForAPersonsProgram() {
    assertThat(run("", "decode", "--script", script, "--fport", "1", "--bytes", "", "--json"))
        .isEqualTo(Main.REFUSED);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"errors\":[\"nothing\",\"at all\"]}\n");
  }
}

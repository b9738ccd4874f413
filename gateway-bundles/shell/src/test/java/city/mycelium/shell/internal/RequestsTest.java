package city.mycelium.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {

  private static final String ECHO =
      "{\"command\":\"echo\",\"arguments\":{\"device\":\"paddenstoel.1\",\"n\":7}}";

  private final Requests requests = new Requests();
  private final FakeCommand echo = new FakeCommand("echo", LinkedHashMap::new);

  @BeforeEach
  void bring() {
    requests.add(echo);
  }

  @Test
  void aCommandIsRunWithItsArgumentsAndItsAnswerIsJson() {
    requests.add(
        new FakeCommand(
            "device list",
            arguments -> Map.of("devices", List.of(Map.of("held", 3L, "adopted", false)))));

    assertThat(requests.answer(ECHO))
        .isEqualTo("{\"ok\":true,\"answer\":{\"device\":\"paddenstoel.1\",\"n\":\"7\"}}");
    assertThat(requests.answer("{\"command\":\"device list\"}"))
        .isIn(
            "{\"ok\":true,\"answer\":{\"devices\":[{\"held\":3,\"adopted\":false}]}}",
            "{\"ok\":true,\"answer\":{\"devices\":[{\"adopted\":false,\"held\":3}]}}");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheKnownOnes() {
    for (String name : List.of("ledger", "device list", "backup", "device adopt")) {
      requests.add(new FakeCommand(name, arguments -> Map.of()));
    }

    assertThat(error("{\"command\":\"echo twice\"}"))
        .isEqualTo(
            "there is no command 'echo twice' here. Known are: [backup, device adopt, device list,"
                + " echo, ledger]. A gateway that has just started may still be bringing it: ask again"
                + " in a minute");
  }

  @Test
  void aCommandThatWasTakenAwayIsUnknown() {
    requests.remove(echo);

    assertThat(error(ECHO)).startsWith("there is no command 'echo' here. Known are: [].");
  }

  // A bundle that is updated brings its new command before it takes the old one away.
  @Test
  void takingAwayAnOldCommandLeavesItsSuccessor() {
    FakeCommand successor = new FakeCommand("echo", arguments -> Map.of());
    requests.add(successor);

    requests.remove(echo);

    assertThat(requests.answer(ECHO)).startsWith("{\"ok\":true");
    assertThat(successor.asked()).hasSize(1);
  }

  @Test
  void aCommandThatCannotBeDoneSaysWhyAndNothingElse() {
    requests.add(
        new FakeCommand(
            "adopt",
            arguments -> {
              throw new CommandException("there is no thing 'moon'");
            }));

    assertThat(requests.answer("{\"command\":\"adopt\"}"))
        .isEqualTo("{\"ok\":false,\"error\":\"there is no thing 'moon'\"}");
  }

  // Also one of the kinds that a parser throws must not pass for a bad request.
  @Test
  void aCommandThatFailsIsCalledADefect() {
    requests.add(
        new FakeCommand(
            "broken",
            arguments -> {
              throw new ClassCastException("a bug");
            }));

    assertThat(error("{\"command\":\"broken\"}"))
        .isEqualTo(
            "the command failed, which is a defect; the gateway's log says more:"
                + " java.lang.ClassCastException: a bug");
  }

  // In a framework whose bundles come and go, a missing class is an Error, not an Exception.
  @Test
  void aCommandWhoseClassesAreGoneIsCalledADefect() {
    requests.add(
        new FakeCommand(
            "gone",
            arguments -> {
              throw new NoClassDefFoundError("city/mycelium/Gone");
            }));

    assertThat(error("{\"command\":\"gone\"}")).contains("defect").contains("city/mycelium/Gone");
  }

  @Test
  void anAnswerThatJsonCannotSayIsCalledADefect() {
    requests.add(new FakeCommand("odd", arguments -> Map.of("mean", Double.NaN)));

    assertThat(error("{\"command\":\"odd\"}")).contains("defect");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          device list                       | this is not a request: Unexpected char
          []                                | this is not a request:
          {}                                | this is not a request: 'command' must be there, as a text
          {"command":7}                     | this is not a request: 'command' must be there, as a text
          {"command":"echo","arguments":[]} | this is not a request: 'arguments' must be an object
          {"command":"echo"} {}             | this is not a request:
          {"command":"echo"                 | this is not a request:
          """)
  void whatIsNoRequestIsAnsweredInWords(String text, String error) {
    assertThat(error(text)).startsWith(error);
    assertThat(echo.asked()).isEmpty();
  }

  @Test
  void garbageIsAlwaysAnsweredAndNeverRun() {
    Random random = new Random(20261123);
    String alphabet = ECHO + "[]\\\u0000\uD83Cé";
    for (int i = 0; i < 10_000; i++) {
      String text =
          i % 2 == 0
              ? ECHO.substring(0, random.nextInt(ECHO.length()))
              : random
                  .ints(random.nextInt(60), 0, alphabet.length())
                  .collect(
                      StringBuilder::new,
                      (built, c) -> built.append(alphabet.charAt(c)),
                      StringBuilder::append)
                  .toString();

      assertThat(error(text)).as(text).startsWith("this is not a request: ");
    }
    assertThat(error("{\"a\":".repeat(10_000))).startsWith("this is not a request: ");
    assertThat(echo.asked()).isEmpty();
  }

  private String error(String text) {
    String answer = requests.answer(text);
    assertThat(answer).doesNotContain("\n"); // one line, whatever was asked
    try (var reader = Json.createReader(new StringReader(answer))) {
      JsonObject object = reader.readObject();
      assertThat(object.getBoolean("ok")).isFalse();
      return object.getString("error");
    }
  }
}

package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredDestinationTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int run(String... arguments) {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Main(out, out, Map.of()).run(arguments);
  }

  private int add(String name, String... more) {
    String[] all = new String[7 + more.length];
    String[] begin = {
      "destination", "add", name, "--recipient", "municipality", "--config", folder.toString()
    };
    System.arraycopy(begin, 0, all, 0, begin.length);
    System.arraycopy(more, 0, all, begin.length, more.length);
    return run(all);
  }

  @Test
  void addedOneIsAFileOfItsOwnThatIsTakenAwayAgain() throws Exception {
    assertThat(
            add(
                "city",
                "--set",
                "select=a/*,b/*",
                "--set",
                "selectArea=52.4,6.0,52.6,6.2",
                "--set",
                "connector.broker=mqtt://127.0.0.1:1883"))
        .as(said.toString(StandardCharsets.UTF_8))
        .isZero();
    Path file = folder.resolve("destination-city.json");
    assertThat(Files.readString(file))
        .containsSubsequence(
            "\"city.mycelium.sync.Destination~city\"",
            "\"name\": \"city\"",
            "\"recipient\": \"municipality\"",
            "\"select\": [",
            "\"a/*\",",
            "\"selectArea\": \"52.4,6.0,52.6,6.2\"",
            "\"city.mycelium.connector.mqtt~city\"",
            "\"broker\": \"mqtt://127.0.0.1:1883\"");
    assertThat(add("city")).isEqualTo(1); // it is there already
    assertThat(folder.toFile().list()).containsExactly("destination-city.json");
    assertThat(run("destination", "remove", "city", "--config", folder.toString())).isZero();
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void whatSomebodyWroteByHandIsNotTouched() throws Exception {
    Files.writeString(folder.resolve("gateway.json"), "{}");
    assertThat(run("destination", "remove", "city", "--config", folder.toString())).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("was not added by command");
    assertThat(folder.resolve("gateway.json")).hasContent("{}");
  }

  @Test
  void nameThatLeavesTheFolderIsNone() {
    assertThat(add("../city")).isEqualTo(2);
    assertThat(folder.toFile().list()).isEmpty();
  }
}

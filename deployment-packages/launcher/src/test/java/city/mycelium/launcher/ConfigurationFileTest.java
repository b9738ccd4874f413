package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

  private static final String GOOD =
      """
      // the operator's own words
      { "city.mycelium.proof": {
          "port": 8086, /* not the usual one */
          "things": [ { "id": "front" }, { "id": "bay" } ]
      } }
      """;

  @TempDir Path folder;

  @Test
  void commentsAreAllowed() throws Exception {
    JsonObject file = read(GOOD);

    assertThat(file.getJsonObject("city.mycelium.proof").getInt("port")).isEqualTo(8086);
    assertThat(file.getJsonObject("city.mycelium.proof").getJsonArray("things")).hasSize(2);
  }

  @Test
  void slipIsFoundByLineAndColumn() {
    assertThatThrownBy(() -> read(GOOD.replace("8086,", "8086")))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith(
            folder.resolve("a.json")
                + ", line 4, column 12: ") // where the text that does not belong ends
        .hasMessageContaining("a text in quotes where there must be a comma");
  }

  @Test
  void keyWrittenTwiceIsRefused() {
    assertThatThrownBy(() -> read("{ \"pid\": { \"a\": 1,\n \"a\": 2 } }"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("Duplicate key 'a'");
  }

  @Test
  void emptyFileIsRefused() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("the end of the file");
  }

  @Test
  void listInsteadOfAnObjectIsRefused() {
    assertThatThrownBy(() -> read("[]"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("must hold one JSON object");
  }

  @Test
  void valueInsteadOfPropertiesIsRefused() {
    assertThatThrownBy(() -> read("{ \"city.mycelium.proof\": 8086 }"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("\"city.mycelium.proof\" must be an object");
  }

  /** Control: keys that speak to the Configurator have values of their own. */
  @Test
  void keyOfTheConfiguratorMayHaveAnyValue() throws Exception {
    assertThat(read("{ \":configurator:resource-version\": 1 }")).hasSize(1);
  }

  @Test
  void otherEncodingIsRefused() throws Exception {
    Path file = folder.resolve("a.json");
    Files.write(file, "{ \"pid\": { \"name\": \"Café\" } }".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("UTF-8");
  }

  /** A text is read or refused in words; nothing else comes out, whatever is in it. */
  @Test
  void garbageIsReadOrRefused() {
    Random random = new Random(11);
    Path file = Path.of("a.json");
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder(GOOD);
      if (round % 2 == 0) {
        text.setLength(random.nextInt(GOOD.length()));
      }
      for (int flips = random.nextInt(4); flips > 0 && text.length() > 0; flips--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x180));
      }
      try {
        assertThat(ConfigurationFile.parse(file, text.toString())).isNotNull();
      } catch (LaunchException e) {
        assertThat(e).hasMessageStartingWith("a.json");
      }
    }
  }

  private JsonObject read(String text) throws Exception {
    return ConfigurationFile.read(Folders.write(folder.resolve("a.json"), text));
  }
}

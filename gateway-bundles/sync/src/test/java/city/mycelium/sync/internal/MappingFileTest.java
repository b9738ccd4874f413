package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFileTest {

  @TempDir Path folder;

  private Names read(String text) throws Exception {
    return MappingFile.read(Files.writeString(folder.resolve("names.json"), text));
  }

  private void assertMistake(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the mapping file " + folder.resolve("names.json"))
        .hasMessageContaining(sentence);
  }

  @Test
  void namesAreReadAndEveryPartMayBeLeftOut() throws Exception {
    assertThat(read("{\"things\":{\"bay-7\":\"P7\"},\"properties\":{\"NO2\":\"no2\"}}"))
        .isEqualTo(new Names(Map.of("bay-7", "P7"), Map.of(), Map.of("NO2", "no2")));
    assertThat(read("{}")).isEqualTo(Names.NONE);
  }

  @Test
  void mistakesAreSaidInASentence() {
    assertMistake("{\"things\":", "is not JSON: look at line 1");
    assertMistake("", "is not JSON");
    assertMistake("[]", "it must hold one JSON object");
    assertMistake(
        "{\"thing\":{}}", "'thing' means nothing; it has things, datastreams, properties");
    assertMistake("{\"things\":[]}", "'things' must be an object of names");
    assertMistake("{\"things\":{\"bay-7\":\" \"}}", "the name for 'bay-7' must be a text");
    assertMistake("{\"datastreams\":{\"kit/T\":3}}", "the name for 'kit/T' must be a text");
  }

  @Test
  void oneThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> MappingFile.read(folder.resolve("none.json")))
        .hasMessage("there is no mapping file " + folder.resolve("none.json"));
  }
}

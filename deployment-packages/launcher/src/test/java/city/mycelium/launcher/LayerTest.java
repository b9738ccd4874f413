package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {

  @TempDir Path folder;

  @Test
  void everyPidGetsTheRankingOfItsLayer() throws Exception {
    Path a = Folders.write(folder.resolve("a.json"), "{ \"one\": { \"x\": 1 }, \"two\": {} }");
    Path b = Folders.write(folder.resolve("b.json"), "{ \"three\": {} }");

    assertThat(Layer.read(5, List.of(a, b)).text())
        .isEqualTo(
            "{\"one\":{\"x\":1,\":configurator:ranking\":5},"
                + "\"three\":{\":configurator:ranking\":5},"
                + "\"two\":{\":configurator:ranking\":5}}");
  }

  /** A file must not climb over the layers by itself. */
  @Test
  void rankingWrittenInAFileDoesNotCount() throws Exception {
    Path a =
        Folders.write(folder.resolve("a.json"), "{ \"one\": { \":configurator:ranking\": 9 } }");

    assertThat(Layer.read(5, List.of(a)).text())
        .isEqualTo("{\"one\":{\":configurator:ranking\":5}}");
  }

  @Test
  void pidInTwoFilesIsRefused() throws Exception {
    Path a = Folders.write(folder.resolve("a.json"), "{ \"one\": {} }");
    Path b = Folders.write(folder.resolve("b.json"), "{ \"one\": {} }");

    assertThatThrownBy(() -> Layer.read(5, List.of(a, b)))
        .isInstanceOf(LaunchException.class)
        .hasMessage(b + ": \"one\" is in a.json as well. Remove one.");
  }

  @Test
  void noFilesAreAnEmptyLayer() throws Exception {
    assertThat(Layer.read(5, List.of()).text()).isEqualTo("{}");
  }
}

package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {

  @TempDir Path temp;

  private Path file;
  private ConfigurationFolder folder;

  @BeforeEach
  void aFolderThatHasBeenRead() throws Exception {
    file = temp.resolve("etc/a.json");
    Folders.rewrite(file, "{ \"one\": {} }", 1);
    folder = new ConfigurationFolder(temp.resolve("etc"), 0);
    assertThat(folder.read().configurations()).containsOnlyKeys("one");
  }

  /** Control for the ones below. */
  @Test
  void unchangedFolderIsNotReadAgain() throws Exception {
    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).isEmpty();
  }

  /** An editor may still be writing at the first look. */
  @Test
  void changeCountsAtTheSecondLook() throws Exception {
    Folders.rewrite(file, "{ \"two\": {} }", 2);

    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).hasValueSatisfying(hasOnly("two"));
    assertThat(folder.poll()).isEmpty();
  }

  @Test
  void changeThatGoesOnIsWaitedFor() throws Exception {
    Folders.rewrite(file, "{ \"two", 2);
    assertThat(folder.poll()).isEmpty();
    Folders.rewrite(file, "{ \"two\": {} }", 3);

    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).hasValueSatisfying(hasOnly("two"));
  }

  /** A coarse clock must not hide an edit within the same second. */
  @Test
  void changeOfSizeAloneCounts() throws Exception {
    Folders.rewrite(file, "{ \"three\": {} }", 1);

    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).isPresent();
  }

  @Test
  void newAndDeletedFilesCount() throws Exception {
    Folders.rewrite(temp.resolve("etc/b.json"), "{ \"two\": {} }", 1);
    Files.delete(file);

    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).hasValueSatisfying(hasOnly("two"));
  }

  /** Editors leave copies: they are no configuration. */
  @Test
  void otherFilesDoNotCount() throws Exception {
    Folders.write(temp.resolve("etc/a.json~"), "{ \"old\": {} }");

    assertThat(folder.poll()).isEmpty();
    assertThat(folder.poll()).isEmpty();
  }

  @Test
  void brokenChangeIsReportedOnce() throws Exception {
    Folders.rewrite(file, "{ \"two\" }", 2);

    assertThat(folder.poll()).isEmpty();
    assertThatThrownBy(() -> folder.poll()).isInstanceOf(LaunchException.class);
    assertThat(folder.poll()).isEmpty();
  }

  @Test
  void missingFolderIsNamed() {
    ConfigurationFolder missing = new ConfigurationFolder(temp.resolve("nowhere"), 0);

    assertThatThrownBy(missing::read)
        .isInstanceOf(LaunchException.class)
        .hasMessage("There is no configuration folder " + temp.resolve("nowhere") + ".");
  }

  private static Consumer<Layer> hasOnly(String pid) {
    return layer -> assertThat(layer.configurations()).containsOnlyKeys(pid);
  }
}

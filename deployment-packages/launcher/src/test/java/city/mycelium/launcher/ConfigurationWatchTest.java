package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.RecordingLogger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class ConfigurationWatchTest {

  @TempDir Path temp;

  private final RecordingLogger log = new RecordingLogger();
  private final List<Layer> inForce = new ArrayList<>();
  private Path file;
  private ConfigurationWatch watch;

  @BeforeEach
  void aFolderThatIsInForce() throws Exception {
    file = temp.resolve("etc/a.json");
    Folders.rewrite(file, "{ \"one\": {} }", 1);
    ConfigurationFolder folder = new ConfigurationFolder(temp.resolve("etc"), 0);
    folder.read();
    watch = new ConfigurationWatch(folder, inForce::add, log);
  }

  @Test
  void changeIsPutInForce() throws Exception {
    Folders.rewrite(file, "{ \"two\": {} }", 2);
    look(3);

    assertThat(inForce)
        .singleElement()
        .extracting(Layer::configurations)
        .asString()
        .contains("two");
    assertThat(log.messages(Level.INFO)).hasSize(1);
  }

  @Test
  void brokenChangeIsSaidOnceAndChangesNothing() throws Exception {
    Folders.rewrite(file, "{ \"two\"\n }", 2);
    look(5);

    assertThat(inForce).isEmpty();
    assertThat(log.messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains(file + ", line 2, column ")
        .endsWith("The last good configuration stays in force.");
  }

  @Test
  void mendedFileIsPutInForce() throws Exception {
    Folders.rewrite(file, "{ \"two\"\n }", 2);
    look(2);
    Folders.rewrite(file, "{ \"two\": {} }", 3);
    look(2);

    assertThat(inForce).hasSize(1);
  }

  /** A medium that is gone for a minute is one line, not sixty. */
  @Test
  void folderThatIsGoneIsSaidOnce() throws Exception {
    Files.move(temp.resolve("etc"), temp.resolve("elsewhere"));
    look(5);

    assertThat(inForce).isEmpty();
    assertThat(log.messages(Level.ERROR)).hasSize(1);
  }

  @Test
  void watchGoesOnAfterABug() throws Exception {
    List<Layer> seen = new ArrayList<>();
    ConfigurationFolder folder = new ConfigurationFolder(temp.resolve("etc"), 0);
    folder.read();
    watch =
        new ConfigurationWatch(
            folder,
            layer -> {
              seen.add(layer);
              if (seen.size() == 1) {
                throw new IllegalStateException("a bug");
              }
            },
            log);
    Folders.rewrite(file, "{ \"two\": {} }", 2);
    look(2);
    Folders.rewrite(file, "{ \"three\": {} }", 3);
    look(2);

    assertThat(seen).hasSize(2);
    assertThat(log.messages(Level.ERROR)).hasSize(1);
  }

  private void look(int times) {
    for (int time = 0; time < times; time++) {
      watch.run();
    }
  }
}

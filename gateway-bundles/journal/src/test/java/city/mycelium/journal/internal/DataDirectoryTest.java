package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir private Path temp;

  @Test
  void oneDirectoryIsHeldOnce() throws Exception {
    Path path = temp.resolve("a/b");
    try (DataDirectory held = DataDirectory.hold(path)) {
      assertThat(held.file("x")).isEqualTo(path.resolve("x"));
      assertThatThrownBy(() -> DataDirectory.hold(path))
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.CLOSED))
          .hasMessageContaining("open in another process");
    }
    // The control: it is the holding, not the directory.
    DataDirectory.hold(path).close();
  }

  @Test
  void aWordIsKeptAndReplaced() throws Exception {
    try (DataDirectory directory = DataDirectory.hold(temp)) {
      assertThat(directory.word("name")).isEmpty();
      directory.keepWord("name", "one");
      directory.keepWord("name", "two");

      assertThat(directory.word("name")).hasValue("two");
      assertThat(temp.resolve("name.new")).doesNotExist();
    }
  }

  // A power cut may leave the draft of the file behind, of any length.
  @Test
  void whatAPowerCutLeftBehindIsNoWord() throws Exception {
    Files.writeString(temp.resolve("name.new"), "a torn and much longer wor");
    try (DataDirectory directory = DataDirectory.hold(temp)) {
      assertThat(directory.word("name")).isEmpty();
      directory.keepWord("name", "word");

      assertThat(Files.readString(temp.resolve("name"))).isEqualTo("word\n");
    }
  }

  @Test
  void aFileThatIsNoWordIsRefused() throws Exception {
    Files.writeString(temp.resolve("name"), "x".repeat(101));
    try (DataDirectory directory = DataDirectory.hold(temp)) {
      assertThatThrownBy(() -> directory.word("name"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("101 bytes");
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidInWords() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "in the way");

    assertThatThrownBy(() -> DataDirectory.hold(file.resolve("data")))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.STORAGE))
        .hasMessageContaining("cannot be used");
  }
}

package city.mycelium.receiver.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

  @TempDir private Path folder;

  @Override
  Database emptyDatabase() {
    return Database.at(folder.resolve("city.db").toString());
  }

  @Test
  void isOneFileAtTheGivenPath() {
    assertThat(folder.resolve("city.db")).isRegularFile();
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedInWords() throws Exception {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam, ".repeat(99));

    assertThatThrownBy(() -> JdbcStore.open(Database.at(letter.toString())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("letter.txt");
    assertThat(letter).content().startsWith("Dear Sir");
  }
}

package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDemoTest {

  @TempDir private Path temporary;

  private LastDemo last;

  @BeforeEach
  void inAFolderOfItsOwn() {
    last = new LastDemo(temporary, "somebody");
  }

  @Test
  void theLastDemoTakesThePlaceOfTheOneBefore() throws Exception {
    last.keep(demo("first"));
    Path kept = last.keep(demo("second"));

    assertThat(kept).isEqualTo(last.find());
    assertThat(kept.resolve("data/journal.db")).hasContent("second");
    try (var left = Files.list(temporary)) {
      assertThat(left).containsExactly(kept);
    }
  }

  @Test
  void beforeTheFirstDemoThereIsNone() {
    assertThatThrownBy(last::find).isInstanceOf(IOException.class).hasMessageContaining("no demo");
  }

  private Path demo(String name) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve(name).resolve("data"));
    Files.writeString(folder.resolve("journal.db"), name);
    return folder.getParent();
  }
}

package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void foldersAreMadeAbsolute() throws LaunchException {
    CommandLine line =
        CommandLine.parse(
            List.of("--bundles", "set", "--config", "etc", "--data", "/d/../e"), null);

    assertThat(line.bundles()).isEqualTo(Path.of("set").toAbsolutePath());
    assertThat(line.config()).isEqualTo(Path.of("etc").toAbsolutePath());
    assertThat(line.data()).isEqualTo(Path.of("/e"));
  }

  @Test
  void propertyNamesTheDataDirectory() throws LaunchException {
    assertThat(CommandLine.parse(List.of("--bundles", "s", "--config", "c"), "/p").data())
        .isEqualTo(Path.of("/p"));
  }

  @Test
  void argumentOverrulesTheProperty() throws LaunchException {
    assertThat(
            CommandLine.parse(List.of("--bundles", "s", "--config", "c", "--data", "/a"), "/p")
                .data())
        .isEqualTo(Path.of("/a"));
  }

  @Test
  void missingFolderIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--bundles", "s", "--data", "d"), null))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--config is missing");
  }

  @Test
  void optionWithoutItsFolderIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--config"), null))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--config needs a folder");
  }

  @Test
  void unknownArgumentIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--confg", "c"), null))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--confg");
  }
}

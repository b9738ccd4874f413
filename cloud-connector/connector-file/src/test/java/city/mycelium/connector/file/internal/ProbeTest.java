package city.mycelium.connector.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {

  @TempDir Path directory;

  private static FileConnector connector(Path folder) {
    return new FileConnector(
        "open", folder, new HandScheduler(LeapingClock.at("2026-11-26T10:00:00Z")), new Random(1));
  }

  private static List<Check> probe(Path folder) {
    return connector(folder).probe(Duration.ofSeconds(5));
  }

  @Test
  void aFolderThatWorksIsSaidToAndNothingIsLeftInIt() throws Exception {
    Files.writeString(directory.resolve("dataset.jsonld"), "{}");
    List<Check> checks = probe(directory);
    assertThat(checks).extracting(Check::layer).containsExactly("folder", "write", "space");
    assertThat(checks).allMatch(check -> check.finding() == Check.Finding.WORKS);
    assertThat(checks.get(2).sentence()).contains("GB are left");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void oneThatIsNotThereIsMadeAndSaidSo() {
    List<Check> checks = probe(directory.resolve("new/one"));
    assertThat(checks.get(0).sentence()).contains("was not there and is now");
    assertThat(directory.resolve("new/one")).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceEndsItThere() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    List<Check> checks = probe(file);
    assertThat(checks).extracting(Check::layer).containsExactly("folder");
    assertThat(checks.get(0).ok()).isFalse();
    assertThat(checks.get(0).sentence()).contains("move it away");
  }

  // Not even root may write there: Linux, proc(5).
  @Test
  void oneThatCannotBeWrittenToEndsItThere() {
    List<Check> checks = probe(Path.of("/proc"));
    assertThat(checks).extracting(Check::layer).containsExactly("folder", "write");
    assertThat(checks.get(1).ok()).isFalse();
    assertThat(checks.get(1).sentence()).startsWith("/proc cannot be written to");
  }

  @Test
  void aFileIsReadBesideWhatIsOpen() throws Exception {
    Files.writeString(directory.resolve("day.csv"), "row");
    assertThat(ask("day.csv"))
        .isInstanceOfSatisfying(
            Answer.Replied.class,
            replied ->
                assertThat(new String(replied.body(), StandardCharsets.UTF_8)).isEqualTo("row"));
    assertThat(ask("other.csv"))
        .isInstanceOfSatisfying(
            Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(404));
    assertThat(ask("../secret")).isInstanceOf(Answer.Refused.class);
  }

  private Answer ask(String file) {
    return connector(directory).ask(Message.get(file, "text/csv"), Duration.ofSeconds(5));
  }
}

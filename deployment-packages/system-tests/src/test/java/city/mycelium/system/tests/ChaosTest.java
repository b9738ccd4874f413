package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short versions of the long proofs: {@code mycelium chaos}, as a person starts it. */
class ChaosTest {

  private static final long PATIENCE_MINUTES = 10;

  @TempDir private Path folder;

  @Test
  void everyFaultOnceAndTheLedgerBalances() throws Exception {
    JsonObject verdict =
        chaos("--kills", "6", "--seed", "3", "--disk-full", mayMount() ? "1" : "0");

    assertThat(verdict.getBoolean("balanced")).isTrue();
    assertThat(verdict.getInt("accepted")).isPositive();
    assertThat(verdict.getInt("promised")).isPositive();
    assertThat(verdict.getInt("lost")).isZero();
    assertThat(verdict.getInt("wrongTimes")).isZero();
    assertThat(verdict.getJsonObject("receiver").getInt("duplicatesStored")).isZero();
    assertThat(verdict.getBoolean("holds")).isTrue();
  }

  @Test
  void whatWasAcknowledgedSurvivesAPowerCutAndTheControlDoesNot() throws Exception {
    JsonObject verdict = chaos("--power-cuts", "2", "--seed", "3");

    assertThat(verdict.getInt("acknowledged")).isPositive();
    assertThat(verdict.getInt("missing")).isZero();
    assertThat(verdict.getJsonObject("control").getInt("missing")).isPositive();
    assertThat(verdict.getBoolean("holds")).isTrue();
  }

  private JsonObject chaos(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of(property("mycelium.tools")) + File.separator + "*",
                "city.mycelium.chaos.Main",
                "--home",
                property("mycelium.home"),
                "--json"));
    command.addAll(List.of(options));
    Path said = folder.resolve("said");
    Path complained = folder.resolve("complained");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(said) + Files.readString(complained))
          .isZero();
    } finally {
      process.destroy();
    }
    try (var reader = Json.createReader(new StringReader(Files.readString(said)))) {
      return reader.readObject();
    }
  }

  private static boolean mayMount() {
    return System.getProperty("user.name").equals("root");
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}

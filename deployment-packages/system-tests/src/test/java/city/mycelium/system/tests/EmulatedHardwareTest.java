package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short version of {@code mycelium test --emulated-hardware}, as a person starts it: what
 * user-mode Linux can do in some 20 seconds.
 */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "x86 only")
class EmulatedHardwareTest {

  private static final long PATIENCE_MINUTES = 4;

  @TempDir private Path folder;

  @Test
  void theGatewayReadsChipsThroughTheKernel() throws Exception {
    JsonObject report = smbus();

    assertThat(report.getString("hardware")).isEqualTo("emulated");
    assertThat(report.getInt("leftOut")).as(report.toString()).isZero();
    assertThat(report.getInt("holding")).isPositive();
    assertThat(report.getBoolean("holds")).isTrue();
  }

  private JsonObject smbus() throws Exception {
    Path said = folder.resolve("said");
    Path complained = folder.resolve("complained");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    Path.of(property("mycelium.tools")) + File.separator + "*",
                    "city.mycelium.emulated.hardware.Main",
                    "--home",
                    property("mycelium.home"),
                    "--only",
                    "smbus",
                    "--json"))
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

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}

package city.mycelium.emulated.hardware.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkbenchTest {

  private static final Path FOLDER = Path.of("/tmp/bench");

  @Test
  void noTwoCellsHaveOneName() {
    assertThat(Stream.of(Workbench.values()).flatMap(bench -> bench.cells(FOLDER).stream()))
        .extracting(Cell::name)
        .doesNotHaveDuplicates();
  }

  /** A device that is not adopted is held, and a cell about it would wait for ever. */
  @ParameterizedTest
  @EnumSource(Workbench.class)
  void everyConfiguredDeviceIsAdopted(Workbench bench) {
    List<Cell> cells = bench.cells(FOLDER);

    JsonObject configuration = Configuration.of(cells);

    List<String> adopted =
        configuration.getJsonObject("city.mycelium.registry").getJsonArray("devices").stream()
            .map(device -> device.asJsonObject().getString("id"))
            .toList();
    for (Cell cell : cells) {
      assertThat(cell.configuration().values())
          .allSatisfy(driver -> assertThat(adopted).contains(driver.getString("deviceId")));
      assertThat(configuration.keySet()).containsAll(cell.configuration().keySet());
    }
    assertThat(adopted).doesNotHaveDuplicates();
  }

  @Test
  void aCellThatExpectsNothingIsNone() {
    assertThatThrownBy(
            () -> new Cell("x", "", "", List.of(), Map.of(), List.of(), List.of(List.of())))
        .hasMessageContaining("cannot fail");
  }

  @Test
  void aStubIsFilledInBlocksThatSmbusAllows() {
    StubChip chip = new StubChip(0x76, Map.of(0xD0, "58", 0x10, "aa".repeat(33)));

    assertThat(chip.lines())
        .containsExactly(
            "i2cset -y 0 0x76 0x10" + " 0xaa".repeat(32) + " i",
            "i2cset -y 0 0x76 0x30 0xaa i",
            "i2cset -y 0 0x76 0xd0 0x58 i");
  }
}

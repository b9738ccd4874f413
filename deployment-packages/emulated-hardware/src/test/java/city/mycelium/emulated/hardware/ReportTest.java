package city.mycelium.emulated.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final List<Cell> cells = Workbench.PC.cells(Path.of("/tmp/bench"));
  private final Report report = new Report();

  @Test
  void everyCellSaysWhatOfItIsEmulated() {
    report.add(cells.get(0), Outcome.ok(cells.get(0), 90));

    assertThat(report.text()).contains("emulated: " + cells.get(0).emulated());
    assertThat(report.json().getString("hardware")).isEqualTo("emulated");
    assertThat(report.json().getJsonArray("cells").getJsonObject(0).getString("verdict"))
        .isEqualTo("ok");
  }

  /** What this machine cannot do has proved nothing, and has not failed either. */
  @Test
  void oneThatIsLeftOutCountsAsNeither() {
    report.add(cells.get(0), Outcome.ok(cells.get(0), 90));
    report.add(cells.get(1), Outcome.skipped(cells.get(1), "QEMU is missing"));

    assertThat(report.holds()).isTrue();
    assertThat(report.summary())
        .isEqualTo("emulated hardware: 1 of 2 cells hold, 0 failed, 1 left out");
    assertThat(report.text()).contains("QEMU is missing");
  }

  @Test
  void oneThatFailedFailsAll() {
    report.add(cells.get(0), Outcome.ok(cells.get(0), 90));
    report.add(cells.get(1), Outcome.failed(cells.get(1), "25 should be 26", 90));

    assertThat(report.holds()).isFalse();
    assertThat(report.json().getBoolean("holds")).isFalse();
    assertThat(report.json().getInt("failed")).isEqualTo(1);
  }
}

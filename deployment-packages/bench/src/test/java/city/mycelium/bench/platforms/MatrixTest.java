package city.mycelium.bench.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few cells, one or two of each transport; all of them are {@code bench platforms}. */
class MatrixTest {

  private static final int FEW = 60;

  @TempDir private Path folder;

  private Matrix run(String... choices) throws Exception {
    List<Cell> cells = new ArrayList<>();
    for (String choice : choices) {
      cells.addAll(Choice.of(choice).cells());
    }
    return Matrix.run(cells, folder, FEW);
  }

  @Test
  void nothingIsLostAndNothingIsThereTwice() throws Exception {
    Matrix matrix =
        run(
            "connector=http,dialect=sensorthings,fault=duplicate",
            "connector=http,dialect=influx,fault=drop",
            "connector=mqtt,dialect=senml-cbor,fault=lie",
            "connector=coap,dialect=mycelium-block,fault=drop",
            "connector=file,fault=restart");

    assertThat(matrix.results()).hasSize(5);
    assertThat(matrix.results())
        .allSatisfy(
            each -> {
              assertThat(each.trouble()).as(each.cell().toString()).isEmpty();
              assertThat(each.delivered()).isEqualTo(FEW);
              assertThat(each.held()).isEqualTo(FEW);
            });
  }

  /** A control: the bench must see what it is there to see. */
  @Test
  void whatIsThereTwiceAndWhatIsLostIsSeen() throws Exception {
    Matrix matrix =
        run(
            "connector=mqtt,dialect=kura,fault=duplicate",
            "connector=http,dialect=influx,fault=lie");

    assertThat(matrix.results().get(0).duplicated()).isPositive();
    assertThat(matrix.results().get(1).lost()).isPositive();
    assertThat(matrix.results().get(1).isBlind()).isTrue();
  }

  @Test
  void anAcknowledgementInFrontOfSensorThingsIsNotBelieved() throws Exception {
    Matrix matrix = run("connector=mqtt,dialect=sensorthings");

    assertThat(matrix.results()).hasSize(1);
    assertThat(matrix.results().get(0).delivered()).isZero();
    assertThat(matrix.isGood()).isTrue();
  }

  @Test
  void aChoiceThatMakesNoSenseSaysWhatThereIs() {
    assertThatThrownBy(() -> Choice.of("fault=rain")).hasMessageContaining("restart");
    assertThatThrownBy(() -> Choice.of("colour=red")).hasMessageContaining("connector=");
  }

  /** Whoever adds a dialect has to say what becomes of its data. */
  @Test
  void everyDialectHasItsPlace() {
    assertThat(Pairing.all().stream().map(Pairing::dialect)).containsAll(Dialects.names());
  }
}

package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.aggregation.internal.fold.Edge;
import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.NumbersFamily;
import city.mycelium.aggregation.internal.fold.PercentilesFamily;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final PhenomenonTime MINUTE = PhenomenonTime.between(0, 60_000);
  private static final Validity ALWAYS = Validity.share(0);
  private static final FoldFamily NUMBERS = new NumbersFamily(NumbersFamily.STATISTICS);
  private static final FoldFamily PERCENTILES = new PercentilesFamily(List.of(50));

  @Test
  void everySummaryIsARevisionFurther() {
    Window window = window(List.of(NUMBERS));
    assertThat(window.issue(0, ALWAYS).revision()).isEqualTo(1);
    window.add(0, new Result.Measurement(3));

    Summary second = window.issue(0, ALWAYS);
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.value(Statistic.SUM)).hasValue(4);
  }

  @Test
  void itComesBackFromItsBytesAsItWas() {
    Window window = window(List.of(NUMBERS, PERCENTILES));
    window.setBefore(new Edge(-1, new Result.Category("occupied")));
    window.issue(0, ALWAYS);
    Window back = Window.read(MINUTE, List.of(NUMBERS, PERCENTILES), window.toBytes());

    assertThat(back.before()).isEqualTo(window.before());
    assertThat(back.toBytes()).isEqualTo(window.toBytes());
    assertThat(back.issue(7, ALWAYS)).isEqualTo(window.issue(7, ALWAYS));
  }

  // The configuration has changed in the middle of a window.
  @Test
  void whatIsAskedForFromNowOnBeginsNowAndTheRestGoesOn() {
    byte[] bytes = window(List.of(PERCENTILES)).toBytes();
    Window changed = Window.read(MINUTE, List.of(PERCENTILES, NUMBERS), bytes);
    changed.add(1, new Result.Measurement(5));

    Summary summary = changed.issue(0, ALWAYS);

    assertThat(summary.count()).isEqualTo(2);
    assertThat(summary.value(Statistic.SUM)).hasValue(5);
  }

  /** Made by the spine's Accumulator of 0.5 and 2.25, after one Summary. */
  @Test
  void aWindowThatTheSpineHasLeftGoesOn() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "01" // version
                    + "00000001" // revision
                    + "0000000000000002" // count
                    + "3fe0000000000000" // min 0.5
                    + "4002000000000000" // max 2.25
                    + "00000002" // scale
                    + "0113"); // 275: the sum is 2.75
    Window window = Window.read(MINUTE, List.of(NUMBERS), bytes);
    window.add(0, new Result.Measurement(0.25));

    Summary summary = window.issue(0, ALWAYS);

    assertThat(summary.revision()).isEqualTo(2);
    assertThat(summary.count()).isEqualTo(3);
    assertThat(summary.value(Statistic.MEAN)).hasValue(1);
    assertThat(summary.value(Statistic.SD)).as("its squares are not known").isEmpty();
  }

  // An older set of bundles, gone back to, may find what a newer one has written.
  @Test
  void theStateOfAnotherVersionIsRefused() {
    byte[] bytes = window(List.of(NUMBERS)).toBytes();
    bytes[0] = 3;

    assertThatThrownBy(() -> Window.read(MINUTE, List.of(NUMBERS), bytes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void garbageIsRefusedWithAnOrdinaryException() {
    Random random = new Random(20261123);
    byte[] whole = window(List.of(NUMBERS, PERCENTILES)).toBytes();
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length));
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      }
      assertThatThrownBy(() -> Window.read(MINUTE, List.of(NUMBERS, PERCENTILES), bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Window window(List<FoldFamily> families) {
    Window window = Window.begin(MINUTE, families, null);
    window.add(0, new Result.Measurement(1));
    return window;
  }
}

package city.mycelium.simulator.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineNoiseTest {

  private static final byte[] MESSAGE =
      "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  @Test
  void aPerfectCableChangesNothing() {
    LineNoise none = new LineNoise(new Random(1), 0);

    assertThat(arriving(none, 1_000)).allSatisfy(bytes -> assertThat(bytes).isEqualTo(MESSAGE));
  }

  @Test
  void aBadCableCutsAddsAndFlipsNowAndThen() {
    List<byte[]> arriving = arriving(new LineNoise(new Random(1), 10), 1_000);

    assertThat(arriving.stream().filter(b -> Arrays.equals(b, MESSAGE)).count())
        .isBetween(850L, 960L);
    assertThat(arriving).anySatisfy(bytes -> assertThat(bytes).hasSizeLessThan(MESSAGE.length));
    assertThat(arriving).anySatisfy(bytes -> assertThat(bytes).hasSizeGreaterThan(MESSAGE.length));
    assertThat(arriving)
        .anySatisfy(bytes -> assertThat(bytes).hasSize(MESSAGE.length).isNotEqualTo(MESSAGE));
  }

  private static List<byte[]> arriving(LineNoise cable, int count) {
    return IntStream.range(0, count).mapToObj(i -> cable.disturb(MESSAGE)).toList();
  }
}

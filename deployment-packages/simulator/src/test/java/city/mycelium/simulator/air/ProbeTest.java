package city.mycelium.simulator.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final long INSTALLED = 1_795_000_000_000L;

  private final TownAir air = new TownAir(7);

  @Test
  void theSameSeedGivesTheSameReadingsAndAnotherSensorOthers() {
    assertThat(readings(1)).isEqualTo(readings(1)).isNotEqualTo(readings(2));
  }

  @Test
  void readsCloseToTheTruthAndHardlyEverTheSameTwice() {
    double truth = air.at(Quantity.TEMPERATURE, INSTALLED);
    Probe probe = new Probe(air, Quantity.TEMPERATURE, INSTALLED, 1);

    String[] texts =
        IntStream.range(0, 50).mapToObj(i -> probe.read(INSTALLED, 2)).toArray(String[]::new);

    assertThat(texts)
        .allSatisfy(t -> assertThat(Double.parseDouble(t)).isBetween(truth - 1, truth + 1));
    assertThat(java.util.Set.of(texts[0], texts[1], texts[2])).hasSize(3);
  }

  @Test
  void sendsAsManyDecimalsAsItsFirmwareAndInItsUnit() {
    Probe probe = new Probe(air, Quantity.PRESSURE, INSTALLED, 1);

    assertThat(probe.read(INSTALLED, 1)).matches("\\d{3,4}\\.\\d");
    assertThat(Double.parseDouble(probe.read(INSTALLED, 2, 100))).isBetween(90_000.0, 110_000.0);
  }

  @Test
  void dustIsNeverNegative() {
    Probe probe = new Probe(air, Quantity.PM2_5, INSTALLED, 1);

    assertThat(IntStream.range(0, 10_000).mapToObj(i -> probe.read(INSTALLED + i * 60_000L, 2)))
        .allSatisfy(text -> assertThat(Double.parseDouble(text)).isPositive());
  }

  private java.util.List<String> readings(long seed) {
    Probe probe = new Probe(air, Quantity.PM10, INSTALLED, seed);
    return IntStream.range(0, 20).mapToObj(i -> probe.read(INSTALLED + i * 1000L, 2)).toList();
  }
}

package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SysfsSensor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class KindsTest {

  private final RecordClock clock = new RecordClock();

  // A class that is not found here could be recorded and never replayed.
  @Test
  void deviceClassesAreFoundAsAFrameworkWouldFindThem() throws IOException {
    assertThat(Kinds.of(I2cChip.class, clock))
        .extracting(kind -> kind.description().name())
        .contains("bme280", "sht4x", "ads1115")
        .doesNotHaveDuplicates();
    assertThat(Kinds.of(SerialSensor.class, clock))
        .extracting(kind -> kind.description().name())
        .contains("sds011", "gnss", "dsmr-p1", "generic-frames");
    assertThat(Kinds.of(SysfsSensor.class, clock))
        .extracting(kind -> kind.description().name())
        .contains("iio", "hwmon", "ds18b20");
  }

  @Test
  void oneThatNeedsAClockGetsThatOfTheRecord() throws IOException {
    assertThat(Kinds.of(I2cChip.class, clock))
        .extracting(kind -> kind.description().name())
        .contains("sps30", "alphasense-no2");
  }

  @Test
  void theRecordsClockGoesWithTheRecord() {
    clock.begin(1_700_000_000_000L);
    clock.at(2_500_000);

    assertThat(clock.epochMillis()).isEqualTo(1_700_000_002_500L);
    assertThat(clock.monotonicNanos()).isEqualTo(2_500_000_000L);
    assertThat(clock.now().monotonicNanos()).isEqualTo(2_500_000_000L);
  }
}

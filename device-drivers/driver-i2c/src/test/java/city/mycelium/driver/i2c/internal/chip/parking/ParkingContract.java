package city.mycelium.driver.i2c.internal.chip.parking;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Readout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every magnetometer with a detector behind it does, beside the kit's contract. */
interface ParkingContract extends I2cChipContract {

  /** The field of {@code healthy()}, as a technician writes it down. */
  String field();

  @Override
  default Map<String, String> settings() {
    return Map.of("reportEvery", "1");
  }

  @Test
  default void speaksWhenTheStatusChangesAndNowAndThen() throws DeviceException {
    I2cChip kind = kind();
    Map<String, String> settings = Map.of("emptyFieldMicrotesla", field(), "reportEvery", "10");
    Poll poll = kind.connect(healthy(), DeviceSettings.of(kind.description(), settings));
    for (int reading = 1; reading <= 25; reading++) {
      Map<String, Result> results = Readout.of(kind, poll, settings);
      if (reading == 1 || reading == 5 || reading == 15 || reading == 25) {
        assertThat(results).as("reading %s", reading).hasSize(5);
        assertThat(results.get("status"))
            .isEqualTo(new Result.Category(reading == 1 ? "unknown" : "free"));
      } else {
        assertThat(results).as("reading %s", reading).isEmpty();
      }
    }
  }

  @Test
  default void saysWhatIsWrongWithAnEmptyField() {
    for (String wrong : new String[] {"1 2", "a b c", "NaN 0 0", "1 2 5000"}) {
      assertThat(Readout.failure(kind(), healthy(), Map.of("emptyFieldMicrotesla", wrong)))
          .hasMessage(
              "emptyFieldMicrotesla is three numbers such as 18.5 -2.0 44.1, not '%s'", wrong);
    }
  }
}

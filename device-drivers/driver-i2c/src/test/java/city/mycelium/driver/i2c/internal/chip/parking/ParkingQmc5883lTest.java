package city.mycelium.driver.i2c.internal.chip.parking;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.i2c.internal.chip.Reads;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.ScriptedI2c;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The bytes are those of the magnetometer's own test; what they mean for the bay, of the
 * detector's.
 */
class ParkingQmc5883lTest implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new ParkingQmc5883l();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("reportEvery", "1");
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .registers(0x00, "B8 0B 90 E8 84 03 01 00 00 00")
        .registers(0x0B, "00")
        .registers(0x0D, "FF");
  }

  /** Of a bay whose empty field nobody knows, one field says nothing. */
  @Override
  public Golden golden() {
    return Golden.results()
        .result("status", new Result.Category("unknown"))
        .number("confidence", 0, 0)
        .number("field-x", 100, 0)
        .number("field-y", -200, 0)
        .number("field-z", 30, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("id, status and mode are compared; data has no checksum", "00");
  }

  @Test
  void speaksWhenTheStatusChangesAndNowAndThen() throws DeviceException {
    I2cChip kind = kind();
    Poll poll =
        Reads.connect(
            kind, healthy(), Map.of("emptyFieldMicrotesla", "100 -200 30", "reportEvery", "10"));
    for (int reading = 1; reading <= 25; reading++) {
      Map<String, Result> results = Reads.results(kind, poll);
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
  void saysWhatIsWrongWithAnEmptyField() {
    for (String wrong : new String[] {"1 2", "a b c", "NaN 0 0", "1 2 5000"}) {
      assertThat(Reads.failure(kind(), healthy(), Map.of("emptyFieldMicrotesla", wrong)))
          .hasMessage(
              "emptyFieldMicrotesla is three numbers such as 18.5 -2.0 44.1, not '%s'", wrong);
    }
  }
}

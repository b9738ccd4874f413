package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Commands of data sheet SPS30 (version 1.0), 6.3: start with floats is 0x0010 0x0300 0xAC. The
 * results are floats of IEEE 754: 0x40C80000 is 6.25, 0x41080000 is 8.5, 0x42260000 is 41.5 … CRCs
 * calculated apart from our code, by the table method with polynomial 0x31.
 */
class Sps30Test implements I2cChipContract {

  private static final String RESULTS =
      "40 C8 F6 00 00 81 41 08 45 00 00 81 41 12 DD 00 00 81 41 1C C2 00 00 81"
          + "42 26 F1 00 00 81 42 45 19 00 00 81 42 4A 37 00 00 81 42 4A 37 80 00 A2"
          + "42 4B 06 00 00 81 3F 00 AA 00 00 81";

  /** Whoever asks has waited long enough. */
  private static final class PatientClock implements Clock {
    private long nanos;

    @Override
    public long epochMillis() {
      throw new AssertionError("nobody asks for the wall clock");
    }

    @Override
    public long monotonicNanos() {
      nanos += Duration.ofSeconds(31).toNanos();
      return nanos;
    }
  }

  @Override
  public I2cChip kind() {
    return new Sps30(new PatientClock());
  }

  @Override
  public ScriptedI2c healthy() {
    return new ScriptedI2c()
        .takes("01 04")
        .takes("00 10 03 00 AC")
        .answers("D2 06", "00 00 81 00 00 81")
        .answers("02 02", "00 01 B0")
        .answers("03 00", RESULTS);
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("PM1", 6.25, 0)
        .number("PM2.5", 8.5, 0)
        .number("PM4", 9.125, 0)
        .number("PM10", 9.75, 0)
        .number("N0.5", 41.5, 0)
        .number("N1", 49.25, 0)
        .number("N2.5", 50.5, 0)
        .number("N4", 50.625, 0)
        .number("N10", 50.75, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("CRC-8 over each word");
  }

  /** Table 1: up to 30 s in clean air. */
  @Test
  void warmsUpFor30Seconds() throws DeviceException {
    LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    Sps30 kind = new Sps30(clock);
    Poll poll = Readout.connect(kind, healthy(), Map.of());
    clock.leap(Duration.ofMillis(29_999));
    assertThat(stateOf(kind, poll)).isEqualTo(DeviceState.WARMING_UP);
    clock.leap(Duration.ofMillis(1));
    assertThat(Readout.of(kind, poll, Map.of())).hasSize(9);
  }

  private static DeviceState stateOf(I2cChip kind, Poll poll) {
    try {
      throw new AssertionError("it gives " + Readout.of(kind, poll, Map.of()));
    } catch (DeviceException e) {
      return e.state();
    }
  }

  @Test
  void isStaleWithoutANewResult() {
    assertThat(Readout.state(kind(), healthy().answers("02 02", "00 00 81")))
        .isEqualTo(DeviceState.STALE);
  }

  /** 4.4: bits 4, 5 and 21 of the status. */
  @Test
  void saysWhatIsBroken() {
    assertThat(failure("00 00 81 00 10 C2")).hasMessageContaining("fan stands still");
    assertThat(failure("00 00 81 00 20 07")).hasMessageContaining("laser");
    assertThat(failure("00 20 07 00 00 81")).hasMessageContaining("fan runs too slowly");
  }

  private DeviceException failure(String status) {
    DeviceException failure = Readout.failure(kind(), healthy().answers("D2 06", status), Map.of());
    assertThat(failure.state()).isEqualTo(DeviceState.CORRUPT);
    return failure;
  }

  /** -1 (0xBF800000) and not-a-number (0x7FC00000), with good CRCs. */
  @Test
  void refusesWhatDustCannotBe() {
    assertThat(Readout.state(kind(), healthy().answers("03 00", "BF 80 F3" + RESULTS.substring(8))))
        .isEqualTo(DeviceState.CORRUPT);
    assertThat(Readout.state(kind(), healthy().answers("03 00", "7F C0 64" + RESULTS.substring(8))))
        .isEqualTo(DeviceState.CORRUPT);
  }
}

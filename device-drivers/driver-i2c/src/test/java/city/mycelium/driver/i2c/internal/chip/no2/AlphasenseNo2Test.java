package city.mycelium.driver.i2c.internal.chip.no2;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Result;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Voltages by data sheet SBAS444, 8.3.3: at 2.048 V a count is 0.0625 mV. 0x0FA0 is 4000 counts,
 * 250 mV; 0x0F00 is 240 mV; 0x2BC0 is 700 mV, which a TMP36 gives at 20 °C (its data sheet: 750 mV
 * at 25 °C, 10 mV/K).
 *
 * <p>The concentration by Alphasense AAN 803-04, algorithm 1, at 20 °C: (250 - 225) - 0.6 * (240 -
 * 230) = 19 mV; / 0.25 mV/ppb = 76 ppb. One ppb of NO2 is 46.0055 g/mol * 101.3 kPa / (8.314463 *
 * 293 K) = 1.91301 ug/m3; so 145.3888 ug/m3.
 */
class AlphasenseNo2Test implements I2cChipContract {

  private static final Map<String, String> CALIBRATED =
      Map.of(
          "cell", "202930345",
          "method", "aan803-1",
          "weElectronicZeroMillivolts", "225",
          "aeElectronicZeroMillivolts", "230",
          "sensitivityMillivoltsPerPpb", "0.25",
          "validFrom", "2026-03-01",
          "validUntil", "2027-02-28");

  private static final double MICROGRAMS = 145.3888;

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");

  /**
   * It says how it measures once a day: so that it always does for the kit, each reading is a day.
   */
  @Override
  public I2cChip kind() {
    return new AlphasenseNo2(new DayByDay(), clock);
  }

  private I2cChip now() {
    return new AlphasenseNo2(clock, clock);
  }

  private static final class DayByDay implements Clock {
    private long day;

    @Override
    public long epochMillis() {
      day++;
      return Duration.ofDays(day).toMillis();
    }

    @Override
    public long monotonicNanos() {
      throw new AssertionError("a calibration is a matter of days");
    }
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> set = with("validFrom", "1970-01-01");
    set.put("validUntil", "2070-01-01");
    return set;
  }

  @Override
  public ScriptedI2c healthy() {
    return cell("0F A0", "0F 00", "2B C0");
  }

  private static ScriptedI2c cell(String working, String auxiliary, String thermometer) {
    ScriptedI2c chip = new ScriptedI2c();
    converts(chip, "C5 03", working);
    converts(chip, "D5 03", auxiliary);
    converts(chip, "E5 03", thermometer);
    return chip;
  }

  private static void converts(ScriptedI2c chip, String config, String code) {
    chip.mayTake("01 " + config, () -> chip.mayAnswer("01", config).mayAnswer("00", code));
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("WE", 250, 0)
        .number("AE", 240, 0)
        .number("temperature", 20, 0)
        .number("NO2-calibrated", MICROGRAMS, 0.00005)
        .result(
            "NO2-setup",
            new Result.Text(
                "sensor=Alphasense NO2-B43F 202930345 on ADS1115; method=Alphasense AAN 803-04"
                    + " algorithm 1, nT of 803-05 table 3, linear between 10 K; WEe=225.0 mV;"
                    + " AEe=230.0 mV; WEo=0.0 mV; AEo=0.0 mV; sensitivity=0.25 mV/ppb;"
                    + " ugm3PerPpb=1.9130 at 293 K and 101.3 kPa; validFrom=1970-01-01;"
                    + " validUntil=2070-01-01; state=valid"));
  }

  @Override
  public Set<String> optionsOfAnyText() {
    return Set.of("cell");
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("the configuration is read back; data has no checksum", "00");
  }

  @Test
  void givesTheRawVoltagesBesideTheConcentration() throws DeviceException {
    assertThat(once(CALIBRATED)).containsKeys("WE", "AE", "temperature", "NO2-calibrated");
  }

  /** The first day begins and the last day ends in UTC; both count. */
  @ParameterizedTest
  @CsvSource({
    "2026-02-28T23:59:59.999Z, false",
    "2026-03-01T00:00:00Z, true",
    "2027-02-28T23:59:59.999Z, true",
    "2027-03-01T00:00:00Z, false"
  })
  void givesAConcentrationWhileItsCalibrationHoldsAndVoltagesAlways(String now, boolean valid)
      throws DeviceException {
    clock.setWall(now);
    Map<String, Result> results = once(CALIBRATED);
    assertThat(results.get("WE")).isEqualTo(new Result.Measurement(250));
    assertThat(results.containsKey("NO2-calibrated")).isEqualTo(valid);
    assertThat(setup(results))
        .contains("WEe=225.0 mV", "sensitivity=0.25 mV/ppb", "validFrom=2026-03-01")
        .contains(
            valid
                ? "state=valid"
                : "state=none; why=the calibration holds from 2026-03-01 until 2027-02-28 only");
  }

  @Test
  void saysWhyThereIsNoConcentration() throws DeviceException {
    assertThat(setup(once(Map.of()))).contains("state=none; why=it has no calibration");
    clock.setTrusted(false);
    assertThat(setup(once(CALIBRATED))).contains("nobody vouches for the gateway's time");
    clock.setTrusted(true);
    assertThat(setup(once(with("inputs", "A0 A1")))).contains("no thermometer beside the cell");
    // 0x0C80 is 200 mV: -30 °C; a count less is colder.
    assertThat(setup(Readout.of(now(), cell("0F A0", "0F 00", "0C 80"), CALIBRATED)))
        .contains("state=valid");
    assertThat(setup(Readout.of(now(), cell("0F A0", "0F 00", "0C 7F"), CALIBRATED)))
        .contains("colder than -30");
    assertThat(once(Map.of())).doesNotContainKey("NO2-calibrated").containsKey("AE");
  }

  @Test
  void saysHowItMeasuresAtFirstEachDayAndWhenThatChanges() throws DeviceException {
    I2cChip kind = now();
    Poll poll = Readout.connect(kind, healthy(), CALIBRATED);
    assertThat(Readout.of(kind, poll, CALIBRATED)).containsKey("NO2-setup");
    assertThat(Readout.of(kind, poll, CALIBRATED)).doesNotContainKey("NO2-setup");
    clock.leap(Duration.ofHours(12));
    assertThat(Readout.of(kind, poll, CALIBRATED)).containsKey("NO2-setup");
    clock.setTrusted(false);
    assertThat(Readout.of(kind, poll, CALIBRATED)).containsKey("NO2-setup");
  }

  /** 0.25 mV/ppb is -0.5 nA/ppb on a board of -0.5 mV/nA. */
  @Test
  void takesTheSensitivityInNanoamperesToo() throws DeviceException {
    Map<String, String> set = with("sensitivityMillivoltsPerPpb", "none");
    set.put("sensitivityNanoamperesPerPpb", "-0.5");
    set.put("gainMillivoltsPerNanoampere", "-0.5");
    assertThat(once(set).get("NO2-calibrated")).isEqualTo(once(CALIBRATED).get("NO2-calibrated"));
    set.put("gainMillivoltsPerNanoampere", "0.5");
    assertThat(Readout.failure(now(), healthy(), set)).hasMessageContaining("0.01 to 10 mV/ppb");
  }

  /** Clean air and an offset: below zero, and not cut off (platforms that cannot take it cut). */
  @Test
  void doesNotHideThatACellDriftsBelowZero() throws DeviceException {
    Map<String, Result> results = Readout.of(now(), cell("0D C0", "0E 60", "2B C0"), CALIBRATED);
    assertThat(((Result.Measurement) results.get("NO2-calibrated")).value()).isNegative();
  }

  @Test
  void saysWhatIsMissingInACalibration() {
    assertThat(failure("method", "aan803-3")).contains("this method needs weSensorZeroMillivolts");
    assertThat(failure("validUntil", "2026-02-01")).contains("before validFrom");
    assertThat(failure("validFrom", "March")).contains("a day such as 2026-03-01");
    assertThat(failure("inputs", "A0")).contains("inputs names working electrode");
    Map<String, String> two = with("method", "aan803-2");
    two.put("weSensorZeroMillivolts", "10");
    two.put("aeSensorZeroMillivolts", "0");
    assertThat(Readout.failure(now(), healthy(), two)).hasMessageContaining("cannot be 0");
  }

  private String failure(String option, String value) {
    return String.valueOf(Readout.failure(now(), healthy(), with(option, value)).getMessage());
  }

  private static Map<String, String> with(String option, String value) {
    Map<String, String> set = new HashMap<>(CALIBRATED);
    set.put(option, value);
    return set;
  }

  private Map<String, Result> once(Map<String, String> set) throws DeviceException {
    return Readout.of(now(), healthy(), set);
  }

  private static String setup(Map<String, Result> results) {
    return ((Result.Text) results.get("NO2-setup")).value();
  }
}

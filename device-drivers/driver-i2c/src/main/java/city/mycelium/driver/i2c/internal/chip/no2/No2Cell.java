package city.mycelium.driver.i2c.internal.chip.no2;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Result;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.i2c.internal.chip.SingleShot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connected cell: its voltages, its concentration, and how that came about. */
final class No2Cell implements Poll {

  private static final double REFERENCE_CELSIUS = 20;

  private final Clock clock;
  private final TrustedTime time;
  private final SingleShot converter;
  private final Inputs inputs;
  private final double at20;
  private final double perKelvin;
  private final String name;
  private final Optional<No2Calibration> calibration;
  private String said = "";
  private @Nullable LocalDate saidOn;

  No2Cell(I2c bus, DeviceSettings set, Clock clock, TrustedTime time) throws DeviceException {
    this.clock = clock;
    this.time = time;
    converter = SingleShot.connect(bus, set);
    inputs = Inputs.of(set);
    at20 = set.number("millivoltsAt20Celsius", -5_000, 5_000);
    perKelvin = set.number("millivoltsPerKelvin", 0.01, 1_000);
    name = "sensor=Alphasense NO2-B43F " + set.text("cell") + " on ADS1115";
    calibration = No2Calibration.of(set);
  }

  @Override
  public void read(Results results) throws DeviceException {
    double working = converter.millivolts(inputs.working());
    double auxiliary = converter.millivolts(inputs.auxiliary());
    double celsius = Double.NaN;
    if (inputs.thermometer().isPresent()) {
      double millivolts = converter.millivolts(inputs.thermometer().get());
      celsius = REFERENCE_CELSIUS + (millivolts - at20) / perKelvin;
      results.number("temperature", celsius);
    }
    results.number("WE", working);
    results.number("AE", auxiliary);
    LocalDate today =
        Instant.ofEpochMilli(clock.epochMillis()).atZone(ZoneOffset.UTC).toLocalDate();
    String refusal = refusal(today, celsius);
    if (refusal.isEmpty()) {
      results.number(
          "NO2-calibrated",
          calibration.orElseThrow().microgramsPerCubicMetre(working, auxiliary, celsius));
    }
    say(results, refusal, today);
  }

  /** Why there is no concentration now; empty if there is one. */
  private String refusal(LocalDate today, double celsius) {
    if (calibration.isEmpty()) {
      return "it has no calibration: set method";
    }
    if (!time.trust().isTrusted()) {
      return "nobody vouches for the gateway's time, so whether the calibration holds is unknown";
    }
    if (!calibration.get().holdsOn(today)) {
      return "the calibration holds from "
          + calibration.get().from()
          + " until "
          + calibration.get().until()
          + " only: calibrate anew";
    }
    if (Double.isNaN(celsius)) {
      return "there is no thermometer beside the cell: wire one and name its input";
    }
    return celsius >= Compensation.COLDEST && celsius <= Compensation.WARMEST
        ? ""
        : "the cell is colder than -30 or warmer than 50 Cel, for which there are no factors";
  }

  /** How it measures: when that has changed, and once a day for whoever came later. */
  private void say(Results results, String refusal, LocalDate today) {
    String now =
        name
            + calibration.map(c -> "; " + c).orElse("")
            + (refusal.isEmpty() ? "; state=valid" : "; state=none; why=" + refusal);
    if (!now.equals(said) || !today.equals(saidOn)) {
      results.put("NO2-setup", new Result.Text(now));
      said = now;
      saidOn = today;
    }
  }
}

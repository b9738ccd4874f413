package city.mycelium.driver.i2c.internal.chip.no2;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.i2c.internal.chip.Addresses;
import city.mycelium.driver.i2c.internal.chip.SingleShot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Alphasense NO2-B43F on its board (ISB or AFE), read by an ADS1115. The voltages of both
 * electrodes are results of their own, always; the concentration is another one, while its
 * calibration holds (docs/decisions/0122-calibration.md).
 */
@Component
public final class AlphasenseNo2 implements I2cChip {

  private static final double REFERENCE_CELSIUS = 20;

  private final Clock clock;
  private final TrustedTime time;

  /** A calibration holds for a time: so the clock has to be asked, and whether it is right. */
  @Activate
  public AlphasenseNo2(@Reference Clock clock, @Reference TrustedTime time) {
    this.clock = clock;
    this.time = time;
  }

  @Override
  public DeviceDescription description() {
    DeviceDescription description =
        DeviceDescription.of("alphasense-no2", "Alphasense NO2-B43F on an ADS1115")
            .gives("WE", Vocabulary.VOLTAGE, Unit.MILLIVOLT)
            .gives("AE", Vocabulary.VOLTAGE, Unit.MILLIVOLT)
            .gives("temperature", Vocabulary.DEVICE_TEMPERATURE, Unit.DEGREE_CELSIUS)
            .gives("NO2-calibrated", Vocabulary.NO2, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("NO2-setup", Vocabulary.MEASURING_SETUP, Unit.ONE)
            .takes("cell", "unknown", "serial number of the cell")
            .takes("inputs", "A0 A1 A2", "working electrode, auxiliary electrode, thermometer")
            .takes("millivoltsAt20Celsius", "700", "of the thermometer: 700 for a TMP36")
            .takes("millivoltsPerKelvin", "10", "of the thermometer: 10 for a TMP36, 1 for an AFE");
    return SingleShot.options(No2Calibration.options(description), "2048");
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x48, 0x49, 0x4A, 0x4B);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    return new Cell(bus, settings);
  }

  private final class Cell implements Poll {
    private final SingleShot converter;
    private final Inputs inputs;
    private final double at20;
    private final double perKelvin;
    private final String name;
    private final Optional<No2Calibration> calibration;
    private String said = "";
    private @Nullable LocalDate saidOn;

    Cell(I2c bus, DeviceSettings set) throws DeviceException {
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
}

package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A contact that closes once for each of something: a rain gauge's bucket, the S0 output of an
 * energy meter (IEC 62053-31), an axle on a traffic tube. The total is told as a counter that goes
 * on after a restart; and what it means, where that is set.
 */
public final class Pulses implements DeviceKind<Gpio> {

  /** Pulses of whatever it is: a count in the sense of QUDT. */
  static final ObservedProperty PULSE_COUNT =
      new ObservedProperty(
          "pulse-count", URI.create("http://qudt.org/vocab/quantitykind/Count"), Unit.ONE, 0, 1e15);

  private static final String TOTAL = "pulses";
  private static final String RAIN = "rain";
  private static final String IMPORT = "energy-import";
  private static final String EXPORT = "energy-export";
  private static final String VEHICLES = "vehicles";
  private static final String UNSEEN = "edges-unseen";

  private static final String RAIN_SCALE = "millimetresPerPulse";
  private static final String ENERGY_SCALE = "pulsesPerKilowattHour";
  private static final String VEHICLE_SCALE = "pulsesPerVehicle";
  private static final String FLOW = "energyFlow";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int WATT_HOURS = 1000;
  private static final List<String> FLOWS = List.of("import", "export");

  @Override
  public DeviceDescription description() {
    return Gpio.openable(
            DeviceDescription.of("pulses", "Pulses of a contact on a GPIO line")
                .every(Duration.ofMinutes(1)),
            "5")
        .takes("shortestGapMillis", "0", "how soon after a pulse the next one can be, 0 to 60000")
        .takes("startAt", "0", "what it begins with when it was never counted here, in pulses")
        .takes(RAIN_SCALE, "0", "of a rain gauge: millimetres of rain for a pulse, such as 0.2")
        .takes(ENERGY_SCALE, "0", "of an energy meter: what is printed on it, such as 1000")
        .takes(FLOW, "import", "of an energy meter: import or export")
        .takes(VEHICLE_SCALE, "0", "of a traffic tube: axles of a vehicle, such as 2")
        .gives(TOTAL, PULSE_COUNT, Unit.ONE)
        .gives(RAIN, Vocabulary.RAIN_AMOUNT, Unit.MILLIMETRE)
        .gives(IMPORT, Vocabulary.ENERGY_IMPORT, Unit.WATT_HOUR)
        .gives(EXPORT, Vocabulary.ENERGY_EXPORT, Unit.WATT_HOUR)
        .gives(VEHICLES, Vocabulary.VEHICLE_COUNT, Unit.ONE)
        .gives(UNSEEN, Vocabulary.FRAMES_LOST, Unit.ONE);
  }

  @Override
  public Poll connect(Gpio gpio, DeviceSettings settings) throws DeviceException {
    Meaning meaning = Meaning.of(settings);
    PulseCount count =
        new PulseCount(settings.whole("shortestGapMillis", 0, 60_000) * NANOS_PER_MILLI);
    int startAt = settings.whole("startAt", 0, Integer.MAX_VALUE);
    // The line first: as long as an earlier connection holds it, it may still be counting.
    GpioLine line = gpio.open(settings, true);
    try {
      gpio.memory().recall(startAt);
    } catch (DeviceException e) {
      line.close();
      throw e;
    }
    return new Counting(line, count, gpio.memory(), meaning);
  }

  /** What a pulse stands for; 0 where it does not stand for that. */
  private record Meaning(double millimetres, int perKilowattHour, String energy, int perVehicle) {

    static Meaning of(DeviceSettings settings) throws DeviceException {
      Meaning meaning =
          new Meaning(
              settings.number(RAIN_SCALE, 0, 100),
              settings.whole(ENERGY_SCALE, 0, 1_000_000),
              settings.choice(FLOW, FLOWS).equals("import") ? IMPORT : EXPORT,
              settings.whole(VEHICLE_SCALE, 0, 100));
      long meant =
          Stream.of(meaning.millimetres, meaning.perKilowattHour, meaning.perVehicle)
              .filter(scale -> scale.doubleValue() != 0)
              .count();
      if (meant > 1) {
        throw DeviceException.config(
            "a pulse stands for one thing: set only one of "
                + String.join(", ", RAIN_SCALE, ENERGY_SCALE, VEHICLE_SCALE));
      }
      return meaning;
    }

    /**
     * Rain as what fell since it was last told, for a sum of amounts is what everybody makes of
     * them; the others as totals, rounded down from the pulses each time, so that nothing adds up.
     */
    void tell(Results results, long total, long news) {
      if (millimetres != 0) {
        results.number(
            RAIN, BigDecimal.valueOf(millimetres).multiply(BigDecimal.valueOf(news)).doubleValue());
      }
      if (perKilowattHour != 0) {
        results.counter(energy, total * WATT_HOURS / perKilowattHour);
      }
      if (perVehicle != 0) {
        results.counter(VEHICLES, total / perVehicle);
      }
    }
  }

  /** One opened line. */
  private static final class Counting implements Poll {

    private final GpioLine line;
    private final PulseCount count;
    private final PulseMemory memory;
    private final Meaning meaning;
    private long unseen;

    Counting(GpioLine line, PulseCount count, PulseMemory memory, Meaning meaning) {
      this.line = line;
      this.count = count;
      this.memory = memory;
      this.meaning = meaning;
    }

    @Override
    public void read(Results results) throws DeviceException {
      take();
      long news = memory.tell();
      results.counter(TOTAL, memory.total());
      meaning.tell(results, memory.total(), news);
      if (unseen > 0) {
        results.number(UNSEEN, (double) unseen);
        unseen = 0;
      }
    }

    private void take() throws DeviceException {
      PulseCount.Tally tally = count.count(line.edges());
      memory.add(tally.pulses());
      unseen += tally.unseen();
    }

    /** What came since the last reading is counted still, and only then the line given back. */
    @Override
    public void close() {
      try {
        take();
      } catch (DeviceException e) {
        // The chip has gone, and with it what it had seen.
      }
      memory.put();
      line.close();
    }
  }
}

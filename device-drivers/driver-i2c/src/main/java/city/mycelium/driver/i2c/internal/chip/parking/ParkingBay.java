package city.mycelium.driver.i2c.internal.chip.parking;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.i2c.internal.chip.parking.ParkingDetector.Judgement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A magnetometer with a {@link ParkingDetector} behind it. It is read every two seconds, and gives
 * results when the bay's status has changed, and now and then beside.
 */
final class ParkingBay implements Poll {

  private final Poll magnetometer;
  private final ParkingDetector detector;
  private final int every;
  private int silent;
  private String said = "";

  private ParkingBay(Poll magnetometer, ParkingDetector detector, int every) {
    this.magnetometer = magnetometer;
    this.detector = detector;
    this.every = every;
  }

  /** A magnetometer's kind, as a detector's. */
  static DeviceDescription description(DeviceDescription magnetometer) {
    DeviceDescription description =
        DeviceDescription.of(
                "parking-" + magnetometer.name(), "Parking detector on " + magnetometer.title())
            .every(Duration.ofSeconds(2))
            .gives("status", Vocabulary.PARKING_SPOT_STATUS, Unit.ONE)
            .gives("confidence", Vocabulary.DETECTION_CONFIDENCE, Unit.PERCENT);
    for (DeviceDescription.Output output : magnetometer.outputs()) {
      description = description.gives(output.name(), output.property(), output.unit());
    }
    return description
        .takes(
            "emptyFieldMicrotesla",
            "unknown",
            "field-x field-y field-z of the empty bay, as measured there; without it the detector"
                + " needs a few vehicles to learn it")
        .takes("reportEvery", "30", "results beside those of a change, every so many readings");
  }

  /**
   * Puts a detector behind a connected magnetometer.
   *
   * @throws DeviceException CONFIG if the settings cannot be
   */
  static Poll behind(Poll magnetometer, DeviceSettings settings) throws DeviceException {
    return new ParkingBay(
        magnetometer,
        new ParkingDetector(empty(settings.text("emptyFieldMicrotesla"))),
        settings.whole("reportEvery", 1, 100_000));
  }

  private static Optional<Field> empty(String text) throws DeviceException {
    if (text.equals("unknown")) {
      return Optional.empty();
    }
    List<String> parts = List.of(text.split("[, ]+", -1));
    try {
      if (parts.size() == 3) {
        Field field =
            new Field(
                Double.parseDouble(parts.get(0)),
                Double.parseDouble(parts.get(1)),
                Double.parseDouble(parts.get(2)));
        if (field.length() < 2_000) { // not so if one of them is not a number
          return Optional.of(field);
        }
      }
    } catch (NumberFormatException e) {
      // Said below, as for too few or too large ones.
    }
    throw DeviceException.config(
        "emptyFieldMicrotesla is three numbers such as 18.5 -2.0 44.1, not '" + text + "'");
  }

  @Override
  public void read(Results results) throws DeviceException {
    Axes axes = new Axes();
    magnetometer.read(axes);
    Judgement judgement = detector.take(axes.field());
    String status = judgement.status().word();
    silent++;
    if (!status.equals(said) || silent >= every) {
      said = status;
      silent = 0;
      results.category("status", status);
      results.number("confidence", judgement.confidence());
      axes.values.forEach(results::number);
    }
  }

  @Override
  public void close() {
    magnetometer.close();
  }

  /** Takes the magnetometer's results, to look at them first. */
  private static final class Axes implements Results {
    private final Map<String, Double> values = new HashMap<>();

    @Override
    public void put(String output, Result result) {
      if (result instanceof Result.Measurement measurement) {
        values.put(output, measurement.value());
      }
    }

    @Override
    public void put(String output, Result result, PhenomenonTime time) {
      put(output, result);
    }

    @Override
    public void at(PhenomenonTime time) {
      // A magnetometer has no clock.
    }

    Field field() {
      return new Field(axis("field-x"), axis("field-y"), axis("field-z"));
    }

    private double axis(String name) {
      Double value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("the magnetometer gives no " + name);
      }
      return value;
    }
  }
}

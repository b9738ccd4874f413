package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An invented range finder: FF, two bytes of millimetres, and the low byte of their sum. */
class RangeFinder implements SerialSensor, FrameDevice<Integer> {

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("range-finder", "An invented range finder")
        .gives("level", Vocabulary.WATER_LEVEL, Unit.MILLIMETRE);
  }

  @Override
  public SerialSettings line() {
    return SerialSettings.of(9600);
  }

  @Override
  public FrameDevice<Integer> device(Duration interval, DeviceSettings settings) {
    return this;
  }

  @Override
  public Timetable timetable() {
    return Timetable.listenOnly(Duration.ofMinutes(1));
  }

  @Override
  public Scan<Integer> scan(byte[] bytes) {
    List<Integer> frames = new ArrayList<>();
    int at = 0;
    int noise = 0;
    while (at + 4 <= bytes.length) {
      if (bytes[at] == (byte) 0xFF && isSound(bytes, at)) {
        frames.add((bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF);
        at += 4;
      } else {
        at++;
        noise++;
      }
    }
    return new Scan<>(frames, at, noise);
  }

  boolean isSound(byte[] bytes, int at) {
    return (byte) (bytes[at] + bytes[at + 1] + bytes[at + 2]) == bytes[at + 3];
  }

  @Override
  public FrameReader<Integer> reader() {
    return (frame, results) -> results.number("level", frame);
  }
}

package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a device tells with bytes that a test says for it. For one thread. */
public final class Told {

  private final FrameDevice<?> device;
  private final DeviceDescription description;
  private final Listener<?> listener;

  /** A device of this kind, set like this, whose line has just been opened. */
  public Told(SerialSensor kind, Map<String, String> options) throws DeviceException {
    DeviceSettings settings = DeviceSettings.of(kind.description(), options);
    description = kind.description(settings);
    device = kind.device(description.interval(), settings);
    listener = listener(device);
  }

  /** The device itself. */
  public FrameDevice<?> device() {
    return device;
  }

  /** What all frames in these bytes say together; the last one of each output. */
  public Map<String, Result> by(byte[] bytes) throws DeviceException {
    return listener.hear(bytes);
  }

  private <F> Listener<F> listener(FrameDevice<F> of) {
    return new Listener<>(of, of.reader());
  }

  private final class Listener<F> {

    private final FrameDevice<F> of;
    private final FrameDevice.FrameReader<F> reader;

    Listener(FrameDevice<F> of, FrameDevice.FrameReader<F> reader) {
      this.of = of;
      this.reader = reader;
    }

    Map<String, Result> hear(byte[] bytes) throws DeviceException {
      Map<String, Result> all = new LinkedHashMap<>();
      for (F frame : of.scan(bytes).frames()) {
        ResultSet results =
            new ResultSet(
                ResultSet.channels(new DeviceId("device.1"), description, description.interval()));
        reader.read(frame, results);
        results.readings().forEach(r -> all.put(r.channel().name(), r.result()));
      }
      return all;
    }
  }
}

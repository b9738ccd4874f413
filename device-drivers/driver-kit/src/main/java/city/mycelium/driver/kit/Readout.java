package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a device once, as the gateway does, for a driver's tests beside its contract. */
public final class Readout {

  private Readout() {}

  /** Connects. */
  public static <B> Poll connect(DeviceKind<B> kind, B bus, Map<String, String> settings)
      throws DeviceException {
    return kind.connect(bus, DeviceSettings.of(kind.description(), settings));
  }

  /** Connects, reads once and closes. */
  public static <B> Map<String, Result> of(DeviceKind<B> kind, B bus, Map<String, String> settings)
      throws DeviceException {
    try (Poll poll = connect(kind, bus, settings)) {
      return of(kind, poll, settings);
    }
  }

  /** The number that one output has, as the kind is preset. */
  public static <B> double number(DeviceKind<B> kind, B bus, String output) throws DeviceException {
    Map<String, Result> results = of(kind, bus, Map.of());
    if (results.get(output) instanceof Result.Measurement number) {
      return number.value();
    }
    throw new AssertionError("expected a number for " + output + ", but got " + results);
  }

  /** Reads a connected device once. */
  public static Map<String, Result> of(DeviceKind<?> kind, Poll poll, Map<String, String> settings)
      throws DeviceException {
    var description = kind.description(DeviceSettings.of(kind.description(), settings));
    ResultSet set =
        new ResultSet(
            ResultSet.channels(new DeviceId("kit.1"), description, description.interval()));
    poll.read(set);
    return byOutput(set);
  }

  /** How connecting or the first reading fails; fails itself if they don't. */
  public static <B> DeviceException failure(
      DeviceKind<B> kind, B bus, Map<String, String> settings) {
    try {
      throw new AssertionError("expected no result, but got " + of(kind, bus, settings));
    } catch (DeviceException e) {
      return e;
    }
  }

  /** In which state connecting or the first reading leaves it, as the kind is preset. */
  public static <B> DeviceState state(DeviceKind<B> kind, B bus) {
    return failure(kind, bus, Map.of()).state();
  }

  /** What was put, by output. */
  static Map<String, Result> byOutput(ResultSet set) {
    Map<String, Result> results = new LinkedHashMap<>();
    set.readings().forEach(reading -> results.put(reading.channel().name(), reading.result()));
    return results;
  }
}

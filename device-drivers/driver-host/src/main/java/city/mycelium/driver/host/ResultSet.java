package city.mycelium.driver.host;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.Results;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one reading of one device, as they come together. For one thread. */
public final class ResultSet implements Results {

  private final Map<String, Channel> channels;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Map<String, PhenomenonTime> times = new HashMap<>();
  private @Nullable PhenomenonTime time;

  /** Empty; {@code channels} as {@link #channels} makes them. */
  public ResultSet(Map<String, Channel> channels) {
    this.channels = channels;
  }

  /** What the outputs of a kind are called when this device says them. */
  public static Map<String, Channel> channels(
      DeviceId id, DeviceDescription description, Duration interval) {
    Map<String, Channel> channels = new LinkedHashMap<>();
    description
        .outputs()
        .forEach(
            o ->
                channels.put(
                    o.name(),
                    new Channel(id, o.name(), o.property(), o.unit(), interval, o.personal())));
    return Map.copyOf(channels);
  }

  @Override
  public void put(String output, Result result) {
    if (!channels.containsKey(output)) {
      throw new IllegalArgumentException("the description has no output '" + output + "'");
    }
    if (results.putIfAbsent(output, result) != null) {
      throw new IllegalArgumentException("there are two results for '" + output + "'");
    }
  }

  @Override
  public void put(String output, Result result, PhenomenonTime ofItsOwn) {
    put(output, result);
    times.put(output, ofItsOwn);
  }

  @Override
  public void at(PhenomenonTime known) {
    time = known;
  }

  /** What was put, in that order. */
  public List<Reading> readings() {
    return results.entrySet().stream()
        .map(e -> new Reading(channel(e.getKey()), timeOf(e.getKey()), e.getValue(), null))
        .toList();
  }

  private @Nullable PhenomenonTime timeOf(String output) {
    PhenomenonTime ofItsOwn = times.get(output);
    return ofItsOwn != null ? ofItsOwn : time;
  }

  private Channel channel(String output) {
    Channel channel = channels.get(output);
    if (channel == null) {
      throw new IllegalStateException("put() let '" + output + "' in");
    }
    return channel;
  }
}

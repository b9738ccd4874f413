package city.mycelium.driver.host.internal;

import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;

/**
 * Keeps the state of every device, and logs it when it changes: one WARN when trouble begins or
 * becomes another, one INFO when it is over.
 */
public final class StateBoard implements DeviceBoard, DeviceAccounts {

  private final Map<DeviceId, Place> places = new ConcurrentSkipListMap<>();
  private final Clock clock;
  private final Logger log;

  public StateBoard(Clock clock, Logger log) {
    this.clock = clock;
    this.log = log;
  }

  /**
   * How a device is, its own trouble before that of handing over.
   *
   * @param since since when it is in this state, UTC epoch milliseconds
   */
  record Standing(String where, DeviceState state, String why, long since) {}

  @Override
  public Entry enter(DeviceId device, String where) {
    Place place = new Place(device, where);
    Place other = places.putIfAbsent(device, place);
    if (other != null) {
      throw new IllegalArgumentException(
          "two configurations name the device "
              + device
              + ", one at "
              + other.where
              + " and one at "
              + where
              + ": give one of them another name");
    }
    return place;
  }

  /** How every device is, in the order of their names. */
  Map<DeviceId, Standing> standings() {
    Map<DeviceId, Standing> standings = new LinkedHashMap<>();
    places.forEach((device, place) -> standings.put(device, place.standing()));
    return standings;
  }

  @Override
  public Map<DeviceId, Map<String, Object>> devices() {
    Map<DeviceId, Map<String, Object>> rows = new LinkedHashMap<>();
    standings().forEach((device, standing) -> rows.put(device, row(standing)));
    return rows;
  }

  static Map<String, Object> row(Standing standing) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", standing.where());
    row.put("status", standing.state().name());
    row.put("since", Instant.ofEpochMilli(standing.since()).toString());
    row.put("reason", standing.why());
    return row;
  }

  /** Drivers that hear strangers tell of them by themselves. */
  @Override
  public List<Map<String, Object>> strangers() {
    return List.of();
  }

  private final class Place implements Entry {

    private final DeviceId device;
    private final String where;
    private Aspect itself;
    private Aspect handingOver;

    Place(DeviceId device, String where) {
      this.device = device;
      this.where = where;
      long now = clock.epochMillis();
      itself = new Aspect(DeviceState.STARTING, "nothing is known of it yet", now);
      handingOver = new Aspect(DeviceState.OK, "", now);
    }

    @Override
    public synchronized void report(DeviceState state, String why) {
      itself = changed(itself, state, why);
    }

    @Override
    public synchronized void handedOver(DeviceState state, String why) {
      handingOver = changed(handingOver, state, why);
    }

    @Override
    public void close() {
      places.remove(device, this);
    }

    synchronized Standing standing() {
      Aspect shown = itself.state.isWell() && !handingOver.state.isWell() ? handingOver : itself;
      return new Standing(where, shown.state, shown.why, shown.since);
    }

    private Aspect changed(Aspect before, DeviceState state, String why) {
      if (state == before.state) {
        return new Aspect(state, why, before.since);
      }
      if (!state.isWell()) {
        log.warn("{} at {}: {}", device, where, why);
      } else if (!before.state.isWell() || before.state == DeviceState.STARTING) {
        log.info("{} at {}: {}", device, where, why);
      }
      return new Aspect(state, why, clock.epochMillis());
    }
  }

  private record Aspect(DeviceState state, String why, long since) {}
}

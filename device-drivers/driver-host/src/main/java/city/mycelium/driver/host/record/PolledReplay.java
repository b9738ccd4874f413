package city.mycelium.driver.host.record;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Replays a device that is asked: connects it to its {@link Script} and reads it turn by turn. */
public final class PolledReplay {

  private PolledReplay() {}

  /** Makes a device of a bus that a script plays. */
  @FunctionalInterface
  public interface Connection {
    Poll open(Script script) throws DeviceException;
  }

  /** The same, of a device whose class needs no clock. */
  public static List<Replayer.Replayed> run(
      DeviceId device,
      DeviceDescription kind,
      Opening opening,
      List<RecordLine.Passed> passed,
      Connection connection)
      throws DeviceException {
    return run(device, kind, opening, passed, connection, micros -> {});
  }

  /**
   * The sets that the device gives; a turn that failed on site fails again and gives none.
   *
   * @param passed from the opening of the device to the next one
   * @param clock told the time of the record as it goes on, in microseconds
   * @throws DeviceException CONFIG if the code does not say what was said on site
   */
  public static List<Replayer.Replayed> run(
      DeviceId device,
      DeviceDescription kind,
      Opening opening,
      List<RecordLine.Passed> passed,
      Connection connection,
      LongConsumer clock)
      throws DeviceException {
    Map<String, Channel> channels = ResultSet.channels(device, kind, opening.interval());
    List<Replayer.Replayed> sets = new ArrayList<>();
    Script script = new Script(passed.subList(Math.min(1, passed.size()), passed.size()), clock);
    try (Poll poll = connection.open(script)) {
      while (script.nextTurn()) {
        List<Reading> readings = turn(poll, channels);
        if (!readings.isEmpty()) {
          sets.add(new Replayer.Replayed(script.micros(), readings));
        }
      }
    } catch (DeviceException e) {
      // It could not be connected on site either; the next opening is another stretch.
    }
    DeviceException difference = script.difference();
    if (difference != null) {
      throw difference;
    }
    return sets;
  }

  private static List<Reading> turn(Poll poll, Map<String, Channel> channels) {
    ResultSet results = new ResultSet(channels);
    try {
      poll.read(results);
      return results.readings();
    } catch (DeviceException e) {
      return List.of(); // as on site
    }
  }
}

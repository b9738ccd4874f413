package city.mycelium.cli;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.record.RecordFormat;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A record, read and replayed: per device what the code here makes of the bytes, held against what
 * the gateway on site has kept.
 */
final class Replay {

  /**
   * What became of one device's record.
   *
   * @param results what came out here, in order
   * @param kept how many results were kept on site
   * @param earlier of them those that came of bytes from before the record: of one submission at
   *     most, at its beginning
   * @param later results that came out here and had not been kept on site when the record ended
   * @param differing the number of the first result kept on site that is another one here, from 1;
   *     0 if there is none
   * @param masked pieces that are personal and were not recorded
   * @param trouble why the device could not be replayed; empty if it could
   */
  record Device(
      DeviceId id,
      String kind,
      List<Outcome> results,
      int kept,
      int earlier,
      int later,
      int differing,
      int masked,
      String trouble) {

    Device {
      results = List.copyOf(results);
    }

    /** Whether the same came out here as on site. */
    boolean isEqual() {
      return trouble.isEmpty() && differing == 0;
    }

    /** How many results are equal; counted up to the first that is not. */
    int equal() {
      return differing == 0 ? kept - earlier : differing - 1;
    }
  }

  /**
   * A result.
   *
   * @param micros the time of the last bytes that it came of, as the record tells it
   * @param receivedAt the time that one without a time of its own was given on site; empty if it
   *     was not kept there
   */
  record Outcome(long micros, Optional<Long> receivedAt, RecordLine.Value value) {}

  /** A result as it was kept on site. */
  private record Keeping(long receivedAt, RecordLine.Value value) {}

  private final Map<String, Replayer> replayers = new LinkedHashMap<>();

  private final RecordClock clock;

  /** A replay by these; {@code clock} is told when the record began. */
  Replay(List<Replayer> replayers, RecordClock clock) {
    this.clock = clock;
    replayers.forEach(replayer -> this.replayers.put(replayer.bus(), replayer));
  }

  /**
   * Replays a whole record.
   *
   * @throws IOException if the file cannot be read, or is no record; the message says at which line
   */
  List<Device> run(Path file) throws IOException {
    Map<DeviceId, Gathered> devices = new LinkedHashMap<>();
    int number = 0;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (String text : (Iterable<String>) lines::iterator) {
        number++;
        gather(RecordFormat.read(text), devices);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
    }
    List<Device> replayed = new ArrayList<>();
    devices.forEach((id, gathered) -> replayed.add(replay(id, gathered)));
    return replayed;
  }

  /** What the record has of one device: stretches, each from an opening to the next. */
  private static final class Gathered {
    private final List<List<RecordLine.Passed>> stretches = new ArrayList<>();
    private final List<RecordLine.Kept> kept = new ArrayList<>();
    private int masked;
  }

  private void gather(RecordLine line, Map<DeviceId, Gathered> devices) {
    if (line instanceof RecordLine.Beginning beginning) {
      clock.begin(beginning.startedAt());
    } else if (line instanceof RecordLine.Passed passed) {
      Gathered device = devices.computeIfAbsent(passed.device(), d -> new Gathered());
      if (passed.way() == Way.OPENED) {
        device.stretches.add(new ArrayList<>());
      }
      if (!device.stretches.isEmpty()) {
        device.stretches.get(device.stretches.size() - 1).add(passed);
      }
    } else if (line instanceof RecordLine.Masked masked) {
      devices.computeIfAbsent(masked.device(), d -> new Gathered()).masked++;
    } else if (line instanceof RecordLine.Kept kept) {
      devices.computeIfAbsent(kept.device(), d -> new Gathered()).kept.add(kept);
    }
  }

  private Device replay(DeviceId id, Gathered gathered) {
    List<Replayer.Replayed> sets = new ArrayList<>();
    String kind = "";
    String trouble = "";
    try {
      if (gathered.masked == 0) {
        for (List<RecordLine.Passed> stretch : gathered.stretches) {
          Opening opening = Opening.parse(HexFormat.of().parseHex(stretch.get(0).hex()));
          kind = opening.bus() + " " + opening.kind();
          sets.addAll(replayer(opening).replay(id, opening, stretch));
        }
      }
    } catch (DeviceException | IllegalArgumentException e) {
      trouble = String.valueOf(e.getMessage());
    }
    return compared(id, kind, sets, gathered, trouble);
  }

  private Replayer replayer(Opening opening) throws DeviceException {
    Replayer replayer = replayers.get(opening.bus());
    if (replayer == null) {
      throw DeviceException.config(
          "nothing here replays the bus '"
              + opening.bus()
              + "', only "
              + String.join(", ", replayers.keySet()));
    }
    return replayer;
  }

  private static Device compared(
      DeviceId id, String kind, List<Replayer.Replayed> sets, Gathered gathered, String trouble) {
    List<Keeping> there =
        gathered.kept.stream()
            .flatMap(line -> line.values().stream().map(v -> new Keeping(line.receivedAt(), v)))
            .toList();
    List<Outcome> here = outcomes(sets);
    int first = gathered.kept.isEmpty() ? 0 : gathered.kept.get(0).values().size();
    int earlier = differing(here, there, 0) != 0 && differing(here, there, first) == 0 ? first : 0;
    List<Outcome> dated = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      Outcome outcome = here.get(i);
      dated.add(
          i + earlier < there.size()
              ? new Outcome(
                  outcome.micros(),
                  Optional.of(there.get(i + earlier).receivedAt()),
                  outcome.value())
              : outcome);
    }
    return new Device(
        id,
        kind,
        dated,
        there.size(),
        earlier,
        Math.max(0, here.size() - (there.size() - earlier)),
        differing(here, there, earlier),
        gathered.masked,
        trouble);
  }

  /** As the gateway takes them: what repeats an earlier set is dropped there too. */
  private static List<Outcome> outcomes(List<Replayer.Replayed> sets) {
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> earlierKeys = new HashSet<>();
    for (Replayer.Replayed set : sets) {
      Set<String> keys = new HashSet<>();
      for (Reading reading : set.readings()) {
        String key = reading.sourceKey();
        if (key == null || !earlierKeys.contains(key)) {
          outcomes.add(new Outcome(set.micros(), Optional.empty(), value(reading)));
        }
        if (key != null) {
          keys.add(key);
        }
      }
      earlierKeys.addAll(keys);
    }
    return outcomes;
  }

  /** The first that was kept there, from a certain one on, and is another here, from 1; else 0. */
  private static int differing(List<Outcome> here, List<Keeping> there, int from) {
    for (int i = 0; i + from < there.size(); i++) {
      if (i >= here.size() || !here.get(i).value().equals(there.get(i + from).value())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static RecordLine.Value value(Reading reading) {
    return new RecordLine.Value(
        reading.channel().name(), reading.phenomenonTime(), reading.result());
  }
}

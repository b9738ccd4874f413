package city.mycelium.simulator.town;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.simulator.sender.Answers.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies in a journal, as far as a ledger needs to know.
 *
 * @param raw measurements as they were accepted, and the state of parking bays: 1 for occupied, 0
 *     for free; nothing else is posted
 * @param devices that something in it comes from
 * @param aggregates how many Summaries there are
 */
record JournalContents(List<Stored> raw, Set<String> devices, long aggregates) {

  private static final int PAGE = 2_000;
  private static final Map<String, Double> BAY = Map.of("occupied", 1.0, "free", 0.0);

  JournalContents {
    raw = List.copyOf(raw);
    devices = Set.copyOf(devices);
  }

  /** Reads all of it. */
  static JournalContents of(Journal journal) throws JournalException {
    List<Stored> raw = new ArrayList<>();
    Set<String> devices = new HashSet<>();
    long aggregates = 0;
    List<Observation> page = journal.read(0, PAGE);
    while (!page.isEmpty()) {
      for (Observation observation : page) {
        String datastream = observation.datastream().value();
        devices.add(datastream.substring(0, datastream.indexOf('/')));
        if (observation.result() instanceof Summary) {
          aggregates++;
        } else if (observation.result() instanceof Measurement number) {
          raw.add(new Stored(datastream, observation.phenomenonTime().from(), number.value()));
        } else if (observation.result() instanceof Category word && BAY.containsKey(word.value())) {
          raw.add(
              new Stored(datastream, observation.phenomenonTime().from(), BAY.get(word.value())));
        }
      }
      page = journal.read(page.get(page.size() - 1).identity().offset(), PAGE);
    }
    return new JournalContents(raw, devices, aggregates);
  }
}

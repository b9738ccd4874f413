package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers that stand for datastreams in the blocks. Numbers are given out from 1 and never
 * again taken back; one whose transaction failed is written with the next. Names of numbers may be
 * asked for by any thread; the rest is for the writer's.
 */
final class Dictionary implements DatastreamNames {

  private final Map<Integer, DatastreamId> names = new ConcurrentHashMap<>();
  private final Map<DatastreamId, Integer> numbers = new HashMap<>();

  /** Given out, and not yet in the file. */
  private final List<DatastreamId> fresh = new ArrayList<>();

  /** Takes over an entry that the file holds. */
  void add(int number, DatastreamId name) {
    names.put(number, name);
    numbers.put(name, number);
  }

  /** The number of a datastream; a new one if it is met for the first time. */
  int numberOf(DatastreamId name) {
    return numbers.computeIfAbsent(
        name,
        unknown -> {
          fresh.add(unknown);
          return names.size() + fresh.size();
        });
  }

  /** What has been given out since the last {@link #keep}, in order. */
  List<DatastreamId> fresh() {
    return fresh;
  }

  /** What was given out is in the file now. */
  void keep() {
    fresh.forEach(name -> names.put(numberOf(name), name));
    fresh.clear();
  }

  @Override
  public DatastreamId nameOf(int number) throws DamagedBlockException {
    DatastreamId name = names.get(number);
    if (name == null) {
      throw new DamagedBlockException("it speaks of a datastream " + number + " that is not known");
    }
    return name;
  }
}

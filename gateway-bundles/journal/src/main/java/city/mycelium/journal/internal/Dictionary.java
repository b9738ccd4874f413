package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers that stand for datastreams in the blocks. Numbers are given out from 1 and never
 * again taken back; one whose transaction failed is written with the next. Names of numbers may be
 * asked for by any thread; the rest is for the writer's.
 */
final class Dictionary implements DatastreamNames {

  /** The greatest number that a file may speak of; a guard against one that is damaged. */
  static final int MAX_NUMBER = 1 << 24;

  /**
   * Stands for Datastreams that can no longer be known: what layout 1 had removed before it was
   * migrated, and what is damaged so far that nobody can read whose it was. Never in the file.
   */
  static final int UNKNOWN = 0;

  static final DatastreamId UNKNOWN_NAME = new DatastreamId("journal/unknown");

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
    if (name.equals(UNKNOWN_NAME)) {
      return UNKNOWN;
    }
    return numbers.computeIfAbsent(
        name,
        unknown -> {
          fresh.add(unknown);
          return names.size() + fresh.size();
        });
  }

  /** Every name, those included that the current commit brings. */
  Map<Integer, DatastreamId> all() {
    Map<Integer, DatastreamId> all = new TreeMap<>(names);
    fresh.forEach(name -> all.put(numberOf(name), name));
    return all;
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
    DatastreamId name = number == UNKNOWN ? UNKNOWN_NAME : names.get(number);
    if (name == null) {
      throw new DamagedBlockException("it speaks of a datastream " + number + " that is not known");
    }
    return name;
  }
}

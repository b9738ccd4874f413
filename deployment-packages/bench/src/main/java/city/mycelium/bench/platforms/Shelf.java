package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.ToldObservation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a platform holds, counted by what really came. Safe for use by many threads. */
final class Shelf {

  private final Sample sample;
  private final Keeping keeping;
  private final int[] rows;
  private final Map<String, Integer> byKey = new HashMap<>();
  private final Map<String, Integer> streamOfSeries = new HashMap<>();
  private final int[] showing;
  private long told;
  private long wrong;

  Shelf(Sample sample, Keeping keeping) {
    this.sample = sample;
    this.keeping = keeping;
    rows = new int[sample.count()];
    showing = new int[sample.streams().size()];
    Arrays.fill(showing, -1);
  }

  /** Stored, in this order, as one commit. */
  synchronized void put(List<ToldObservation> observations) {
    observations.forEach(this::put);
  }

  private void put(ToldObservation each) {
    told++;
    OptionalInt known = sample.recognise(each);
    if (known.isEmpty()) {
      wrong++;
      return;
    }
    int number = known.getAsInt();
    int stream = sample.streamOf(number);
    Integer before = streamOfSeries.putIfAbsent(Keeping.series(each), stream);
    if (before != null && before != stream) {
      wrong++; // the value is right, but is told of something else
      return;
    }
    String key = keeping.key(each);
    if (key != null) {
      Integer replaced = byKey.put(key, number);
      if (replaced != null) {
        rows[replaced]--;
      }
    }
    rows[number]++;
    showing[stream] = number;
  }

  /** Messages that could not be read are wrong as well. */
  synchronized void unreadable() {
    wrong++;
  }

  /** How many observations were told and taken, repeats included. */
  synchronized long told() {
    return told;
  }

  /** How many told something that was never observed. */
  synchronized long wrong() {
    return wrong;
  }

  /** How many different ones are there. */
  synchronized int distinct() {
    return (int) Arrays.stream(rows).filter(count -> count > 0).count();
  }

  /** How many are there beside the first of the same. */
  synchronized int duplicated() {
    return Arrays.stream(rows).map(count -> Math.max(0, count - 1)).sum();
  }

  /**
   * How many are not there, but a later one of the same series is what the platform shows, and that
   * is the last that was observed; 0 where each one matters.
   */
  synchronized int superseded() {
    if (keeping != Keeping.NEWEST) {
      return 0;
    }
    int superseded = 0;
    for (int number = 0; number < rows.length; number++) {
      if (rows[number] == 0 && showsTheLast(sample.streamOf(number))) {
        superseded++;
      }
    }
    return superseded;
  }

  private boolean showsTheLast(int stream) {
    int last = sample.count() - 1;
    while (last >= 0 && sample.streamOf(last) != stream) {
      last--;
    }
    return showing[stream] == last;
  }

  /** Series that do not show their last value, though only that matters; 0 where each matters. */
  synchronized int outdated() {
    int outdated = 0;
    for (int stream = 0; stream < showing.length && keeping == Keeping.NEWEST; stream++) {
      outdated += showsTheLast(stream) ? 0 : 1;
    }
    return outdated;
  }
}

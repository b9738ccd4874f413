package city.mycelium.aggregation.internal.fold;

import java.util.function.DoubleConsumer;

/**
 * Numbers of two Datastreams of one Thing, matched by their time. Where several of one of them have
 * the same time nobody knows which belongs to which: those stay without a companion. Keeps all of
 * them, 16 bytes each. Not thread-safe.
 */
final class Pairs {

  /** What is done with a pair. */
  interface PairUse {
    void pair(double value, double companion);
  }

  private final Timeline values;
  private final Timeline companions;

  Pairs() {
    this(new Timeline(), new Timeline());
  }

  private Pairs(Timeline values, Timeline companions) {
    this.values = values;
    this.companions = companions;
  }

  void add(long time, double value) {
    values.add(time, Timeline.ofDouble(value));
  }

  void accompany(long time, double companion) {
    companions.add(time, Timeline.ofDouble(companion));
  }

  void merge(Pairs other) {
    values.merge(other.values);
    companions.merge(other.companions);
  }

  int count() {
    return values.size();
  }

  /** Every number, with or without a companion. */
  void each(DoubleConsumer use) {
    for (int i = 0; i < values.size(); i++) {
      use.accept(Timeline.toDouble(values.value(i)));
    }
  }

  void eachPair(PairUse use) {
    int other = 0;
    for (int i = 0; i < values.size(); i++) {
      while (other < companions.size() && companions.time(other) < values.time(i)) {
        other++;
      }
      if (other < companions.size()
          && companions.time(other) == values.time(i)
          && isAlone(values, i)
          && isAlone(companions, other)) {
        use.pair(Timeline.toDouble(values.value(i)), Timeline.toDouble(companions.value(other)));
      }
    }
  }

  private static boolean isAlone(Timeline timeline, int index) {
    return (index == 0 || timeline.time(index - 1) != timeline.time(index))
        && (index == timeline.size() - 1 || timeline.time(index + 1) != timeline.time(index));
  }

  void write(PackedWriter out) {
    values.write(out);
    companions.write(out);
  }

  static Pairs read(PackedReader in, PairedFunction function) {
    return new Pairs(
        Timeline.read(
            in,
            bits ->
                PackedReader.require(
                    function.accepts(Timeline.toDouble(bits)), "a number cannot be")),
        Timeline.read(
            in,
            bits ->
                PackedReader.require(
                    function.acceptsCompanion(Timeline.toDouble(bits)), "a companion cannot be")));
  }
}

package city.mycelium.emulated.hardware.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a gateway has shown, in the order in which it came: Observations of its journal and lines of
 * its log. For one thread.
 */
public final class Evidence {

  private record Observed(String datastream, double value) {}

  private final List<Observed> observations;
  private final List<String> log;

  /** Nothing yet. */
  public Evidence() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  private Evidence(List<Observed> observations, List<String> log) {
    this.observations = observations;
    this.log = log;
  }

  /** A place in it: what comes later is new. */
  public record Mark(int observations, int lines) {

    /** The beginning. */
    public static final Mark START = new Mark(0, 0);
  }

  /** Its end as it is now. */
  public Mark mark() {
    return new Mark(observations.size(), log.size());
  }

  /** What came after a mark; a view that may be used until more comes. */
  public Evidence after(Mark mark) {
    return new Evidence(
        observations.subList(mark.observations(), observations.size()),
        log.subList(mark.lines(), log.size()));
  }

  /** An Observation. */
  public void observed(String datastream, double value) {
    observations.add(new Observed(datastream, value));
  }

  /** A line of the log. */
  public void logged(String line) {
    log.add(line);
  }

  List<Double> values(String datastream) {
    return observations.stream()
        .filter(observed -> observed.datastream().equals(datastream))
        .map(Observed::value)
        .toList();
  }

  OptionalDouble last(String datastream) {
    List<Double> values = values(datastream);
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.get(values.size() - 1));
  }

  List<String> lines(String about) {
    return log.stream().filter(line -> line.contains(about)).toList();
  }
}

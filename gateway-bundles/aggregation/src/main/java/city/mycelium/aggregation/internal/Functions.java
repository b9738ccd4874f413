package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.NumbersFamily;
import city.mycelium.aggregation.internal.fold.PercentilesFamily;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is told of the windows of a Datastream: what follows from its observed property, unless
 * somebody has asked for something else. Immutable.
 *
 * <p>Percentiles are told only where they are asked for: what they need is some hundred bytes of
 * state for every window, on flash.
 */
final class Functions {

  private static final Pattern PERCENTILE = Pattern.compile("p([1-9][0-9]?)");

  private static final List<String> OF_NUMBERS = List.of("mean", "min", "max", "sd");

  /** What comes in portions is added up; a mean portion says nothing. */
  private static final Map<String, List<String>> OF_PROPERTIES =
      Map.of("rain-amount", List.of("sum", "max"));

  private final Map<String, List<String>> asked;

  /**
   * Functions as somebody wants them.
   *
   * @param asked by the name of a property or the id of a raw Datastream; the id goes first
   * @throws IllegalArgumentException if one of them is not known
   */
  Functions(Map<String, List<String>> asked) {
    this.asked = Map.copyOf(asked);
    asked.values().forEach(Functions::families);
  }

  /** Those of a raw Datastream. */
  List<FoldFamily> of(Datastream raw) {
    String property = raw.property().name();
    return families(
        asked.getOrDefault(
            raw.id().value(),
            asked.getOrDefault(property, OF_PROPERTIES.getOrDefault(property, OF_NUMBERS))));
  }

  private static List<FoldFamily> families(List<String> names) {
    List<FoldFamily> families = new ArrayList<>();
    Set<Statistic> ofNumbers = new TreeSet<>();
    Set<Integer> percents = new TreeSet<>();
    for (String name : names) {
      Statistic statistic = new Statistic(name);
      if (NumbersFamily.STATISTICS.contains(statistic)) {
        ofNumbers.add(statistic);
      } else if (PERCENTILE.matcher(name).matches()) {
        percents.add(Integer.parseInt(name.substring(1)));
      } else {
        throw new IllegalArgumentException("nobody knows the function '" + name + "'");
      }
    }
    if (!ofNumbers.isEmpty()) {
      families.add(new NumbersFamily(ofNumbers));
    }
    if (!percents.isEmpty()) {
      families.add(new PercentilesFamily(List.copyOf(percents)));
    }
    return families;
  }
}

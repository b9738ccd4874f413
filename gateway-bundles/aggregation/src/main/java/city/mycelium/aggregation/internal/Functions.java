package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.DayParts;
import city.mycelium.aggregation.internal.fold.Families;
import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.NumbersFamily;
import city.mycelium.aggregation.internal.fold.PercentilesFamily;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is told of the windows of a Datastream: the usual that follows from its observed property,
 * unless somebody has asked for something else. Immutable.
 *
 * <p>Percentiles are told only where they are asked for: what they need is some hundred bytes of
 * state for every window, on flash.
 */
final class Functions {

  private static final String USUAL = "usual";
  private static final String COUNTER = "counter";

  /** Where a counter goes on at zero: {@code rollover:65536}. */
  private static final Pattern ROLLOVER = Pattern.compile("rollover:([1-9][0-9]{0,17})");

  private static final Pattern PERCENTILE = Pattern.compile("p([1-9][0-9]?)");

  private static final Set<Statistic> OF_NUMBERS =
      Set.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX, Statistic.SD);

  /** What comes in portions is added up; a mean portion says nothing. */
  private static final Map<String, Set<Statistic>> OF_PORTIONS =
      Map.of("rain-amount", Set.of(Statistic.SUM, Statistic.MAX));

  private final Map<String, List<String>> asked;
  private final Families families;

  /**
   * Functions as somebody wants them.
   *
   * @param asked by the name of a property or the id of a raw Datastream; the id goes first
   * @param dayParts when day, evening and night are
   * @throws IllegalArgumentException if one of them is not known
   */
  Functions(Map<String, List<String>> asked, DayParts dayParts) {
    this.asked = Map.copyOf(asked);
    families = new Families(dayParts);
    asked.values().forEach(names -> names.forEach(Functions::requireKnown));
  }

  private static void requireKnown(String name) {
    boolean known =
        name.equals(USUAL)
            || name.equals(COUNTER)
            || ROLLOVER.matcher(name).matches()
            || PERCENTILE.matcher(name).matches()
            || NumbersFamily.STATISTICS.stream().anyMatch(s -> s.name().equals(name));
    if (!known) {
      throw new IllegalArgumentException(
          "functions are usual, counter, rollover:<where>, p1 to p99, "
              + new TreeSet<>(NumbersFamily.STATISTICS)
              + ", not '"
              + name
              + "'");
    }
  }

  /** Those of a raw Datastream. */
  List<FoldFamily> of(Datastream raw) {
    List<String> names =
        asked.getOrDefault(
            raw.id().value(), asked.getOrDefault(raw.property().name(), List.of(USUAL)));
    List<FoldFamily> all = new ArrayList<>();
    Set<Statistic> ofNumbers = new TreeSet<>();
    Set<Integer> percents = new TreeSet<>();
    OptionalLong rollover = rollover(names);
    for (String name : names) {
      if (name.equals(USUAL)) {
        usual(raw, rollover, all, ofNumbers);
      } else if (name.equals(COUNTER)) {
        all.add(Families.counter(raw.unit(), rollover));
      } else if (PERCENTILE.matcher(name).matches()) {
        percents.add(Integer.parseInt(name.substring(1)));
      } else if (!ROLLOVER.matcher(name).matches()) {
        ofNumbers.add(new Statistic(name));
      }
    }
    if (!ofNumbers.isEmpty()) {
      all.add(new NumbersFamily(ofNumbers));
    }
    if (!percents.isEmpty()) {
      all.add(new PercentilesFamily(List.copyOf(percents)));
    }
    return List.copyOf(all);
  }

  private static OptionalLong rollover(List<String> names) {
    return names.stream()
        .filter(name -> ROLLOVER.matcher(name).matches())
        .mapToLong(name -> Long.parseLong(name.substring(name.indexOf(':') + 1)))
        .findFirst();
  }

  private void usual(
      Datastream raw, OptionalLong rollover, List<FoldFamily> all, Set<Statistic> ofNumbers) {
    List<FoldFamily> special = families.of(raw, rollover);
    if (special.isEmpty()) {
      ofNumbers.addAll(OF_PORTIONS.getOrDefault(raw.property().name(), OF_NUMBERS));
    }
    for (FoldFamily family : special) {
      if (family instanceof NumbersFamily numbers) {
        ofNumbers.addAll(numbers.wanted());
      } else {
        all.add(family);
      }
    }
  }
}

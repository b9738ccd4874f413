package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Statistic;
import java.util.Optional;
import java.util.Set;

/**
 * The labels of statistics (docs/wire.md, 3): {@code m:} and the name. Mean, min and max have
 * labels of their own.
 */
final class StatisticLabels {

  private static final String PREFIX = "m:";
  private static final Set<Statistic> OWN = Set.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX);

  private StatisticLabels() {}

  static boolean hasOwn(Statistic statistic) {
    return OWN.contains(statistic);
  }

  static String of(Statistic statistic) {
    return PREFIX + statistic.name();
  }

  /**
   * What a label stands for; nothing if it is none of a statistic.
   *
   * @throws IllegalArgumentException if it looks like one, but no statistic can be called so
   */
  static Optional<Statistic> parse(String label) {
    if (!label.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Statistic statistic = new Statistic(label.substring(PREFIX.length()));
    if (hasOwn(statistic)) {
      throw new IllegalArgumentException("'" + statistic + "' has a label of its own");
    }
    return Optional.of(statistic);
  }
}

package city.mycelium.sync.internal;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Result.Position;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a Destination asks for: what every part of it lets through. A part that is empty lets
 * everything through, but for the ids: they are never empty. Immutable.
 */
public final class Selection {

  private static final String RAW = "raw";

  private final Globs ids;
  private final Globs properties;
  private final Globs things;
  private final @Nullable Area area;
  private final Set<Duration> kinds;

  /**
   * A selection; {@code *} stands for anything in names.
   *
   * @param ids of Datastreams
   * @param properties names of ObservedProperties
   * @param things ids of Things
   * @param area where a Thing is told to be
   * @param kinds {@code raw}, and how long the windows of aggregates are, such as {@code PT1H}
   * @throws IllegalArgumentException if a kind is none
   */
  public Selection(
      List<String> ids,
      List<String> properties,
      List<String> things,
      Optional<Area> area,
      List<String> kinds) {
    this.ids = new Globs(ids);
    this.properties = new Globs(properties);
    this.things = new Globs(things);
    this.area = area.orElse(null);
    this.kinds = kinds.stream().map(Selection::window).collect(Collectors.toUnmodifiableSet());
  }

  /** By the ids of Datastreams alone. */
  public static Selection ofIds(List<String> ids) {
    return new Selection(ids, List.of(), List.of(), Optional.empty(), List.of());
  }

  /** Zero for what is raw. */
  private static Duration window(String kind) {
    if (kind.equals(RAW)) {
      return Duration.ZERO;
    }
    try {
      Duration window = Duration.parse(kind);
      if (!window.isZero() && !window.isNegative()) {
        return window;
      }
    } catch (DateTimeException e) {
      // Said below, as for a length that is none.
    }
    throw new IllegalArgumentException(
        "selectKinds are 'raw' and lengths of windows such as PT10M, PT1H or P1D, not '"
            + kind
            + "'");
  }

  /**
   * Whether it asks for what the Datastream says.
   *
   * @param told where its Thing is, as the recipient is told it; null if it is not told. The exact
   *     place must not decide: then being selected would tell more than was granted
   */
  boolean matches(Datastream datastream, Supplier<@Nullable Position> told) {
    Duration window = datastream.window();
    return ids.matches(datastream.id().value())
        && (properties.isEmpty() || properties.matches(datastream.property().name()))
        && (things.isEmpty() || things.matches(datastream.thing().value()))
        && (kinds.isEmpty() || kinds.contains(window == null ? Duration.ZERO : window))
        && isInArea(told);
  }

  private boolean isInArea(Supplier<@Nullable Position> told) {
    if (area == null) {
      return true;
    }
    Position place = told.get();
    return place != null && area.contains(place);
  }
}

package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.Families;
import city.mycelium.aggregation.internal.fold.MeansFamily;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which aggregates are made of which Datastreams; worked out when one speaks. Not thread-safe. */
final class Lanes {

  private static final Duration EIGHT_HOURS = Duration.ofHours(8);

  /** An aggregate of aggregates waits so much longer for what it is made of. */
  private static final Duration STEP = Duration.ofMinutes(1);

  private final Registry registry;
  private final AggregationSettings settings;
  private final Functions functions;

  /** By what they are made of; a Datastream of which nothing is made has an empty list. */
  private final Map<DatastreamId, List<Lane>> bySource = new HashMap<>();

  /** By what weighs them; worked out anew when there are more Datastreams. */
  private final Map<DatastreamId, List<Lane>> byCompanion = new HashMap<>();

  private int datastreamsKnown;

  private final Map<DatastreamId, Lane> byAggregate = new LinkedHashMap<>();

  Lanes(Registry registry, AggregationSettings settings) {
    this.registry = registry;
    this.settings = settings;
    functions = new Functions(settings.functions(), settings.dayParts());
  }

  /** All that are known so far. */
  Collection<Lane> all() {
    return Collections.unmodifiableCollection(byAggregate.values());
  }

  /** What a Datastream goes into; nothing if nobody knows it. */
  List<Lane> madeOf(DatastreamId source) {
    List<Lane> known = bySource.get(source);
    if (known != null) {
      return known;
    }
    Optional<Datastream> datastream = registry.datastream(source);
    if (datastream.isEmpty()) {
      return List.of(); // not to be remembered: it may be defined later
    }
    registry.datastream(datastream.get().rawId()).ifPresent(this::plan);
    return bySource.computeIfAbsent(source, s -> List.of());
  }

  /** What a Datastream is a companion of; see {@link Families#companionOf}. */
  List<Lane> accompaniedBy(DatastreamId companion) {
    List<Lane> lanes = byCompanion.get(companion);
    if (lanes == null) {
      lanes = findAccompanied(companion);
      byCompanion.put(companion, lanes);
    }
    return lanes;
  }

  /** To be called now and then: a companion may have come to something that is known already. */
  void lookForNewDatastreams() {
    int known = registry.datastreams().size();
    if (known != datastreamsKnown) {
      datastreamsKnown = known;
      byCompanion.clear();
    }
  }

  private List<Lane> findAccompanied(DatastreamId companion) {
    Optional<Datastream> itself = registry.datastream(companion).filter(d -> !d.isAggregate());
    if (itself.isEmpty()) {
      return List.of();
    }
    return registry.datastreams().stream()
        .filter(other -> other.thing().equals(itself.get().thing()))
        .filter(other -> other.device().equals(itself.get().device()))
        .filter(
            other ->
                Families.companionOf(other.property())
                    .filter(itself.get().property()::equals)
                    .isPresent())
        .flatMap(other -> madeOf(other.id()).stream())
        .filter(Lane::isPaired)
        .toList();
  }

  /** An aggregate, also one that is made no longer, as long as its raw Datastream is known. */
  Optional<Lane> of(DatastreamId aggregate) {
    if (!byAggregate.containsKey(aggregate)) {
      madeOf(aggregate);
    }
    Lane lane = byAggregate.get(aggregate);
    return lane == null ? retired(aggregate) : Optional.of(lane);
  }

  private void plan(Datastream raw) {
    if (bySource.containsKey(raw.id())) {
      return;
    }
    List<Lane> ofRaw = new ArrayList<>();
    for (WindowGrid grid : settings.grids()) {
      ofRaw.add(ofMeasurements(raw, grid, expects(raw, grid)));
    }
    bySource.put(raw.id(), List.copyOf(ofRaw));
    if (settings.rules().eightHourMeans().contains(raw.property().name())
        && settings.windows().contains(WindowGrid.HOUR)) {
      planEightHours(raw.over(WindowGrid.HOUR));
    }
  }

  /** Where something is expected of a window, that nothing came tells something. */
  private boolean expects(Datastream raw, WindowGrid grid) {
    return raw.samplingPeriod() != null
        && grid.length().compareTo(settings.rules().emptyFrom()) >= 0;
  }

  private Lane ofMeasurements(Datastream raw, WindowGrid grid, boolean expects) {
    return add(
        new Lane.Plan(
            raw.over(grid.length()).id(),
            grid,
            functions.of(raw),
            Validity.share(settings.rules().percent()),
            grid.length(),
            null,
            settings.holdback(),
            expects));
  }

  private void planEightHours(Datastream hours) {
    Datastream eights = hours.over(EIGHT_HOURS);
    Lane running =
        add(
            new Lane.Plan(
                eights.id(),
                new RunningGrid((int) EIGHT_HOURS.toHours()),
                List.of(new MeansFamily(Statistic.MEAN)),
                Validity.atLeast(settings.rules().hoursOfEight()),
                null,
                WindowGrid.HOUR,
                settings.holdback().plus(STEP),
                false));
    Lane days =
        add(
            new Lane.Plan(
                eights.over(WindowGrid.DAY).id(),
                new EndGrid(new WindowGrid(WindowGrid.DAY, settings.zone())),
                List.of(new MeansFamily(Statistic.MAX)),
                Validity.atLeast(settings.rules().eightsOfDay()),
                null,
                WindowGrid.HOUR,
                settings.holdback().plus(STEP.multipliedBy(2)),
                false));
    bySource.put(hours.id(), List.of(running));
    bySource.put(eights.id(), List.of(days));
  }

  /** The configuration asks for it no longer: what is open of it is issued, and that is all. */
  private Optional<Lane> retired(DatastreamId aggregate) {
    Optional<Datastream> datastream = registry.datastream(aggregate);
    Optional<Datastream> raw = datastream.map(Datastream::rawId).flatMap(registry::datastream);
    Duration length = datastream.map(Datastream::window).orElse(null);
    if (raw.isEmpty() || length == null || !raw.get().over(length).id().equals(aggregate)) {
      return Optional.empty();
    }
    try {
      WindowGrid grid = new WindowGrid(length, settings.zone());
      return Optional.of(ofMeasurements(raw.get(), grid, false));
    } catch (IllegalArgumentException e) { // a length that windows cannot have any more
      return Optional.empty();
    }
  }

  private Lane add(Lane.Plan plan) {
    Lane lane = new Lane(plan, settings.rules().silence());
    byAggregate.put(plan.aggregate(), lane);
    return lane;
  }
}

package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One report per interval of observation time, of one Thing. A report has its time, so late ones
 * are fine. What finds the report of its interval written already, by a later value or by an
 * earlier message, is rejected: called delivered, it would be nowhere. Whoever wants everything
 * there selects aggregates of the interval. Safe for use by many threads.
 */
final class WowDialect implements Dialect {

  private final WowForm form;
  private final String thing;
  private final int intervalSeconds;

  WowDialect(WowForm form, String thing, int intervalSeconds) {
    this.form = form;
    this.thing = thing;
    this.intervalSeconds = intervalSeconds;
  }

  /** A report that is being filled: by parameter, what stands in it. */
  private static final class Report {
    final Map<String, Described> observations = new LinkedHashMap<>();

    List<Long> offsets() {
      return observations.values().stream().map(WowDialect::offset).toList();
    }

    /** The latest time of its values; of a window, its end. */
    long at() {
      return observations.values().stream()
          .mapToLong(each -> each.observation().phenomenonTime().to())
          .max()
          .orElseThrow();
    }

    Map<String, Double> values() {
      Map<String, Double> values = new TreeMap<>();
      observations.forEach(
          (parameter, described) ->
              values.put(parameter, WowWords.of(described).orElseThrow().value()));
      return values;
    }
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, WowReports.of(state), send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      if (covers != null) {
        Offsets carried = Offsets.parse(answered.tag());
        return new Turn(state, List.of(), carried.usual(link, covers, answered.answer()));
      }
    }
    return Turn.quiet(state);
  }

  private Turn send(Link link, WowReports written, DialectEvent.Send send) {
    Map<Long, Report> reports = new TreeMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Described described : send.observations()) {
      long interval = time(described) / (intervalSeconds * 1_000L);
      String why = whyNot(described);
      if (why != null) {
        outcomes.addAll(rejected(described, why));
      } else if (written.isClosedTo(interval, offset(described))) {
        outcomes.addAll(rejected(described, isWritten(described)));
      } else {
        fill(reports.computeIfAbsent(interval, key -> new Report()), described, outcomes);
      }
    }
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    reports.forEach(
        (interval, report) -> {
          written.sent(interval, report.offsets());
          dispatches.add(
              new Turn.Dispatch(
                  form.message(report.at(), report.values()),
                  send.covers(),
                  Offsets.of(report.offsets()).toString()));
        });
    if (dispatches.isEmpty()) {
      outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
    }
    return new Turn(written.toBytes(), dispatches, outcomes);
  }

  /** The latest of a parameter's values stands; of the same time, the one that came last. */
  private void fill(Report report, Described described, List<Outcome> outcomes) {
    String parameter = WowWords.of(described).orElseThrow().parameter();
    Described there = report.observations.get(parameter);
    boolean isLater = there == null || time(described) >= time(there);
    if (isLater) {
      report.observations.put(parameter, described);
    }
    if (there != null) {
      Described left = isLater ? there : described;
      outcomes.addAll(rejected(left, isWritten(left)));
    }
  }

  private @Nullable String whyNot(Described described) {
    if (!described.datastream().thing().value().equals(thing)) {
      return described.datastream().id()
          + " says something of "
          + described.datastream().thing()
          + ", but this site is "
          + thing
          + " (dialect.thing): give each site a Destination of its own";
    }
    if (WowWords.of(described).isEmpty()) {
      return "WOW has no word for "
          + described.datastream().id()
          + " ("
          + described.datastream().property().name()
          + "), or its window has no value: take it out of the Destination's selection";
    }
    return Numbers.doubt("WOW", described);
  }

  private String isWritten(Described described) {
    return "WOW takes one report per "
        + intervalSeconds
        + " s, and the one for "
        + described.datastream().id()
        + " at "
        + described.observation().phenomenonTime()
        + " has other values: "
        + (described.observation().result() instanceof Result.Summary
            ? "it was made before this one, which came late or corrects it, and is not made again"
            : "select aggregates of the interval instead");
  }

  private static List<Outcome> rejected(Described described, String why) {
    return Offsets.of(List.of(offset(described))).rejected(why);
  }

  private static long offset(Described described) {
    return described.observation().identity().offset();
  }

  /** When it was; the last millisecond of a window, so that it belongs to what it sums up. */
  private static long time(Described described) {
    PhenomenonTime time = described.observation().phenomenonTime();
    return time.isInstant() ? time.from() : time.to() - 1;
  }
}

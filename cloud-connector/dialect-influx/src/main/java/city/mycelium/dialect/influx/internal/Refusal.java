package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.api.observation.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A 400 (InfluxDB 1) or 422 (InfluxDB 2) and the lines it is about. What such a server says was
 * observed of InfluxDB 1.6.7: it stores what it can, names the first conflict and how many points
 * it dropped in all. Where that tells which, these are rejected and the others are there; where it
 * does not, the flight is cut in two until it does, which costs nothing but time: a line that is
 * written again overwrites itself.
 */
final class Refusal {

  private static final Pattern CONFLICT =
      Pattern.compile(
          "partial write: field type conflict: input field \\\\?\"(.+?)\\\\?\" on measurement"
              + " \\\\?\"(.+?)\\\\?\" is type .+ dropped=(\\d{1,9})");
  private static final Pattern TOO_OLD =
      Pattern.compile("partial write: points beyond retention policy dropped=(\\d{1,9})");
  private static final int LONGEST_WORDS = 10_000;

  private final String said;
  private final String why;
  private final List<Row> rows;

  Refusal(Answer.Replied replied, List<Row> rows) {
    int length = Math.min(replied.body().length, LONGEST_WORDS);
    this.said = new String(replied.body(), 0, length, StandardCharsets.UTF_8);
    this.why = "InfluxDB answers " + replied.status() + PlatformWords.of(replied);
    this.rows = rows;
  }

  List<Outcome> outcomes(Link link, OffsetRange covers) {
    List<Row> refused = refused();
    if (!refused.isEmpty()) {
      List<Outcome> outcomes = new ArrayList<>();
      refused.forEach(row -> outcomes.addAll(row.offsets().rejected(why)));
      rows.stream()
          .filter(row -> !refused.contains(row))
          .forEach(row -> outcomes.addAll(row.offsets().delivered(link)));
      // What was left out, and what lies between: there is nothing more to say of the flight.
      outcomes.add(new Outcome.Delivered(link.epoch(), covers));
      return outcomes;
    }
    return rows.size() < 2
        ? List.of(new Outcome.Rejected(covers, why))
        : List.of(new Outcome.TooLarge(covers, why));
  }

  /** Those that it says it dropped; none if it cannot be told which. */
  private List<Row> refused() {
    Matcher conflict = CONFLICT.matcher(said);
    if (conflict.find()) {
      String field = conflict.group(1);
      String measurement = conflict.group(2);
      List<Row> fitting =
          rows.stream()
              .filter(row -> row.point().measurement().equals(measurement))
              .filter(row -> row.point().fields().containsKey(field))
              .toList();
      return fitting.size() == Integer.parseInt(conflict.group(3)) ? fitting : List.of();
    }
    Matcher tooOld = TOO_OLD.matcher(said);
    return tooOld.find() ? oldest(Integer.parseInt(tooOld.group(1))) : List.of();
  }

  private List<Row> oldest(int count) {
    List<Row> byTime =
        rows.stream().sorted(Comparator.comparingLong((Row row) -> row.point().time())).toList();
    boolean isClear =
        count == byTime.size()
            || (count < byTime.size()
                && count > 0
                && byTime.get(count - 1).point().time() < byTime.get(count).point().time());
    return isClear ? byTime.subList(0, count) : List.of();
  }
}

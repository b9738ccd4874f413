package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Observations as CSV (RFC 4180), a row each. The first column is the row's name: of a window its
 * Datastream and beginning, so that its revisions have one place; of everything else also its
 * identity.
 */
final class DayRows {

  static final List<String> COLUMNS =
      List.of(
          "row",
          "thing",
          "property",
          "unit",
          "from",
          "to",
          "kind",
          "result",
          "statistics",
          "count",
          "expected",
          "valid",
          "revision",
          "quality",
          "gateway",
          "epoch",
          "offset");

  static final String LINE_END = "\r\n";

  private final Names names;

  DayRows(Names names) {
    this.names = names;
  }

  byte[] write(List<Described> observations) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append(LINE_END);
    for (Described described : observations) {
      text.append(String.join(",", row(described).stream().map(DayRows::cell).toList()))
          .append(LINE_END);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private List<String> row(Described described) {
    Observation observation = described.observation();
    Identity identity = observation.identity();
    PhenomenonTime time = observation.phenomenonTime();
    ResultCells result = observation.result().accept(ResultCells.OF);
    return List.of(
        name(described),
        names.of(described.thing().id()).orElse(described.thing().id().value()),
        names
            .of(described.datastream().property())
            .orElse(described.datastream().property().name()),
        described.datastream().unit().code(),
        Instant.ofEpochMilli(time.from()).toString(),
        Instant.ofEpochMilli(time.to()).toString(),
        result.kind(),
        result.result(),
        result.statistics(),
        result.count(),
        result.expected(),
        result.valid(),
        result.revision(),
        observation.quality().name().toLowerCase(Locale.ROOT),
        identity.gateway().value(),
        Identity.epochText(identity.epoch()),
        String.valueOf(identity.offset()));
  }

  /** What stands in its first column; never quoted. */
  static String name(Described described) {
    Observation observation = described.observation();
    String window =
        observation.datastream().value()
            + '@'
            + Instant.ofEpochMilli(observation.phenomenonTime().from());
    return observation.result() instanceof Result.Summary
        ? window
        : window
            + '#'
            + Identity.epochText(observation.identity().epoch())
            + '-'
            + observation.identity().offset();
  }

  /** Quoted where it must be; a line end becomes a space, for a row is a line. */
  private static String cell(String value) {
    String line = value.replaceAll("[\\r\\n]+", " ");
    return line.indexOf(',') < 0 && line.indexOf('"') < 0
        ? line
        : '"' + line.replace("\"", "\"\"") + '"';
  }
}

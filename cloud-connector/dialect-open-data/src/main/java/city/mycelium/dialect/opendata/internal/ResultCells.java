package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.stream.Collectors;

/**
 * What a result puts into the cells of its row; empty where it says nothing. A position is a
 * well-known text (OGC Simple Features 1.2.1, 7): longitude first.
 */
record ResultCells(
    String kind,
    String result,
    String statistics,
    String count,
    String expected,
    String valid,
    String revision) {

  static final Result.Visitor<ResultCells> OF =
      new Result.Visitor<>() {
        @Override
        public ResultCells number(Result.Measurement result) {
          return plain("number", String.valueOf(result.value()));
        }

        @Override
        public ResultCells truth(Result.Truth result) {
          return plain("truth", String.valueOf(result.value()));
        }

        @Override
        public ResultCells text(Result.Text result) {
          return plain("text", result.value());
        }

        @Override
        public ResultCells category(Result.Category result) {
          return plain("category", result.value());
        }

        @Override
        public ResultCells counter(Result.Counter result) {
          return plain("counter", String.valueOf(result.value()));
        }

        @Override
        public ResultCells position(Result.Position result) {
          return plain("position", "POINT (" + result.longitude() + " " + result.latitude() + ")");
        }

        @Override
        public ResultCells summary(Result.Summary result) {
          return new ResultCells(
              "summary",
              result.value(Statistic.MEAN).isPresent()
                  ? String.valueOf(result.value(Statistic.MEAN).getAsDouble())
                  : "",
              result.statistics().entrySet().stream()
                  .map(entry -> entry.getKey().name() + "=" + entry.getValue())
                  .collect(Collectors.joining(";")),
              String.valueOf(result.count()),
              String.valueOf(result.expected()),
              String.valueOf(result.valid()),
              String.valueOf(result.revision()));
        }
      };

  private static ResultCells plain(String kind, String result) {
    return new ResultCells(kind, result, "", "", "", "", "");
  }
}

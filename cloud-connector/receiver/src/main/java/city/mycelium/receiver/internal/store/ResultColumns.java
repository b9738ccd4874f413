package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Result as columns of a row and back: the one place that knows which shape is kept where. A
 * column that a shape does not use is NULL.
 *
 * @param kind which shape
 * @param number measurement; mean of a Summary; 1 or 0 for a truth
 * @param text text or category; {@code latitude,longitude[,altitude]} of a position
 * @param count of a counter; how many results went into a Summary
 * @param expected of a Summary; 0 where not known
 * @param valid of a Summary: whether enough went in for it to stand for its window
 * @param statistics of a Summary: those without a column of their own, as {@link StatisticsText}
 */
public record ResultColumns(
    Kind kind,
    @Nullable Double number,
    @Nullable String text,
    @Nullable Long count,
    @Nullable Long expected,
    @Nullable Double min,
    @Nullable Double max,
    @Nullable Integer revision,
    @Nullable Boolean valid,
    @Nullable String statistics) {

  /** In the order in which {@link #bind} and {@link #read} use them. */
  public static final List<String> NAMES =
      List.of(
          "kind",
          "number",
          "text",
          "count",
          "expected",
          "min",
          "max",
          "revision",
          "valid",
          "statistics");

  /** The shapes of a Result; their names in lowercase are what the database holds. */
  public enum Kind {
    NUMBER,
    TRUTH,
    TEXT,
    CATEGORY,
    COUNTER,
    POSITION,
    SUMMARY;

    private final String word = name().toLowerCase(java.util.Locale.ROOT);

    /** As the database and the HTTP API write it. */
    public String word() {
      return word;
    }

    private static Kind of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  private static final Result.Visitor<ResultColumns> TAKE_APART =
      new Result.Visitor<>() {
        @Override
        public ResultColumns number(Measurement result) {
          return plain(Kind.NUMBER, result.value(), null, null);
        }

        @Override
        public ResultColumns truth(Truth result) {
          return plain(Kind.TRUTH, result.value() ? 1.0 : 0.0, null, null);
        }

        @Override
        public ResultColumns text(Text result) {
          return plain(Kind.TEXT, null, result.value(), null);
        }

        @Override
        public ResultColumns category(Category result) {
          return plain(Kind.CATEGORY, null, result.value(), null);
        }

        @Override
        public ResultColumns counter(Counter result) {
          return plain(Kind.COUNTER, null, null, result.value());
        }

        @Override
        public ResultColumns position(Position result) {
          String place = result.latitude() + "," + result.longitude();
          Double altitude = result.altitude();
          return plain(
              Kind.POSITION, null, altitude == null ? place : place + "," + altitude, null);
        }

        @Override
        public ResultColumns summary(Summary result) {
          return new ResultColumns(
              Kind.SUMMARY,
              result.statistics().get(Statistic.MEAN),
              null,
              result.count(),
              result.expected(),
              result.statistics().get(Statistic.MIN),
              result.statistics().get(Statistic.MAX),
              result.revision(),
              result.valid(),
              StatisticsText.of(others(result)));
        }

        private static NavigableMap<Statistic, Double> others(Summary result) {
          NavigableMap<Statistic, Double> others = new TreeMap<>(result.statistics());
          List.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX).forEach(others::remove);
          return others;
        }

        private static ResultColumns plain(
            Kind kind, @Nullable Double number, @Nullable String text, @Nullable Long count) {
          return new ResultColumns(kind, number, text, count, null, null, null, null, null, null);
        }
      };

  /** Of a Summary, the statistics without a column of their own, by name. */
  public NavigableMap<Statistic, Double> otherStatistics() {
    return statistics == null ? new TreeMap<>() : StatisticsText.parse(statistics);
  }

  public static ResultColumns of(Result result) {
    return result.accept(TAKE_APART);
  }

  /** Reads {@link #NAMES} from a row that selects them by name. */
  public static ResultColumns read(ResultSet row) throws SQLException {
    return new ResultColumns(
        Kind.of(row.getString("kind")),
        nullable(row, row.getDouble("number")),
        row.getString("text"),
        nullable(row, row.getLong("count")),
        nullable(row, row.getLong("expected")),
        nullable(row, row.getDouble("min")),
        nullable(row, row.getDouble("max")),
        nullable(row, row.getInt("revision")),
        nullable(row, row.getInt("valid") != 0),
        row.getString("statistics"));
  }

  /** Binds {@link #NAMES}, beginning at this parameter. */
  void bind(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, kind.word());
    bind(statement, first + 1, number);
    statement.setString(first + 2, text);
    bind(statement, first + 3, count);
    bind(statement, first + 4, expected);
    bind(statement, first + 5, min);
    bind(statement, first + 6, max);
    bind(statement, first + 7, revision);
    // A number in both databases: SQLite has no truth of its own.
    bind(statement, first + 8, valid == null ? null : Integer.valueOf(valid ? 1 : 0));
    statement.setString(first + 9, statistics);
  }

  private static void bind(PreparedStatement statement, int parameter, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.INTEGER);
    } else {
      statement.setInt(parameter, value);
    }
  }

  private static void bind(PreparedStatement statement, int parameter, @Nullable Double value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.DOUBLE);
    } else {
      statement.setDouble(parameter, value);
    }
  }

  private static void bind(PreparedStatement statement, int parameter, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.BIGINT);
    } else {
      statement.setLong(parameter, value);
    }
  }

  /** JDBC reads NULL as 0 and says afterwards that it was one. */
  private static <T> @Nullable T nullable(ResultSet row, T value) throws SQLException {
    return row.wasNull() ? null : value;
  }
}

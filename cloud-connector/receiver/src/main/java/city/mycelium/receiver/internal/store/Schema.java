package city.mycelium.receiver.internal.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, the same in every database; docs/receiver.md explains them to those who query them.
 *
 * <ul>
 *   <li>{@code journal}: one epoch of one gateway. {@code delivery}: one Destination that it feeds.
 *       {@code coverage}: the offsets that this delivery has accounted for. {@code refusal}:
 *       messages of it that can never be taken. {@code predecessor}: a journal that another one
 *       goes on from.
 *   <li>{@code observation}: the key is the identity, so that none can be held twice. {@code
 *       holding}: how many there are, counted as they come.
 *   <li>{@code datastream}: what is told of it decides what its numbers mean; hence one that
 *       changes its property or unit gets a new row under the same name.
 *   <li>{@code thing}: what may be known of it, per Destination, as each has its own consent.
 * </ul>
 *
 * Each version is made of the one before it by a step; a new database takes all steps. Times are
 * UTC epoch milliseconds. A text that was not told is empty where it is part of a key.
 */
final class Schema {

  private static final int VERSION = 3;

  private Schema() {}

  /**
   * Makes the tables in an empty database and brings those of an earlier version up to this one,
   * all or nothing.
   *
   * @throws SQLException also if a later version of the receiver made them
   */
  static void prepare(Connection connection, SqlFlavour flavour) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS mycelium_schema (version INTEGER NOT NULL)");
      int found = version(statement);
      if (found > VERSION) {
        throw new SQLException(
            "its tables are of version "
                + found
                + ", this receiver knows version "
                + VERSION
                + ": use the receiver that made them, or another database");
      }
      for (int version = found + 1; version <= VERSION; version++) {
        for (String change : step(version, flavour)) {
          statement.execute(change);
        }
        statement.execute("INSERT INTO mycelium_schema (version) VALUES (" + version + ")");
      }
    }
    connection.commit();
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT MAX(version) FROM mycelium_schema")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static List<String> step(int version, SqlFlavour flavour) {
    return switch (version) {
      case 1 -> tables(flavour);
      case 2 -> lineageRefusalsAndHoldings();
      case 3 -> statisticsAndValidity();
      default -> throw new IllegalArgumentException("there is no version " + version);
    };
  }

  /** Counts what is held already; that takes as long as reading the table once. */
  private static List<String> lineageRefusalsAndHoldings() {
    return List.of(
        """
          CREATE TABLE predecessor (
            journal_id INTEGER NOT NULL,
            place INTEGER NOT NULL,
            predecessor_id INTEGER NOT NULL,
            through_offset BIGINT NOT NULL,
            PRIMARY KEY (journal_id, place))
          """,
        "ALTER TABLE delivery ADD COLUMN refused BIGINT NOT NULL DEFAULT 0",
        """
          CREATE TABLE refusal (
            delivery_id INTEGER NOT NULL,
            first_offset BIGINT NOT NULL,
            last_offset BIGINT NOT NULL,
            why TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            head TEXT NOT NULL,
            times BIGINT NOT NULL,
            first_at BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            PRIMARY KEY (delivery_id, first_offset, last_offset))
          """,
        """
          CREATE TABLE holding (
            journal_id INTEGER NOT NULL,
            datastream_id INTEGER NOT NULL,
            stored BIGINT NOT NULL,
            PRIMARY KEY (journal_id, datastream_id))
          """,
        """
          INSERT INTO holding (journal_id, datastream_id, stored)
            SELECT journal_id, datastream_id, COUNT(*) FROM observation
              GROUP BY journal_id, datastream_id
          """);
  }

  /** What was told before had mean, min and max, and nothing that would make it invalid. */
  private static List<String> statisticsAndValidity() {
    return List.of(
        "ALTER TABLE observation ADD COLUMN valid INTEGER",
        "ALTER TABLE observation ADD COLUMN statistics TEXT",
        "UPDATE observation SET valid = 1 WHERE kind = 'summary'");
  }

  private static List<String> tables(SqlFlavour flavour) {
    return List.of(
        """
          CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            gateway TEXT NOT NULL,
            epoch TEXT NOT NULL,
            stored BIGINT NOT NULL,
            duplicates BIGINT NOT NULL,
            UNIQUE (gateway, epoch))
          """,
        """
          CREATE TABLE delivery (
            id INTEGER PRIMARY KEY,
            journal_id INTEGER NOT NULL,
            destination TEXT NOT NULL,
            dropped BIGINT NOT NULL,
            UNIQUE (journal_id, destination))
          """,
        """
          CREATE TABLE coverage (
            delivery_id INTEGER NOT NULL,
            first_offset BIGINT NOT NULL,
            last_offset BIGINT NOT NULL,
            PRIMARY KEY (delivery_id, first_offset))
          """,
        """
          CREATE TABLE datastream (
            id INTEGER PRIMARY KEY,
            gateway TEXT NOT NULL,
            name TEXT NOT NULL,
            property TEXT NOT NULL,
            unit TEXT NOT NULL,
            definition TEXT,
            thing TEXT,
            sampling_period TEXT,
            window_length TEXT,
            UNIQUE (gateway, name, property, unit))
          """,
        """
          CREATE TABLE thing (
            gateway TEXT NOT NULL,
            destination TEXT NOT NULL,
            thing TEXT NOT NULL,
            name TEXT NOT NULL,
            latitude DOUBLE PRECISION,
            longitude DOUBLE PRECISION,
            altitude DOUBLE PRECISION,
            PRIMARY KEY (gateway, destination, thing))
          """,
        """
          CREATE TABLE observation (
            journal_id INTEGER NOT NULL,
            journal_offset BIGINT NOT NULL,
            datastream_id INTEGER NOT NULL,
            phenomenon_from BIGINT NOT NULL,
            phenomenon_to BIGINT NOT NULL,
            received_at BIGINT NOT NULL,
            quality TEXT NOT NULL,
            kind TEXT NOT NULL,
            number DOUBLE PRECISION,
            text TEXT,
            count BIGINT,
            expected BIGINT,
            min DOUBLE PRECISION,
            max DOUBLE PRECISION,
            revision INTEGER,
            PRIMARY KEY (journal_id, journal_offset))\
          """
            + flavour.endOfObservationTable(),
        """
          CREATE INDEX observation_in_time
            ON observation (datastream_id, phenomenon_from, journal_id, journal_offset)
          """);
  }
}

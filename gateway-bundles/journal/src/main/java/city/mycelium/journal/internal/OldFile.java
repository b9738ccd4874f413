package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.journal.internal.rescue.DamageException;
import city.mycelium.journal.internal.rescue.LeafScan;
import city.mycelium.journal.internal.rescue.Pages;
import city.mycelium.journal.internal.rescue.RawRow;
import city.mycelium.journal.internal.rescue.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What can still be read of a damaged data file. Never changes it. Every answer is checked by its
 * own checksum; what fails is left out. For one thread.
 */
final class OldFile implements AutoCloseable {

  /** A block has so many columns, wherever `kind` is among them; see {@link StoredBlock}. */
  private static final int BLOCK_COLUMNS = 5;

  private final Path file;
  private final Path log;
  private final WriteAheadLog wal;
  private final Connection connection;
  private final MetaTable meta;
  private final CursorTable cursors;
  private final Dictionary names = new Dictionary();

  /** A fact that may not be there any more. */
  interface Fact<T> {
    T ask() throws SQLException;
  }

  /** Takes an entry of the state. */
  interface States {
    void take(String component, String key, byte[] value) throws SQLException;
  }

  OldFile(Path file, Path log, WriteAheadLog wal) throws SQLException, IOException {
    this.file = file;
    this.log = log;
    this.wal = wal;
    connection = Schema.openOnlyToRead(file);
    Statements statements = new Statements(connection);
    meta = new MetaTable(statements);
    cursors = new CursorTable(statements, meta);
    readNames();
  }

  /** What the file says of something; nothing if that cannot be read. */
  private static <T> Optional<T> tell(Fact<T> fact) {
    try {
      return Optional.ofNullable(fact.ask());
    } catch (SQLException | RuntimeException e) {
      // Bytes of any kind stand there, and what reads them was not made for that. To be damaged is
      // what this is for; the caller says what it means.
      return Optional.empty();
    }
  }

  Optional<Origin> origin() {
    return tell(meta::origin);
  }

  Optional<AcceptedCounts> accepted() {
    return tell(meta::accepted);
  }

  Optional<Sheet> removed() {
    return tell(meta::removed);
  }

  Optional<Long> removedTo() {
    return tell(meta::removedTo);
  }

  Dictionary names() {
    return names;
  }

  private void readNames() throws IOException {
    Map<Integer, DatastreamId> found = new TreeMap<>();
    Optional<Map<Integer, DatastreamId>> whole = tell(meta::names);
    if (whole.isPresent()) {
      found.putAll(whole.get());
    } else {
      new RangeReader(
              connection,
              "SELECT number, name FROM datastream WHERE number BETWEEN ? AND ?"
                  + " ORDER BY number")
          .read(1, Dictionary.MAX_NUMBER, row -> add(found, row.getInt(1), row.getString(2)));
    }
    if (found.isEmpty()) {
      scan(
          row -> {
            String name = row.size() == 2 ? row.text(1) : null;
            if (name != null && row.key() > 0 && row.key() <= Dictionary.MAX_NUMBER) {
              add(found, (int) row.key(), name);
            }
          });
    }
    found.forEach(names::add);
  }

  private static void add(Map<Integer, DatastreamId> found, int number, String name) {
    try {
      found.putIfAbsent(number, new DatastreamId(name));
    } catch (IllegalArgumentException e) {
      // It never was a name: blocks that speak of it cannot be read.
      return;
    }
  }

  /** The blocks that the table still leads to, in order; each has been decoded and is whole. */
  void blocks(Consumer<StoredBlock> to) {
    new RangeReader(
            connection,
            "SELECT "
                + StoredBlock.COLUMNS
                + " FROM block WHERE first BETWEEN ? AND ?"
                + " ORDER BY first")
        .read(1, Long.MAX_VALUE, row -> sound(StoredBlock.of(row)).ifPresent(to));
  }

  /**
   * The blocks that lie anywhere in the file; the table may lead to them or not.
   *
   * @param wanted asked before a block is decoded
   */
  void strayBlocks(Predicate<StoredBlock> wanted, Consumer<StoredBlock> to) throws IOException {
    scan(row -> stray(row).filter(wanted).flatMap(this::sound).ifPresent(to));
  }

  private void scan(Consumer<RawRow> to) throws IOException {
    try (Pages pages = Pages.open(file, log, wal)) {
      LeafScan.scan(pages, to);
    } catch (DamageException e) {
      // Not even the size of its pages is known: nothing can be found in it.
      return;
    }
  }

  /** In a file that was migrated the kind comes last. */
  private static Optional<StoredBlock> stray(RawRow row) {
    if (row.size() != BLOCK_COLUMNS) {
      return Optional.empty();
    }
    boolean kindIsLast = row.bytes(3) != null;
    Long last = row.number(1);
    Long receivedTo = row.number(2);
    Long kind = row.number(kindIsLast ? 4 : 3);
    byte[] payload = row.bytes(kindIsLast ? 3 : 4);
    if (last == null || receivedTo == null || kind == null || payload == null || row.key() < 1) {
      return Optional.empty();
    }
    return tell(
        () ->
            new StoredBlock(
                row.key(), last, receivedTo, BlockKind.of(Math.toIntExact(kind)), payload));
  }

  private Optional<StoredBlock> sound(StoredBlock block) {
    try {
      if (block.kind() == BlockKind.GONE) {
        block.datastreams();
      } else {
        block.drafts(names);
      }
      return Optional.of(block);
    } catch (DamagedBlockException e) {
      return Optional.empty();
    }
  }

  /**
   * The cursors that are whole, with all that they tallied in {@code recent}.
   *
   * @param lost takes what is known of those that are not
   */
  List<CursorTable.Row> cursors(Consumer<String> lost) {
    List<CursorTable.Row> whole = new ArrayList<>();
    List<Long> broken = new ArrayList<>();
    new RangeReader(
            connection, "SELECT number FROM cursor WHERE number BETWEEN ? AND ? ORDER BY number")
        .read(
            1,
            Integer.MAX_VALUE,
            row -> {
              long number = row.getLong(1);
              tell(() -> cursors.whole(number))
                  .ifPresentOrElse(whole::add, () -> broken.add(number));
            });
    broken.forEach(
        number -> lost.accept(tell(() -> cursors.name(number)).orElse("number " + number)));
    return whole;
  }

  /**
   * The entries of the state, from both ends as far as that goes.
   *
   * @return false if not all of it could be read
   */
  boolean states(States to) {
    // Read from both ends, an entry may come twice; it is the same.
    if (states("", to)) {
      return true;
    }
    states(" DESC", to);
    return false;
  }

  private boolean states(String order, States to) {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT component, key, value FROM state ORDER BY component"
                    + order
                    + ", key"
                    + order);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        to.take(rows.getString(1), rows.getString(2), rows.getBytes(3));
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.journal.internal.rescue.WriteAheadLog;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes a new data file out of what can be read of a damaged one, and sets the damaged one aside.
 * The new one has an epoch of its own and keeps the offsets; what cannot be read is gone in it,
 * with reason {@link Loss#DAMAGED}, and every account balances. Why so: docs/decisions/0050. For
 * one thread, once.
 */
final class Salvage {

  private final OldFile old;
  private final NewFile made;
  private final Incident.Builder incident;

  private final Map<Integer, Long> accepted = new TreeMap<>();
  private long removedTo;
  private long firstKept = Long.MAX_VALUE;

  /** The last offset that was given out, for all that anything still tells. */
  private long last;

  private Optional<Sheet> removed = Optional.empty();

  private Salvage(OldFile old, NewFile made, Incident.Builder incident) {
    this.old = old;
    this.made = made;
    this.incident = incident;
  }

  /**
   * Salvages the journal of a data directory, which is held meanwhile.
   *
   * @param now UTC epoch milliseconds, for the name of the file that is set aside
   * @param why what was found, in words
   * @throws JournalException if there is no room, or the disk fails; nothing was changed then
   */
  static Incident run(Path dataDirectory, JournalOptions options, long now, String why)
      throws JournalException {
    try (DataDirectory directory = DataDirectory.hold(dataDirectory)) {
      Path file = directory.file(SqliteJournal.DATA_FILE);
      try {
        return run(directory, file, options, now, why);
      } catch (IOException | UncheckedIOException e) {
        throw new JournalException(
            Reason.STORAGE,
            "What can be read of "
                + file
                + " could not be saved ("
                + e
                + "). Nothing was changed. Check that the disk can be written to and has room.",
            e);
      } catch (SQLException e) {
        throw SqlTrouble.of(e, file);
      } catch (NotWritten e) {
        throw SqlTrouble.of(e.why, file);
      }
    }
  }

  private static Incident run(
      DataDirectory directory, Path file, JournalOptions options, long now, String why)
      throws IOException, SQLException, JournalException {
    Exchange exchange = new Exchange(file);
    exchange.finish();
    Path log = SqliteJournal.logOf(file);
    WriteAheadLog wal = WriteAheadLog.read(log);
    boolean mended = wal.state() == WriteAheadLog.State.BROKEN;
    checkRoom(file, log, mended ? 2 : 1);
    Path source = mended ? mended(exchange, file, log, wal) : file;
    Incident told;
    try (OldFile old =
        new OldFile(source, mended ? exchange.copy() : log, mended ? WriteAheadLog.NONE : wal)) {
      Origin before = origin(directory, old);
      Incident.Builder incident = new Incident.Builder(now, before.epoch(), why);
      String aside = exchange.nameAside("damaged", now, Identity.epochText(before.epoch()));
      incident.aside(aside);
      long epoch = RandomIds.epoch();
      try (NewFile made = new NewFile(exchange.draft(), options, before.next(epoch, 0))) {
        Salvage salvage = new Salvage(old, made, incident);
        told = salvage.copy(before, epoch, HighWater.of(directory, before.epoch()));
      }
      exchange.complete(aside);
      // Not needed, for the new file knows which epoch it goes on from; but so it is at once.
      directory.keepWord(Origin.EPOCH_FILE, Identity.epochText(epoch));
    } finally {
      exchange.forgetCopy();
    }
    return told;
  }

  private static void checkRoom(Path file, Path log, int copies)
      throws IOException, JournalException {
    long needed = copies * (size(file) + size(log));
    long free = Files.getFileStore(file.resolveSibling("")).getUsableSpace();
    if (free < needed) {
      throw new JournalException(
          Reason.FULL,
          file
              + " is damaged, and to save what can be read of it "
              + needed / 1_000_000
              + " MB must be free, but only "
              + free / 1_000_000
              + " MB are. Nothing was changed. Free some space on this disk; it goes on by itself.");
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** A copy in which every page that still fits has been brought in from the log. */
  private static Path mended(Exchange exchange, Path file, Path log, WriteAheadLog wal)
      throws IOException {
    Path copy = exchange.copy();
    if (Files.exists(file)) {
      Files.copy(file, copy);
    } else {
      Files.createFile(copy);
    }
    wal.copyInto(copy, log);
    return copy;
  }

  /** Where it comes from, as far as that can be known: out of the file, or from beside it. */
  private static Origin origin(DataDirectory directory, OldFile old) throws JournalException {
    Optional<Origin> told = old.origin();
    if (told.isPresent()) {
      return told.get();
    }
    GatewayId gateway =
        Origin.word(directory, Origin.GATEWAY_FILE, GatewayId::new).orElseGet(RandomIds::gateway);
    long epoch =
        Origin.word(directory, Origin.EPOCH_FILE, Identity::parseEpoch).orElseGet(RandomIds::epoch);
    return new Origin(gateway, epoch, List.of());
  }

  private Incident copy(Origin before, long epoch, long highWater)
      throws SQLException, IOException {
    made.names(old.names());
    List<CursorTable.Row> cursors = old.cursors(this::lostCursor);
    removed = old.removed();
    // Its sums have a checksum, and the offset itself has none.
    removedTo = removed.map(sheet -> sheet.total().total()).or(old::removedTo).orElse(0L);
    last =
        Math.max(Math.max(highWater, removedTo), old.accepted().map(a -> a.through()).orElse(0L));
    for (CursorTable.Row cursor : cursors) {
      last = Math.max(last, cursor.position());
    }
    blocks(new Attribution(sheets(cursors)));
    for (CursorTable.Row cursor : cursors) {
      // One that stands before what was removed cannot be: retention moves it along.
      if (cursor.position() >= removedTo) {
        made.cursor(cursor);
      } else {
        lostCursor(cursor.name());
      }
    }
    states();
    made.origin(before.next(epoch, last));
    Incident told = incident.build();
    made.state(told.asState(epoch));
    made.finish();
    return told;
  }

  private void lostCursor(String name) {
    incident.remark(
        "How far '"
            + name
            + "' had come cannot be read; it begins again with what is there. What it sent before"
            + " goes out once more, under the same offsets.");
  }

  /** Wherever it is known how many of each Datastream there were up to an offset. */
  private NavigableMap<Long, Map<Integer, Long>> sheets(List<CursorTable.Row> cursors) {
    NavigableMap<Long, Map<Integer, Long>> sheets = new TreeMap<>();
    removed.ifPresent(sheet -> sheets.put(removedTo, sheet.counts()));
    old.accepted().ifPresent(counts -> sheets.put(counts.through(), counts.byNumber()));
    for (CursorTable.Row cursor : cursors) {
      sheets.put(cursor.position(), cursor.recent().counts());
    }
    return sheets;
  }

  private void blocks(Attribution attribution) throws SQLException, IOException {
    Holes holes = new Holes(removedTo + 1);
    Consumer<StoredBlock> take = block -> keep(block, holes, attribution);
    old.blocks(take);
    // Also where no hole is to be seen: if the way to the last rows was hidden, nobody knows of
    // them.
    old.strayBlocks(block -> holes.has(block.first(), block.last()), take);
    if (removed.isEmpty() && removedTo == 0) {
      removedTo = firstKept == Long.MAX_VALUE ? last : firstKept - 1;
    }
    Sheet front = removed.isPresent() ? removed.get() : unknownFront(attribution);
    front.counts().forEach((datastream, count) -> accepted.merge(datastream, count, Long::sum));
    for (OffsetRange hole : holes.upTo(last)) {
      if (hole.last() > removedTo) {
        lose(hole, attribution);
      }
    }
    AcceptedCounts sum = AcceptedCounts.NONE;
    for (Map.Entry<Integer, Long> row : accepted.entrySet()) {
      sum = sum.plus(row.getKey(), row.getValue());
    }
    made.sums(removedTo, front, sum);
  }

  private void keep(StoredBlock block, Holes holes, Attribution attribution) {
    if (!holes.fill(block.first(), block.last())) {
      return; // it is there already, or lies where none of its kind can
    }
    try {
      int[] datastreams = block.datastreams();
      attribution.found(block.first(), datastreams);
      count(datastreams);
      made.block(block);
      firstKept = Math.min(firstKept, block.first());
      last = Math.max(last, block.last());
    } catch (SQLException e) {
      throw new NotWritten(e);
    } catch (DamagedBlockException e) {
      throw new IllegalStateException("a block that was decoded a moment ago", e);
    }
  }

  private void count(int[] datastreams) {
    for (int datastream : datastreams) {
      accepted.merge(datastream, 1L, Long::sum);
    }
  }

  /** What the sums of the removed front were, as far as other sums tell. */
  private Sheet unknownFront(Attribution attribution) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (long first = 1; first <= removedTo; first += BlockCodec.MAX_OBSERVATIONS) {
      for (int datastream : attribution.lost(first, sizeFrom(first, removedTo))) {
        counts.merge(datastream, 1L, Long::sum);
      }
    }
    Map<Integer, Tally> rows = new TreeMap<>();
    counts.forEach((datastream, count) -> rows.put(datastream, Loss.EXPIRED.tally(count)));
    return Sheet.of(rows);
  }

  private static int sizeFrom(long first, long last) {
    return (int) Math.min(BlockCodec.MAX_OBSERVATIONS, last - first + 1);
  }

  /** Puts what is known of them in the place of offsets that cannot be read. */
  private void lose(OffsetRange hole, Attribution attribution) throws SQLException {
    long before = made.receivedBefore(hole.first());
    Map<DatastreamId, Long> counts = new TreeMap<>();
    for (long first = hole.first(); first <= hole.last(); first += BlockCodec.MAX_OBSERVATIONS) {
      int[] datastreams = attribution.lost(first, sizeFrom(first, hole.last()));
      count(datastreams);
      for (int datastream : datastreams) {
        counts.merge(name(datastream), 1L, Long::sum);
      }
      made.block(
          new StoredBlock(
              first,
              first + datastreams.length - 1,
              before,
              BlockKind.GONE,
              new GoneBlock(Loss.DAMAGED, datastreams).encode()));
    }
    incident.loss(
        new Incident.Loss(
            hole.first(), hole.last(), before, made.receivedAfter(hole.last()), counts));
  }

  private DatastreamId name(int number) {
    try {
      return old.names().nameOf(number);
    } catch (DamagedBlockException e) {
      return Dictionary.UNKNOWN_NAME; // the sheets count it, but its name is lost
    }
  }

  private void states() throws SQLException {
    Map<String, Long> damaged = new TreeMap<>();
    boolean all =
        old.states(
            (component, key, value) -> {
              try {
                put(StateChange.put(component, key, Sealed.open(value, component, key).rest()));
              } catch (DamagedBlockException e) {
                damaged.merge(component, 1L, Long::sum);
              }
            });
    damaged.forEach(
        (component, count) ->
            incident.remark(count + " entries of what '" + component + "' keeps are lost."));
    if (!all) {
      incident.remark(
          "Part of what the components keep (open windows, held readings, recognised repeats) cannot"
              + " be read.");
    }
  }

  private void put(StateChange change) {
    try {
      made.state(change);
    } catch (SQLException e) {
      throw new NotWritten(e);
    }
  }

  /** The new file could not be written: nothing to skip, but an end. */
  private static final class NotWritten extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient SQLException why;

    NotWritten(SQLException why) {
      super(why);
      this.why = why;
    }
  }
}

package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One commit in the making. Observations of all who share it are gathered and written as blocks at
 * its end; raw and derived ones never share a block. For the writer's thread alone.
 */
final class Transaction {

  /**
   * So many offsets after they were saved last, the counts of what was accepted are saved again.
   * Opening has to look at no more than these.
   */
  static final int SAVE_ACCEPTED_EVERY = 65_536;

  private final WriteSide file;
  private final Gate gate;
  private final Removal removal;
  private final Dictionary dictionary;
  private final long epoch;
  private final long lastBefore;
  private final List<Run> runs = new ArrayList<>();
  private long last;
  private AcceptedCounts accepted;

  /** Up to which offset the counts are in the file. */
  private long savedThrough;

  private boolean asked;
  private Optional<String> refusal = Optional.empty();
  private boolean removing;

  /** Drafts that follow each other and are of one kind. */
  private record Run(BlockKind kind, List<Draft> drafts) {}

  Transaction(
      WriteSide file,
      Gate gate,
      Dictionary dictionary,
      long epoch,
      AcceptedCounts accepted,
      long savedThrough) {
    this.file = file;
    this.gate = gate;
    this.dictionary = dictionary;
    this.epoch = epoch;
    this.accepted = accepted;
    this.savedThrough = savedThrough;
    removal = new Removal(file);
    lastBefore = accepted.through();
    last = lastBefore;
  }

  WriteSide file() {
    return file;
  }

  Dictionary dictionary() {
    return dictionary;
  }

  /** For whoever takes blocks away; from now on this commit saves the counts as well. */
  Removal removal() {
    // A removed block can never be counted again.
    removing = true;
    return removal;
  }

  /** Why no observations are taken now, in words; asked once for all that share the commit. */
  Optional<String> refusal() throws SQLException {
    if (!asked) {
      refusal = gate.refusal(this);
      asked = true;
    }
    return refusal;
  }

  /** The last offset as it will be after the commit. */
  long lastOffset() {
    return last;
  }

  /** What will have been accepted after the commit; complete once it is {@link #finish}ed. */
  AcceptedCounts accepted() {
    return accepted;
  }

  long savedThrough() {
    return savedThrough;
  }

  /** Gives offsets to the drafts, and the receipt that is true once the commit is done. */
  Receipt append(List<Draft> more, BlockKind kind) {
    if (more.isEmpty()) {
      return new Receipt(epoch, null);
    }
    if (runs.isEmpty() || runs.get(runs.size() - 1).kind() != kind) {
      runs.add(new Run(kind, new ArrayList<>()));
    }
    runs.get(runs.size() - 1).drafts().addAll(more);
    long first = last + 1;
    last += more.size();
    return new Receipt(epoch, new OffsetRange(first, last));
  }

  void write(List<StateChange> changes) throws SQLException {
    for (StateChange change : changes) {
      file.apply(change);
    }
  }

  /** Writes what was gathered; the commit itself is the caller's. */
  void finish() throws SQLException {
    for (Run run : runs) {
      for (int from = 0; from < run.drafts().size(); from += BlockCodec.MAX_OBSERVATIONS) {
        int to = Math.min(run.drafts().size(), from + BlockCodec.MAX_OBSERVATIONS);
        insert(run.kind(), run.drafts().subList(from, to));
      }
    }
    for (DatastreamId name : dictionary.fresh()) {
      file.insertDatastream(dictionary.numberOf(name), name);
    }
    if (!dictionary.fresh().isEmpty()) {
      file.meta().put(MetaTable.NAMES, NameList.toBytes(dictionary.all()));
    }
    if (removing || accepted.through() - savedThrough >= SAVE_ACCEPTED_EVERY) {
      saveAccepted();
    }
  }

  private void insert(BlockKind kind, List<Draft> drafts) throws SQLException {
    long first = accepted.through() + 1;
    accepted =
        accepted.plus(
            drafts.stream().mapToInt(draft -> dictionary.numberOf(draft.datastream())).toArray());
    file.insert(
        new StoredBlock(
            first,
            accepted.through(),
            drafts.stream().mapToLong(Draft::receivedAt).max().orElseThrow(),
            kind,
            BlockCodec.encode(drafts, dictionary::numberOf)));
  }

  /** Puts the counts into the file, so that they need not be counted again. */
  void saveAccepted() throws SQLException {
    if (accepted.through() > savedThrough) {
      file.meta().put(MetaTable.ACCEPTED, accepted.toBytes());
      savedThrough = accepted.through();
    }
  }
}

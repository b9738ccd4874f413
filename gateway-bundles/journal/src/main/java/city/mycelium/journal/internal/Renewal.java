package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Identity;
import city.mycelium.journal.internal.rescue.WriteAheadLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a new epoch in a file that is sound, where offsets beyond its last may have been given out
 * before: nothing is lost in it, but no identity may be given twice.
 */
final class Renewal {

  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  private Renewal() {}

  /**
   * The origin that the journal goes on with: the same, or one of a new epoch.
   *
   * @param last the last offset in the file
   * @param lastReceived when that was received, UTC epoch milliseconds; this happened later
   */
  static Origin of(
      DataDirectory directory,
      Path file,
      WriteSide toWrite,
      Origin origin,
      long last,
      long lastReceived,
      WriteAheadLog.State log)
      throws SQLException, JournalException {
    Optional<String> why = why(directory, origin, last, log);
    Origin goesOn = origin;
    if (why.isPresent()) {
      goesOn = origin.next(RandomIds.epoch(), last);
      Incident incident =
          new Incident(lastReceived, origin.epoch(), why.get(), "", List.of(), List.of());
      toWrite.begin();
      toWrite.meta().put(goesOn);
      toWrite.apply(incident.asState(goesOn.epoch()));
      toWrite.commit();
      LOG.warn("{}: {}", file, incident.inWords());
    }
    goesOn.keepEpochBeside(directory);
    return goesOn;
  }

  private static Optional<String> why(
      DataDirectory directory, Origin origin, long last, WriteAheadLog.State log)
      throws JournalException {
    if (log == WriteAheadLog.State.TORN) {
      return Optional.of(
          "The last commit was cut off, as by a power cut; what had a receipt is there. A new epoch"
              + " begins after offset "
              + last
              + ".");
    }
    Optional<Long> beside = Origin.word(directory, Origin.EPOCH_FILE, Identity::parseEpoch);
    if (beside.isPresent() && !origin.comesFrom(beside.get())) {
      return Optional.of(
          "This data file is not the one that was here last; somebody put it here. A new epoch"
              + " begins after offset "
              + last
              + ".");
    }
    long highWater = HighWater.of(directory, origin.epoch());
    if (highWater > last) {
      return Optional.of(
          "This data file is an older copy: it ends at offset "
              + last
              + ", and the gateway had come to "
              + highWater
              + ". What came between is not in it. A new epoch begins.");
    }
    return Optional.empty();
  }
}

package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which gateway's which epoch a journal is, and which epochs it goes on from. Kept in the data
 * file, and beside it in two small files that outlive it: when the data file is lost, the gateway
 * keeps its name, and the next epoch knows the one before.
 */
record Origin(GatewayId gateway, long epoch, List<Predecessor> predecessors) {

  static final String GATEWAY_FILE = "gateway-id";
  static final String EPOCH_FILE = "epoch";

  /**
   * The origin of the journal in a data file, which is made if the file is empty.
   *
   * @throws JournalException if the file is no journal of this gateway that this software knows
   */
  static Origin of(DataDirectory directory, Connection toWrite, Path file)
      throws SQLException, JournalException {
    Optional<GatewayId> known = word(directory, GATEWAY_FILE, GatewayId::new);
    Optional<Long> last = word(directory, EPOCH_FILE, Identity::parseEpoch);
    if (Schema.isEmpty(toWrite)) {
      GatewayId gateway = known.orElseGet(RandomIds::gateway);
      // Its name first: a gateway that has stored anything has a name that lasts.
      if (known.isEmpty()) {
        directory.keepWord(GATEWAY_FILE, gateway.value());
      }
      // Of a journal that was lost nothing is the same any more, but its epoch is known.
      List<Predecessor> before =
          last.map(lost -> List.of(new Predecessor(lost, 0))).orElse(List.of());
      Schema.create(toWrite, new Origin(gateway, RandomIds.epoch(), before));
    }
    Schema.check(toWrite, file);
    Origin origin = new MetaTable(new Statements(toWrite)).origin();
    origin.keepGatewayBeside(directory, file);
    return origin;
  }

  Origin {
    predecessors = List.copyOf(predecessors);
  }

  /** The epoch that goes on from this one, whose offsets up to the last are the same. */
  Origin next(long nextEpoch, long last) {
    List<Predecessor> all = new ArrayList<>();
    all.add(new Predecessor(epoch, last));
    all.addAll(predecessors);
    return new Origin(gateway, nextEpoch, all);
  }

  /** Whether this is the epoch, or goes on from it. */
  boolean comesFrom(long earlier) {
    return epoch == earlier || predecessors.stream().anyMatch(p -> p.epoch() == earlier);
  }

  private void keepGatewayBeside(DataDirectory directory, Path file) throws JournalException {
    Optional<String> known = directory.word(GATEWAY_FILE);
    if (known.isPresent() && !known.get().equals(gateway.value())) {
      throw new JournalException(
          Reason.STORAGE,
          file
              + " belongs to gateway "
              + gateway
              + ", but "
              + directory.file(GATEWAY_FILE)
              + " says that this is "
              + known.get()
              + ". Two gateways' data must not mix: put back the file that belongs here.");
    }
    if (known.isEmpty()) {
      directory.keepWord(GATEWAY_FILE, gateway.value());
    }
  }

  /** Puts the epoch into the file beside, if it is not there yet. */
  void keepEpochBeside(DataDirectory directory) throws JournalException {
    String text = Identity.epochText(epoch);
    if (!directory.word(EPOCH_FILE).equals(Optional.of(text))) {
      directory.keepWord(EPOCH_FILE, text);
    }
  }

  static <T> Optional<T> word(DataDirectory directory, String name, Function<String, T> meaning)
      throws JournalException {
    Optional<String> word = directory.word(name);
    try {
      return word.map(meaning);
    } catch (IllegalArgumentException e) {
      throw new JournalException(
          Reason.STORAGE,
          directory.file(name)
              + " holds '"
              + word.orElse("")
              + "', which it never should ("
              + e.getMessage()
              + "). Put the right file back from a backup.",
          e);
    }
  }
}

package city.mycelium.journal.internal;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether observations may come in: the disk has its reserve, and the journal is within its budget.
 * What makes room again is never stopped here. For the writer's thread alone.
 */
record Gate(Room room, Budget budget) {

  /** Why not, in words, once what can be removed is removed; nothing if they may. */
  Optional<String> refusal(Transaction transaction) throws SQLException {
    if (!room.left(transaction.file())) {
      return Optional.of(room.inWords());
    }
    return budget.makeRoom(transaction) ? Optional.empty() : Optional.of(budget.inWords());
  }
}

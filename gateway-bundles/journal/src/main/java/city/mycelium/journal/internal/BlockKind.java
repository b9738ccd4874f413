package city.mycelium.journal.internal;

import java.sql.SQLException;

/** What is in a block, and with that, when it may be removed. The numbers are on disk. */
enum BlockKind {
  /** Written by layout 1, which put raw and derived Observations together: goes with the oldest. */
  MIXED(0),
  /** What was appended: may go before its time once it is summed up. */
  RAW(1),
  /** What a consumer derived: goes with the oldest. */
  DERIVED(2),
  /** A {@link GoneBlock}: whose Observations these were, and why they went. */
  GONE(3);

  private final int number;

  BlockKind(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static BlockKind of(int number) throws SQLException {
    for (BlockKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new DamagedFileException("its block table speaks of a kind " + number);
  }
}

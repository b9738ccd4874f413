package city.mycelium.journal.internal;

import city.mycelium.api.journal.Tally;

/** Why the journal no longer has an Observation. The numbers are on disk. */
enum Loss {
  /** Older than the journal keeps anything. */
  EXPIRED(0) {
    @Override
    Tally tally(long count) {
      return Tally.expired(count);
    }
  },
  /** The disk budget was reached. */
  CROWDED_OUT(1) {
    @Override
    Tally tally(long count) {
      return Tally.crowdedOut(count);
    }
  },
  /** The medium changed what was written. */
  DAMAGED(2) {
    @Override
    Tally tally(long count) {
      return Tally.damaged(count);
    }
  };

  private final int number;

  Loss(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Loss of(int number) throws DamagedBlockException {
    for (Loss loss : values()) {
      if (loss.number == number) {
        return loss;
      }
    }
    throw new DamagedBlockException("there is no reason " + number);
  }

  /** So many, lost for this reason, in the account of a consumer that had not got to them. */
  abstract Tally tally(long count);
}

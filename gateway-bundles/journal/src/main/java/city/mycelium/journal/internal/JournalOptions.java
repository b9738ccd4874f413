package city.mycelium.journal.internal;

import java.time.Duration;

/**
 * How a journal trades delay, memory and flash.
 *
 * @param groupInterval how long an append that need not be synced at once may wait for others to
 *     share its commit
 * @param groupObservations so many observations waiting are committed without waiting longer
 * @param maxWaiting so many observations and state changes may wait; beyond, appends are refused
 * @param budgetBytes when the data takes so much room, the oldest and what is needed least goes
 *     (docs/decisions/0010-journal-layout.md); 0 for no limit
 * @param maxFileBytes the data file does not grow beyond this, writes fail then as on a full disk;
 *     0 for no limit
 * @param reserveBytes while less than this is free on the disk, no observations are appended, so
 *     that retention and the steps of consumers can still be written
 * @param pageBytes size of the file's pages, a power of two from 512 to 65,536; counts only when
 *     the file is made
 * @param syncs whether a commit waits until it is on the medium; without it nothing survives a
 *     power cut for sure. Not for gateways: for experiments, and the control of the power-cut test.
 */
public record JournalOptions(
    Duration groupInterval,
    int groupObservations,
    int maxWaiting,
    long budgetBytes,
    long maxFileBytes,
    long reserveBytes,
    int pageBytes,
    boolean syncs) {

  /** Fits a gateway of 64 MB heap on an SD card; see docs/decisions/0010-journal-layout.md. */
  public static final JournalOptions DEFAULT =
      new JournalOptions(Duration.ofSeconds(5), 4_096, 50_000, 0, 0, 16_000_000, 1_024, true);

  public JournalOptions {
    if (groupInterval.isNegative()) {
      throw new IllegalArgumentException(
          "the group interval cannot be negative, but is " + groupInterval);
    }
    if (groupObservations < 1 || maxWaiting < groupObservations) {
      throw new IllegalArgumentException(
          "a journal needs 1 <= group observations <= waiting observations, but has "
              + groupObservations
              + " and "
              + maxWaiting);
    }
    if (budgetBytes < 0 || maxFileBytes < 0 || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "the budget, the file's limit and the disk's reserve are 0 for none, or numbers of"
              + " bytes, not "
              + budgetBytes
              + ", "
              + maxFileBytes
              + " and "
              + reserveBytes);
    }
    if (pageBytes < 512 || pageBytes > 65_536 || Integer.bitCount(pageBytes) != 1) {
      throw new IllegalArgumentException(
          "a page has 512 to 65,536 bytes, a power of two, not " + pageBytes);
    }
  }

  public JournalOptions withGroup(Duration interval, int observations) {
    return new JournalOptions(
        interval,
        observations,
        maxWaiting,
        budgetBytes,
        maxFileBytes,
        reserveBytes,
        pageBytes,
        syncs);
  }

  public JournalOptions withMaxWaiting(int observationsAndChanges) {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        observationsAndChanges,
        budgetBytes,
        maxFileBytes,
        reserveBytes,
        pageBytes,
        syncs);
  }

  public JournalOptions withBudgetBytes(long bytes) {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        maxWaiting,
        bytes,
        maxFileBytes,
        reserveBytes,
        pageBytes,
        syncs);
  }

  public JournalOptions withMaxFileBytes(long bytes) {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        maxWaiting,
        budgetBytes,
        bytes,
        reserveBytes,
        pageBytes,
        syncs);
  }

  public JournalOptions withReserveBytes(long bytes) {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        maxWaiting,
        budgetBytes,
        maxFileBytes,
        bytes,
        pageBytes,
        syncs);
  }

  public JournalOptions withPageBytes(int bytes) {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        maxWaiting,
        budgetBytes,
        maxFileBytes,
        reserveBytes,
        bytes,
        syncs);
  }

  /** See {@link #syncs}. */
  public JournalOptions withoutSync() {
    return new JournalOptions(
        groupInterval,
        groupObservations,
        maxWaiting,
        budgetBytes,
        maxFileBytes,
        reserveBytes,
        pageBytes,
        false);
  }
}

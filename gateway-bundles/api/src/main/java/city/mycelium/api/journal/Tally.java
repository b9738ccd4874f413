package city.mycelium.api.journal;

/**
 * What became of Observations on their way to a Destination: each belongs to exactly one.
 *
 * @param delivered proven to be there, by the best proof the Destination gives
 * @param withheld no Grant covered it
 * @param unselected not part of what the Destination asks for
 * @param expired dropped unsent: older than the journal keeps anything
 * @param crowdedOut dropped unsent: the disk budget was reached
 * @param refused dropped: the platform will never take it as it is
 * @param damaged dropped unsent: the medium changed what was written
 */
public record Tally(
    long delivered,
    long withheld,
    long unselected,
    long expired,
    long crowdedOut,
    long refused,
    long damaged) {

  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

  public Tally {
    if (delivered < 0
        || withheld < 0
        || unselected < 0
        || expired < 0
        || crowdedOut < 0
        || refused < 0
        || damaged < 0) {
      throw new IllegalArgumentException("a tally never counts below zero");
    }
  }

  public static Tally delivered(long count) {
    return new Tally(count, 0, 0, 0, 0, 0, 0);
  }

  public static Tally withheld(long count) {
    return new Tally(0, count, 0, 0, 0, 0, 0);
  }

  public static Tally unselected(long count) {
    return new Tally(0, 0, count, 0, 0, 0, 0);
  }

  public static Tally expired(long count) {
    return new Tally(0, 0, 0, count, 0, 0, 0);
  }

  public static Tally crowdedOut(long count) {
    return new Tally(0, 0, 0, 0, count, 0, 0);
  }

  public static Tally refused(long count) {
    return new Tally(0, 0, 0, 0, 0, count, 0);
  }

  public static Tally damaged(long count) {
    return new Tally(0, 0, 0, 0, 0, 0, count);
  }

  /** What the gateway had to give up, for whatever reason. */
  public long dropped() {
    return expired + crowdedOut + refused + damaged;
  }

  public long total() {
    return delivered + withheld + unselected + dropped();
  }

  public Tally plus(Tally other) {
    return new Tally(
        delivered + other.delivered,
        withheld + other.withheld,
        unselected + other.unselected,
        expired + other.expired,
        crowdedOut + other.crowdedOut,
        refused + other.refused,
        damaged + other.damaged);
  }

  /**
   * What had been refused is there after all.
   *
   * @param count of the {@link #refused}; at most as many
   */
  public Tally recovered(long count) {
    return new Tally(
        delivered + count, withheld, unselected, expired, crowdedOut, refused - count, damaged);
  }
}

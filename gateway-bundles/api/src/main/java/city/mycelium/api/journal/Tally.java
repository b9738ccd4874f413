package city.mycelium.api.journal;

/**
 * What became of the offsets that a Destination's cursor moved over: each belongs to exactly one.
 *
 * @param delivered proven to be there, by the best proof the Destination gives
 * @param withheld no Grant covered it
 * @param unselected not part of what the Destination asks for
 * @param dropped the gateway had to give it up unsent
 */
public record Tally(long delivered, long withheld, long unselected, long dropped) {

  public static final Tally NONE = new Tally(0, 0, 0, 0);

  public Tally {
    if (delivered < 0 || withheld < 0 || unselected < 0 || dropped < 0) {
      throw new IllegalArgumentException("a tally never counts backwards");
    }
  }

  public long total() {
    return delivered + withheld + unselected + dropped;
  }

  public Tally plus(Tally other) {
    return new Tally(
        delivered + other.delivered,
        withheld + other.withheld,
        unselected + other.unselected,
        dropped + other.dropped);
  }
}

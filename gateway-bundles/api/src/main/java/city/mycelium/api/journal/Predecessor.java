package city.mycelium.api.journal;

/**
 * An epoch that this one goes on from: a journal that was salvaged or restored keeps its offsets,
 * but gives no identity twice, and so begins an epoch of its own.
 *
 * @param epoch the earlier one
 * @param through offsets 1 to this one are the same Observations in both; 0 if none is
 */
public record Predecessor(long epoch, long through) {

  public Predecessor {
    if (through < 0) {
      throw new IllegalArgumentException("offsets begin at 1, not " + through);
    }
  }
}

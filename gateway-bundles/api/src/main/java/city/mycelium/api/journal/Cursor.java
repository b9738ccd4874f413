package city.mycelium.api.journal;

/**
 * How far a consumer has come.
 *
 * @param name the consumer
 * @param position the last offset that is done with; 0 before the first
 * @param tally what became of the offsets up to there; all zero for consumers that do not tally
 */
public record Cursor(String name, long position, Tally tally) {}

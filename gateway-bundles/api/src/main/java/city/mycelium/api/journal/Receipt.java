package city.mycelium.api.journal;

import city.mycelium.api.observation.OffsetRange;
import org.jspecify.annotations.Nullable;

/**
 * Proof that an append is durable.
 *
 * @param epoch the journal's epoch
 * @param offsets what the drafts became, in their order; null if there were none
 */
public record Receipt(long epoch, @Nullable OffsetRange offsets) {}

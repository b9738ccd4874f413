package city.mycelium.api.consent;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.registry.Thing;

/**
 * The gate: nothing leaves for a recipient without a Grant that covers it. No grant, no match, no
 * known owner = withheld. Safe for use by many threads; does not block.
 */
public interface Consent {

  /**
   * Whether what a Datastream says may leave for a recipient.
   *
   * @param datastream raw or aggregate; an aggregate needs a Grant of a resolution no coarser than
   *     its window
   * @param now UTC epoch milliseconds, held against the Grant's end date
   */
  Decision mayLeave(Datastream datastream, PartyId recipient, long now);

  /** Whether the place of a Thing may be told to a recipient, and how exactly. */
  Decision mayTellPlace(Thing thing, PartyId recipient, long now);
}

package city.mycelium.api.registry;

import city.mycelium.api.observation.Datastream;

/** Where a driver's channel belongs. */
public sealed interface Resolution {

  /** The device is adopted; its channel is this Datastream. */
  record Adopted(Datastream datastream) implements Resolution {}

  /** Nobody has adopted the device yet. */
  record WaitingForAdoption() implements Resolution {}

  /**
   * The device says something else under this name than before.
   *
   * @param why for a person: what differs and what to do
   */
  record Contradiction(String why) implements Resolution {}
}

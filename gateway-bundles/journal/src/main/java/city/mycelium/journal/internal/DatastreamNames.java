package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;

/** What the numbers in a block stand for. */
@FunctionalInterface
interface DatastreamNames {

  /**
   * The datastream of a number.
   *
   * @throws DamagedBlockException if the journal never gave out that number
   */
  DatastreamId nameOf(int number) throws DamagedBlockException;
}

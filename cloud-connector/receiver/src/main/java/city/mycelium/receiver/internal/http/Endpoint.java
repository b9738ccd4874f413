package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.store.StoreException;

/** Answers what is asked at one path. Safe for use by many threads. */
@FunctionalInterface
interface Endpoint {

  /**
   * The answer.
   *
   * @throws RefusedException if the parameters make no sense, or ask for what does not exist
   * @throws StoreException if the database does not answer
   */
  Answer answer(Parameters parameters) throws RefusedException, StoreException;
}

package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.store.StoreException;

/** Answers what is asked of one gateway. Safe for use by many threads. */
@FunctionalInterface
interface GatewayEndpoint {

  /**
   * The answer.
   *
   * @param gateway as it stands in the path
   * @throws RefusedException if the parameters make no sense, or ask for what does not exist
   * @throws StoreException if the database does not answer
   */
  Answer answer(String gateway, Parameters parameters) throws RefusedException, StoreException;
}

package city.mycelium.driver.push.internal;

/** One thing that can be asked of this server. Safe for use by many threads. */
@FunctionalInterface
interface Endpoint {

  Answer answer(Request request);
}

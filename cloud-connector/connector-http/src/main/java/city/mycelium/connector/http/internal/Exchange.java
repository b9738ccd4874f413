package city.mycelium.connector.http.internal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the session needs of the network: sending one request, and seeing whether anybody is there.
 */
interface Exchange {

  /** A complete answer. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Response(int status, Map<String, String> headers, byte[] body, boolean isCut) {}

  /**
   * Looks whether the platform's host can be reached, TLS included; fails if not. Sends nothing.
   * Takes at most the time for connecting, and a bit.
   */
  CompletableFuture<Boolean> knock();

  /**
   * Sends a request; the future fails if no complete answer comes, and cancelling it ends the
   * exchange. There is no time limit for the answer.
   */
  CompletableFuture<Response> send(Request request);

  /** Ends what is under way and all threads; returns at once. */
  void close();
}

package city.mycelium.driver.lorawan.internal.radio;

import java.util.concurrent.CompletableFuture;

/** A radio that hears many channels and can answer. Safe for use by many threads. */
public interface Concentrator {

  Eui eui();

  /**
   * Sends a frame in answer to one that this concentrator heard. Returns at once; the future always
   * completes, never with an exception.
   *
   * @param to how the uplink was heard: its context says when
   */
  CompletableFuture<Sent> send(Downlink downlink, Reception to);
}

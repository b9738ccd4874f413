package city.mycelium.connector.coap.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;

/** How a part of a {@link Line} asks on the Line's own behalf; everything on the Line's thread. */
interface Asking {

  /**
   * Asks now.
   *
   * @param heard gets the response, or null if there is none
   */
  void ask(CoapAddress server, Request request, Consumer<@Nullable Response> heard);

  /** Asks when there is room among the messages. */
  void askWhenThereIsRoom(CoapAddress server, Request request, Consumer<@Nullable Response> heard);

  void later(Duration delay, Runnable task);
}

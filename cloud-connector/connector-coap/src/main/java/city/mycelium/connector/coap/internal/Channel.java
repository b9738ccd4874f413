package city.mycelium.connector.coap.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.observe.ObserveNotificationOrderer;
import org.jspecify.annotations.Nullable;

/** An inbound channel that is observed (RFC 7641). For the Line's thread. */
final class Channel {

  /** RFC 7641, 3.3.1: who asks again waits a little longer than Max-Age. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  final String name;
  final Request request;

  /** When its state is no longer fresh, it is asked for again. */
  @Nullable Future<?> refresh;

  private @Nullable ObserveNotificationOrderer order;
  private byte[] last = new byte[0];

  Channel(String name, Request request) {
    this.name = name;
    this.request = request;
  }

  /** Whether a notification is newer than what is known (RFC 7641, 3.4). */
  boolean isNews(Response notification) {
    if (order == null) {
      order = new ObserveNotificationOrderer(notification.getOptions().getObserve());
    } else if (!order.isNew(notification)) {
      return false;
    }
    last = notification.getPayload();
    return true;
  }

  /**
   * Whether the answer to a registration tells something: the first does if the channel is not
   * empty, later ones if something was missed in between.
   */
  boolean tellsSomething(Response registered) {
    order = new ObserveNotificationOrderer(registered.getOptions().getObserve());
    boolean same = Arrays.equals(last, registered.getPayload());
    last = registered.getPayload();
    return !same;
  }

  static Duration untilStale(Response response) {
    return Duration.ofSeconds(response.getOptions().getMaxAge()).plus(GRACE);
  }
}

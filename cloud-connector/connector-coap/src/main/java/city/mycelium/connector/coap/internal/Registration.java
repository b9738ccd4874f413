package city.mycelium.connector.coap.internal;

import java.time.Duration;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The gateway's entry in a resource directory (RFC 9176, 5): made when the connection stands,
 * refreshed while it does, removed at the end. That the gateway only asks and serves no resources
 * shows in the empty list of links. For the Line's thread.
 */
final class Registration {

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final Directory directory;
  private final Asking asking;
  private final String destination;
  private final Logger log;

  /** Where the directory put the entry (RFC 9176, 5: Location-Path); null: nowhere yet. */
  private @Nullable String location;

  private boolean complained;

  Registration(Directory directory, Asking asking, String destination, Logger log) {
    this.directory = directory;
    this.asking = asking;
    this.destination = destination;
    this.log = log;
  }

  void begin() {
    Request request =
        Requests.to(
            CoAP.Code.POST,
            directory.address(),
            "?ep=" + encoded(directory.endpoint()) + "&lt=" + directory.lifetime().toSeconds());
    request.getOptions().setContentFormat(ContentFormat.LINK_FORMAT);
    asking.askWhenThereIsRoom(directory.address(), request, this::registered);
  }

  private void registered(@Nullable Response response) {
    if (response != null && response.isSuccess()) {
      location = response.getOptions().getLocationPathString();
      complained = false;
      log.info("destination {}: registered at {}", destination, directory.address());
      refreshInTime();
    } else {
      location = null;
      if (!complained) {
        complained = true;
        log.warn(
            "destination {}: the resource directory {} does not register this gateway ({}); tried"
                + " again each minute",
            destination,
            directory.address(),
            response == null ? "no answer" : response.getCode().text);
      }
      asking.later(AGAIN, this::begin);
    }
  }

  private void refreshInTime() {
    asking.later(directory.lifetime().multipliedBy(3).dividedBy(4), this::refresh);
  }

  /** RFC 9176, 5.3.1: an empty POST to the entry. */
  private void refresh() {
    asking.askWhenThereIsRoom(
        directory.address(),
        toEntry(CoAP.Code.POST),
        response -> {
          if (response != null && response.isSuccess()) {
            refreshInTime();
          } else {
            begin(); // forgotten there, or nobody knows
          }
        });
  }

  /**
   * Removes the entry (RFC 9176, 5.3.2).
   *
   * @param done when it is, or cannot be
   */
  void end(Runnable done) {
    if (location == null) {
      done.run();
    } else {
      asking.ask(directory.address(), toEntry(CoAP.Code.DELETE), response -> done.run());
    }
  }

  private Request toEntry(CoAP.Code code) {
    CoapAddress server = directory.address();
    return Requests.to(
        code,
        new CoapAddress(server.transport(), server.host(), server.port(), ""),
        location == null ? "" : location);
  }

  private static String encoded(String name) {
    return name.replace("%", "%25").replace("&", "%26");
  }
}

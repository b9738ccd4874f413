package city.mycelium.connector.coap.internal;

import city.mycelium.connector.coap.internal.oscore.Unverified;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;

/**
 * The server's question whether a request is fresh (RFC 9175, 2.3): asked when it was restarted and
 * does not know which sequence numbers it has seen (RFC 8613, B.1.2), or whether an address is
 * real.
 */
final class Echo {

  private Echo() {}

  /** The same request with what the server wants to see, if it wants that; once only. */
  static Optional<Request> again(Request asked, Response response) {
    if (response.getCode() != CoAP.ResponseCode.UNAUTHORIZED
        || response instanceof Unverified
        || in(asked.getOptions()).isPresent()) {
      return Optional.empty();
    }
    return in(response.getOptions()).map(echo -> with(asked, echo));
  }

  private static Optional<Option> in(OptionSet options) {
    return options.asSortedList().stream()
        .filter(option -> option.getNumber() == StandardOptionRegistry.ECHO.getNumber())
        .findFirst();
  }

  private static Request with(Request asked, Option echo) {
    Request again = new Request(asked.getCode(), asked.getType());
    again.setScheme(asked.getScheme());
    again.setOptions(new OptionSet(asked.getOptions()));
    again.getOptions().addOption(echo);
    again.setPayload(asked.getPayload());
    if (asked.isObserve()) { // it is known by its token
      again.setToken(asked.getToken());
    }
    return again;
  }
}

package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.GatewayId;
import java.util.regex.Pattern;

/**
 * One way from a gateway to this receiver. A gateway may have several, with different Datastreams
 * on each; what one covers says nothing about another.
 *
 * @param destination the gateway's name for it (docs/wire.md, 2)
 */
public record Route(GatewayId gateway, String destination) implements Comparable<Route> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9\\-._]{1,64}");

  public Route {
    if (!ALLOWED.matcher(destination).matches()) {
      throw new IllegalArgumentException(
          "a destination's name is 1 to 64 of A-Z a-z 0-9 - . _, not '" + destination + "'");
    }
  }

  @Override
  public int compareTo(Route other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return gateway + "/" + destination;
  }
}

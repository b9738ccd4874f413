package city.mycelium.receiver.internal.intake;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.receiver.internal.store.Route;
import java.util.regex.Pattern;

/** The topics of docs/wire.md, 2: {@code <root>/1/<gateway>/<destination>/<channel>}. */
public final class Topics {

  /** The version of docs/wire.md. */
  private static final String VERSION = "1";

  private static final Pattern ROOT = Pattern.compile("[^+#/\\s]+(/[^+#/\\s]+)*");

  private final String prefix;

  /** What a message on a topic is. */
  enum Channel {
    DATA,
    STATUS
  }

  /** Who says something on a topic. */
  record Spoken(Route route, Channel channel) {}

  /**
   * @param root what stands before the version, {@code mycelium} unless the broker is shared
   * @throws IllegalArgumentException if that cannot be the beginning of a topic
   */
  public Topics(String root) {
    if (!ROOT.matcher(root).matches()) {
      throw new IllegalArgumentException(
          "a topic root is one or more names with '/' between them and no '+' or '#', not '"
              + root
              + "'");
    }
    this.prefix = root + "/" + VERSION + "/";
  }

  /** All data of all gateways. */
  public String dataFilter() {
    return prefix + "+/+/data";
  }

  /** The status of all gateways. */
  public String statusFilter() {
    return prefix + "+/+/status";
  }

  /** Where acknowledgements for a route go. */
  public String acknowledgement(Route route) {
    return prefix + route.gateway().value() + "/" + route.destination() + "/ack";
  }

  /**
   * Who speaks on this topic.
   *
   * @throws SenmlException if it is none of ours
   */
  Spoken parse(String topic) throws SenmlException {
    String[] levels =
        topic.startsWith(prefix) ? topic.substring(prefix.length()).split("/", -1) : new String[0];
    if (levels.length != 3) {
      throw new SenmlException("not a topic of this wire", SenmlException.UNKNOWN_POSITION);
    }
    try {
      Route route = new Route(new GatewayId(levels[0]), levels[1]);
      return new Spoken(route, channel(levels[2]));
    } catch (IllegalArgumentException e) {
      throw new SenmlException(String.valueOf(e.getMessage()), SenmlException.UNKNOWN_POSITION, e);
    }
  }

  private static Channel channel(String name) {
    return switch (name) {
      case "data" -> Channel.DATA;
      case "status" -> Channel.STATUS;
      default -> throw new IllegalArgumentException("no channel is called '" + name + "'");
    };
  }
}

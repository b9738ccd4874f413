package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Message;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a Line for each attempt, in the MQTT that the settings ask for. Where they leave it open it
 * is MQTT 5, until the broker itself says that it does not speak it; from then on it is 3.1.1, for
 * as long as this object lives. A broker that hangs up without a word has said nothing: anything
 * can be the reason. Safe for use by many threads.
 */
final class Lines implements Line.Maker {

  private final MqttSettings settings;
  private final Supplier<Optional<Message>> farewell;
  private final Set<String> inbound;
  private final Failure failure;
  private volatile boolean older;

  Lines(
      MqttSettings settings,
      Supplier<Optional<Message>> farewell,
      Set<String> inbound,
      Failure failure) {
    this.settings = settings;
    this.farewell = farewell;
    this.inbound = inbound;
    this.failure = failure;
  }

  @Override
  public Line make(Line.Events events) {
    return isOlder()
        ? new Mqtt311Line(settings, farewell.get(), inbound, failure, events)
        : new Mqtt5Line(settings, farewell.get(), inbound, failure, () -> older = true, events);
  }

  /** Whether the next one speaks MQTT 3.1.1. */
  boolean isOlder() {
    return switch (settings.version()) {
      case V5 -> false;
      case V3_1_1 -> true;
      case AUTO -> older;
    };
  }
}

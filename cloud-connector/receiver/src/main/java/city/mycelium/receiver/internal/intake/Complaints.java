package city.mycelium.receiver.internal.intake;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what could not be taken, once per topic until something on it is taken again: a gateway
 * sends what was not acknowledged again and again. For one thread.
 */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** More topics than that are not remembered, as their names are the senders' choice. */
  private static final int MAX_TOPICS = 1_000;

  private final Set<String> bad = new HashSet<>();

  void about(String topic, String why) {
    if (bad.size() < MAX_TOPICS && bad.add(topic)) {
      LOG.warn(
          "Refused a message on {}: {}. It is not stored and not acknowledged; the gateway will"
              + " send it again. More like it are counted, not logged.",
          topic,
          why);
    } else {
      LOG.debug("Refused another message on {}: {}", topic, why);
    }
  }

  /** As above, of a message that can never be taken, which its gateway is told. */
  void forGoodAbout(String topic, String why) {
    if (bad.size() < MAX_TOPICS && bad.add(topic)) {
      LOG.warn(
          "Refused a message on {} for good: {}. It is not stored; the gateway is told so and counts"
              + " what was in it as dropped. /v1/gateways/…/refusals shows it. More like it are"
              + " counted, not logged.",
          topic,
          why);
    } else {
      LOG.debug("Refused another message on {} for good: {}", topic, why);
    }
  }

  void noneAbout(String topic) {
    if (bad.remove(topic)) {
      LOG.info("Messages on {} are taken again", topic);
    }
  }
}

package city.mycelium.driver.push.internal;

import city.mycelium.driver.push.internal.kit.AirRohrMessage;
import city.mycelium.driver.push.internal.kit.KitMessage;
import city.mycelium.driver.push.internal.kit.KitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * airRohr JSON, whether meant for Sensor.Community ({@code push-sensor-data}, answered 201 as
 * there) or for the kit's "own API" (answered 200). Every value counts for itself: a bad one is
 * named in a 400 and costs no other.
 */
final class AirRohrEndpoint implements Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(AirRohrEndpoint.class);

  private final Reception reception;
  private final KitSettings kits;
  private final int success;

  /**
   * A new endpoint.
   *
   * @param success the status that the kit expects
   */
  AirRohrEndpoint(Reception reception, KitSettings kits, int success) {
    this.reception = reception;
    this.kits = kits;
    this.success = success;
  }

  @Override
  public Answer answer(Request request) {
    return AirRohrMessage.read(
            request.body(), request.header("X-Sensor"), request.header("X-PIN"), kits)
        .either(
            message -> keep(request, message),
            why -> Answer.error(Answer.BAD_REQUEST, why + "; nothing is kept"));
  }

  private Answer keep(Request request, KitMessage message) {
    if (!message.ignored().isEmpty()) {
      LOG.debug("{} says what is no result here: {}", message.device(), message.ignored());
    }
    return reception
        .receive(request.remote(), request.login(), List.of(message))
        .answer(
            refusals -> {
              List<String> complaints = new ArrayList<>(message.complaints());
              refusals.values().forEach(complaints::addAll);
              return complaints.isEmpty()
                  ? new Answer(success, Map.of(), "{}\n")
                  : partial(complaints);
            });
  }

  private static Answer partial(List<String> complaints) {
    return Answer.error(
        Answer.BAD_REQUEST,
        "partial write: " + String.join("; ", complaints) + "; the other values are kept");
  }
}

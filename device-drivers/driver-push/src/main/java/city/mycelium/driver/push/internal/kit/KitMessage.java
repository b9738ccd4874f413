package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import java.time.Duration;
import java.util.List;

/**
 * What one kit says in one line or body.
 *
 * @param device the kit
 * @param period how often it speaks: an equal message within it is a repeat
 * @param fingerprint what makes two messages of the kit the same message
 * @param timed whether the fingerprint holds the time of the measurement
 * @param results its results, without source keys
 * @param setups which sensor measures, said again in every message though it hardly ever changes
 * @param complaints values that should be results and are not, each in words for a person
 * @param ignored names of fields that mean nothing to us
 */
public record KitMessage(
    DeviceId device,
    Duration period,
    String fingerprint,
    boolean timed,
    List<Reading> results,
    List<Reading> setups,
    List<String> complaints,
    List<String> ignored) {

  public KitMessage {
    results = List.copyOf(results);
    setups = List.copyOf(setups);
    complaints = List.copyOf(complaints);
    ignored = List.copyOf(ignored);
  }
}

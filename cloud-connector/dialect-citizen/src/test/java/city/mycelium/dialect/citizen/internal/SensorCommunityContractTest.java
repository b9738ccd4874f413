package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.observation.Quality;
import city.mycelium.testkit.dialect.DialectContract;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** It holds what every dialect holds. */
class SensorCommunityContractTest extends DialectContract {

  private static final Set<String> SAYABLE =
      Set.of(
          "paddenstoel.123/PM25",
          "paddenstoel.123/PM10",
          "paddenstoel.123/T",
          "paddenstoel.123/RH",
          "paddenstoel.123/P",
          "noise.7/LAeq");

  @Override
  protected DialectKind kind() {
    return new SensorCommunityComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of();
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(200, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return SampleCity.observations().stream()
        .map(each -> each.observation())
        .filter(
            observation ->
                !SAYABLE.contains(observation.datastream().value())
                    || observation.quality() != Quality.GOOD)
        .map(observation -> observation.identity().offset())
        .toList();
  }
}

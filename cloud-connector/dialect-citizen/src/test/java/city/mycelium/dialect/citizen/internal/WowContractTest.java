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
class WowContractTest extends DialectContract {

  private static final Set<String> SAYABLE =
      Set.of("paddenstoel.123/T", "paddenstoel.123/RH", "paddenstoel.123/P");

  @Override
  protected DialectKind kind() {
    return new WowComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "siteId", "917c0000-0000-4000-8000-000000000000", "siteKey", "123456", "thing", "front-12");
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

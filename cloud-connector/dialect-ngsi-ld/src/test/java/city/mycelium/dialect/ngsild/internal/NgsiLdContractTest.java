package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.List;
import java.util.Set;

/** NGSI-LD holds what every dialect holds. */
class NgsiLdContractTest extends DialectContract {

  /** Below the minima of the schemas, a running total, and what no model of ours has. */
  private static final Set<String> NO_MODEL =
      Set.of("flood", "energy-import", "measuring-setup", "vehicle-count");

  @Override
  protected DialectKind kind() {
    return new NgsiLdComponent();
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(204, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return SampleCity.observations().stream()
        .filter(
            each ->
                NO_MODEL.contains(each.datastream().property().name())
                    || each.observation()
                        .result()
                        .equals(new city.mycelium.api.observation.Result.Measurement(-1.25))
                    || each.observation()
                        .result()
                        .equals(new city.mycelium.api.observation.Result.Measurement(-35)))
        .map(each -> each.observation().identity().offset())
        .toList();
  }
}

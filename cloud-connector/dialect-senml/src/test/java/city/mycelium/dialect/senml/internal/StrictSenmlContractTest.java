package city.mycelium.dialect.senml.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;
import java.util.Map;

/** SenML with primary units alone holds what every dialect holds. */
class StrictSenmlContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new SenmlJsonComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("units", "rfc8428");
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(0, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return List.of();
  }
}

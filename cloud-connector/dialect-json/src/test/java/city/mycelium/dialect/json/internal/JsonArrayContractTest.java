package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;
import java.util.Map;

/** Several Observations in a message, of devices whose offsets are mixed. */
class JsonArrayContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new PlainJsonComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("shape", "array", "topic", "{gateway}/{device}");
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

package city.mycelium.dialect.kura.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;
import java.util.Map;

/** Kura's Protobuf holds what every dialect holds. */
class KuraContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new KuraComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("account", "zwolle");
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

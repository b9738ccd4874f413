package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;

/** It holds what every dialect holds. */
class PlainJsonContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new PlainJsonComponent();
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

package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;

/** An edge node without a primary host holds what every dialect holds. */
class SparkplugContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new SparkplugComponent();
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

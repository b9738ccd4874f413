package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;
import java.util.Map;

/** Our own layout holds what every dialect holds. */
class InfluxContractTest extends DialectContract {

  @Override
  protected DialectKind kind() {
    return new InfluxComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("db", "city");
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(204, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return List.of();
  }
}

package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import java.util.List;

/** SensorThings holds what every dialect holds. */
class SensorThingsContractTest extends DialectContract {

  private final FakeServer server = new FakeServer();

  @Override
  protected DialectKind kind() {
    return new SensorThingsComponent();
  }

  @Override
  protected Answer answer(Message message) {
    return server.take(message);
  }

  @Override
  protected List<Long> unspeakable() {
    return List.of();
  }
}

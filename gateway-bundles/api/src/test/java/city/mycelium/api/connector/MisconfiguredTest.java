package city.mycelium.api.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MisconfiguredTest {

  private static final String WHY = "its connector makes no sense: a port is at most 65535";

  private final List<String> said = new ArrayList<>();
  private final Connector connector =
      Misconfigured.unless(
          () -> {
            throw new IllegalArgumentException("a port is at most 65535");
          });

  private final class Ears implements Connector.Listener {
    @Override
    public void connected() {
      said.add("connected");
    }

    @Override
    public void disconnected(String why) {
      said.add(why);
    }

    @Override
    public void received(Message message) {
      said.add("received");
    }
  }

  @Test
  void whoOpensItIsToldWhyAndNothingIsTaken() {
    try (Connector.Session session = connector.open(Optional::empty, Set.of(), new Ears())) {
      assertThat(said).containsExactly(WHY);
      session.hangUp();
      Message message = Message.post("data", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
      assertThat(session.send(message).join()).isEqualTo(new Answer.Unknown(WHY));
    }
    assertThat(said).containsExactly(WHY);
  }

  @Test
  void whoTriesItIsToldToo() {
    assertThat(connector.probe(Duration.ofSeconds(1)))
        .containsExactly(new Check("connector", false, WHY));
  }

  @Test
  void aSoundOneIsItself() {
    assertThat(Misconfigured.unless(() -> connector)).isSameAs(connector);
  }
}

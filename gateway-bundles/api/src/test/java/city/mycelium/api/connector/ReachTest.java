package city.mycelium.api.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Test
  void portThatSomebodyListensOnIsReached() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      List<Check> checks = Reach.tcp("127.0.0.1", port, PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route");
      assertThat(Reach.allOk(checks)).isTrue();
    }
    Check closed = Reach.tcp("127.0.0.1", port, PATIENCE).get(1);
    assertThat(closed.ok()).isFalse();
    assertThat(closed.sentence()).startsWith("nobody listens at port " + port + " of 127.0.0.1");
  }

  /** RFC 6761, 6.4: no name below it is ever known. */
  @Test
  void nameThatNobodyKnowsEndsIt() {
    List<Check> checks = Reach.tcp("platform.invalid", 443, PATIENCE);
    assertThat(checks).hasSize(1);
    assertThat(checks.get(0).ok()).isFalse();
    assertThat(checks.get(0).sentence()).startsWith("nobody knows the name platform.invalid");
  }

  @Test
  void anAddressInBracketsIsOneToo() {
    assertThat(Reach.name("[::1]", PATIENCE).ok()).isTrue();
  }

  @Test
  void whatWasNotTriedSpeaksAgainstNothing() {
    Check untried = Check.untried("read back", "there is no way to ask");
    assertThat(untried.ok()).isTrue();
    assertThat(untried.finding()).isEqualTo(Check.Finding.UNTRIED);
    assertThat(Reach.allOk(List.of(untried, new Check("login", false, "no")))).isFalse();
  }
}

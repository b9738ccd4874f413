package city.mycelium.driver.lorawan.internal.gwmp;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.PacketForwarder;
import city.mycelium.testkit.RecordingLogger;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Over real sockets on the loopback. */
class GwmpFrontTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final Recorder recorder = new Recorder();
  private final RecordingLogger log = new RecordingLogger();
  private final GwmpFront front = front(0);

  private GwmpFront front(int port) {
    GwmpSettings settings =
        new GwmpSettings(LOOPBACK, port, Set.of(), 4_096, 5_000, 1 << 20, Duration.ofSeconds(10));
    return new GwmpFront(settings, recorder, clock, new ThreadSchedulers(), new Random(7), log);
  }

  @BeforeEach
  void start() {
    front.start();
    await("the port is open", () -> front.port().isPresent(), PATIENCE);
  }

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void aForwarderIsHeardAndAnswered() throws Exception {
    try (PacketForwarder roof = new PacketForwarder(0xb827ebfffe000001L, 2, port())) {
      int pull = roof.pull();
      assertThat(roof.awaitDown(PATIENCE))
          .isEqualTo(new PacketForwarder.FromServer(2, pull, 4, ""));
      int push = roof.push(new byte[] {1, 2, 3}, 1_000);
      assertThat(roof.awaitUp(PATIENCE)).isEqualTo(new PacketForwarder.FromServer(2, push, 1, ""));
      await("the frame is heard", () -> recorder.calls.size() == 1, PATIENCE);

      Recorder.Call call = recorder.calls.get(0);
      CompletableFuture<Sent> sent =
          call.by()
              .send(
                  new Downlink(
                      new Eui(1),
                      new byte[] {0x60},
                      List.of(
                          new Window(
                              Duration.ofSeconds(1), 868_100_000, new DataRate.Lora(7, 125), 14))),
                  call.uplink().reception());
      PacketForwarder.FromServer down = roof.awaitDown(PATIENCE);
      assertThat(down.kind()).isEqualTo(3);
      assertThat(down.json()).contains("\"tmst\":1001000,");
      roof.txAck(down.token(), "NONE");
      await("TX_ACK is understood", sent::isDone, PATIENCE);
      assertThat(sent.join()).isEqualTo(new Sent.InWindow(0));
    }
  }

  // What was there first keeps the port; the gateway comes when it goes.
  @Test
  void aPortThatIsTakenIsTriedAgain() throws Exception {
    DatagramSocket taken = new DatagramSocket(0, LOOPBACK);
    GwmpFront second = front(taken.getLocalPort());
    try (second) {
      second.start();
      await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(second.port()).isEmpty();
      taken.close();
      await("the port is open", () -> second.port().isPresent(), PATIENCE);
      assertThat(log.messages(Level.WARN)).hasSize(1);
    } finally {
      taken.close();
    }
  }

  @Test
  void closingFreesThePort() throws Exception {
    int port = port();
    front.close();

    new DatagramSocket(port, LOOPBACK).close();
    assertThat(front.port()).isEmpty();
  }

  // Whoever can reach the port can claim to be any concentrator.
  @Test
  void beyondTheLoopbackAListIsNeeded() throws Exception {
    InetAddress everywhere = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(() -> settings(everywhere, Set.of(), 1_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list the EUIs");
    assertThat(settings(everywhere, Set.of(new Eui(1)), 1_000).allowed()).hasSize(1);
    assertThatThrownBy(() -> settings(LOOPBACK, Set.of(), 11)).hasMessageContaining("12 to 65507");
  }

  private static GwmpSettings settings(InetAddress address, Set<Eui> allowed, int longest) {
    return new GwmpSettings(address, 0, allowed, longest, 10, 1_000, Duration.ofSeconds(1));
  }

  private int port() {
    return front.port().orElseThrow();
  }
}

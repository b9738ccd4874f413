package city.mycelium.libraries.paho;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However an attempt or a connection ends, no thread of Paho's remains. */
class GatedClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PATIENCE_MILLIS = PATIENCE.toMillis();
  private static final String CLIENT = "gated";

  /** MQTT 5, 3.2: CONNACK, no session, success, no properties. */
  private static final byte[] WELCOME = {0x20, 0x03, 0x00, 0x00, 0x00};

  private ServerSocket broker;

  @BeforeEach
  void listen() throws IOException {
    broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    broker.close();
  }

  /** Such as a proxy whose broker is down. Paho alone leaves a thread spinning each time. */
  @Test
  void brokerThatHangsUpAtOnceLeavesNoThread() throws Exception {
    for (int i = 0; i < 5; i++) {
      GatedClient client = client();
      IMqttToken attempt = client.connect(options());
      broker.accept().close();
      assertThatThrownBy(() -> attempt.waitForCompletion(PATIENCE_MILLIS))
          .isInstanceOf(MqttException.class);
      client.cut();
    }
    assertNoThreadIsLeft();
  }

  /** With the control: while it stands, there are threads, and they are found. */
  @Test
  void connectionHasThreadsUntilItIsCut() throws Exception {
    GatedClient client = client();
    IMqttToken attempt = client.connect(options());
    try (Socket accepted = broker.accept()) {
      accepted.getOutputStream().write(WELCOME);
      attempt.waitForCompletion(PATIENCE_MILLIS);
      assertThat(threads()).isNotEmpty();

      client.cut();
      assertThat(client.isConnected()).isFalse();
      assertNoThreadIsLeft();
    }
  }

  @Test
  void attemptIsCutWhileTheBrokerSaysNothing() throws Exception {
    GatedClient client = client();
    IMqttToken attempt = client.connect(options());
    try (Socket accepted = broker.accept()) {
      accepted.setSoTimeout((int) PATIENCE_MILLIS);
      assertThat(accepted.getInputStream().read()).as("MQTT 5, 3.1: CONNECT").isEqualTo(0x10);

      client.cut();
      assertThat(accepted.getInputStream().readAllBytes()).as("the rest of it").isNotEmpty();
      assertThatThrownBy(() -> attempt.waitForCompletion(PATIENCE_MILLIS))
          .isInstanceOf(MqttException.class);
      assertNoThreadIsLeft();
    }
  }

  /** It would wait for as long as it was told to wait, here for the broker's part of TLS. */
  @Test
  void abortEndsTheOpeningOfTheNetwork() throws Exception {
    GatedClient client = new GatedClient("ssl://127.0.0.1:" + broker.getLocalPort(), CLIENT);
    MqttConnectionOptions options = options();
    options.setConnectionTimeout(10 * (int) PATIENCE.toSeconds());
    client.connect(options);
    try (Socket accepted = broker.accept()) {
      accepted.setSoTimeout((int) PATIENCE_MILLIS);
      assertThat(accepted.getInputStream().read()).as("RFC 8446, 5.1: handshake").isEqualTo(22);

      client.abort();
      assertThat(accepted.getInputStream().readAllBytes()).as("the rest of it").isNotEmpty();
      client.cut();
      assertNoThreadIsLeft();
    }
  }

  /**
   * In between Paho starts a thread that reads and waits to see it run. If the network is closed by
   * then, that thread has ended already, and Paho waits for ever.
   */
  @Test
  void abortWaitsUntilConnectIsWrittenOnceTheNetworkIsOpen() throws Exception {
    GatedClient client = client();
    Thread aborting = new Thread(client::abort, "aborting");
    MqttConnectionOptions options = options();
    options.setSocketFactory(
        new Sockets(
            () -> {
              aborting.start();
              await("abort waits, or has closed it", () -> isAtRest(aborting), PATIENCE);
            }));
    client.connect(options);
    try (Socket accepted = broker.accept()) {
      accepted.setSoTimeout((int) PATIENCE_MILLIS);
      assertThat(accepted.getInputStream().readAllBytes()).as("CONNECT").isNotEmpty();
      client.cut();
      assertNoThreadIsLeft();
    }
  }

  private static boolean isAtRest(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.TERMINATED;
  }

  /** Whatever Paho is doing by then: opening the network, starting threads, or writing. */
  @Test
  void attemptIsCutAsSoonAsItHasBegun() throws Exception {
    for (int i = 0; i < 10; i++) {
      GatedClient client = client();
      client.connect(options());
      client.cut();
    }
    assertNoThreadIsLeft();
  }

  @Test
  void afterAnAbortNoNetworkIsOpened() throws Exception {
    GatedClient client = client();
    client.abort();
    IMqttToken attempt = client.connect(options());
    assertThatThrownBy(() -> attempt.waitForCompletion(PATIENCE_MILLIS))
        .isInstanceOf(MqttException.class);

    // Control: the first who comes to the broker is somebody else.
    try (Socket other = new Socket(broker.getInetAddress(), broker.getLocalPort());
        Socket accepted = broker.accept()) {
      assertThat(accepted.getPort()).isEqualTo(other.getLocalPort());
    }
    client.cut();
    assertNoThreadIsLeft();
  }

  @Test
  void cuttingTwiceOrBeforeTheBeginningDoesNoHarm() throws Exception {
    GatedClient client = client();
    client.cut();
    client.cut();

    GatedClient connected = client();
    connected.connect(options());
    connected.cut();
    connected.cut();
    assertNoThreadIsLeft();
  }

  /** Of sockets that tell when Paho has opened the network and begins to use it. */
  private static final class Sockets extends SocketFactory {

    private final Runnable opened;

    Sockets(Runnable opened) {
      this.opened = opened;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public InputStream getInputStream() throws IOException {
          InputStream in = super.getInputStream();
          opened.run();
          return in;
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException("Paho connects by itself");
    }
  }

  private GatedClient client() throws MqttException {
    return new GatedClient("tcp://127.0.0.1:" + broker.getLocalPort(), CLIENT);
  }

  private static MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    return options;
  }

  private static void assertNoThreadIsLeft() {
    await("no thread is left", () -> threads().isEmpty(), PATIENCE);
  }

  /** Paho names its threads after the client id, and starts them without a name. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                thread.getKey().getName().endsWith(CLIENT)
                    || List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.eclipse.paho")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }
}

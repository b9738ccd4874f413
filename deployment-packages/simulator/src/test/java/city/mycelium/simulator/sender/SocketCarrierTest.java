package city.mycelium.simulator.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.simulator.kit.Post;
import city.mycelium.testkit.Await;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketCarrierTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Post POST =
      new Post("/write?db=x", Map.of("X-Sensor", "esp-1"), "PM10=1.5 µ", List.of());

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Sensor")
                  + " "
                  + body);
          exchange.sendResponseHeaders(207, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @Test
  void postsPathHeadersAndBodyAndReturnsTheStatus() throws IOException {
    assertThat(carrierTo(server.getAddress().getPort(), LONG).post(POST)).isEqualTo(207);
    assertThat(heard).containsExactly("POST /write?db=x esp-1 PM10=1.5 µ");
  }

  @Test
  void hangingUpStillDeliversTheWholePost() throws IOException {
    carrierTo(server.getAddress().getPort(), LONG).postAndHangUp(POST);

    Await.await("the post has arrived", () -> heard.size() == 1, LONG);
    assertThat(heard).containsExactly("POST /write?db=x esp-1 PM10=1.5 µ");
  }

  @Test
  void nobodyThereIsNoAnswer() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> carrierTo(port, LONG).post(POST)).isInstanceOf(IOException.class);
  }

  /** The kernel takes the connection, but nobody ever answers. */
  @Test
  void losesItsPatienceWithAServerThatIsSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> carrierTo(silent.getLocalPort(), Duration.ofMillis(50)).post(POST))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anAnswerThatIsNotHttpIsNoAnswer() throws Exception {
    try (ServerSocket strange = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread talker = new Thread(() -> talk(strange));
      talker.start();

      assertThatThrownBy(() -> carrierTo(strange.getLocalPort(), LONG).post(POST))
          .isInstanceOf(IOException.class);
      talker.join();
    }
  }

  private static void talk(ServerSocket at) {
    try (Socket socket = at.accept()) {
      socket.getInputStream().read(new byte[1000]);
      socket
          .getOutputStream()
          .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SocketCarrier carrierTo(int port, Duration patience) {
    return new SocketCarrier("127.0.0.1", port, patience);
  }
}

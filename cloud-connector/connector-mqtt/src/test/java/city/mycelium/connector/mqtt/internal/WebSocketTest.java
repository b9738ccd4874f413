package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.MosquittoProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over WebSocket, against a real broker. */
class WebSocketTest {

  @TempDir Path directory;

  // 100 KB: frames whose length has eight bytes on the way there (RFC 6455, 5.2), and several reads
  // on the way back.
  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void messagesComeAndGoAndTheLineIsFoundAgain(MqttVersion version) throws Exception {
    int port = MosquittoProcess.freePort();
    String large = "x".repeat(100_000);
    try (MosquittoProcess broker =
            MosquittoProcess.start(
                directory, false, "listener " + port + " 127.0.0.1", "protocol websockets");
        Watcher watcher = new Watcher(broker.port());
        Owner owner =
            new Owner(
                    Setup.to("ws://127.0.0.1:" + port + "/mqtt", "g1").version(version).settings(),
                    "ack")
                .awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", large))).isInstanceOf(Answer.Replied.class);
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/data").payload()).isEqualTo(large);
      watcher.publish("mycelium/1/g1/city/ack", large, false);
      watcher.publish("mycelium/1/g1/city/ack", "small", false);
      await("both are heard", () -> owner.received.size() == 2, Owner.PATIENCE);
      assertThat(owner.received.get(0).payload()).isEqualTo(large.getBytes(StandardCharsets.UTF_8));
      assertThat(owner.received.get(1).payload())
          .isEqualTo("small".getBytes(StandardCharsets.UTF_8));
      assertThat(owner.losses).isEmpty();

      broker.kill();
      assertThat(owner.awaitLoss()).contains("ws://127.0.0.1:" + port + "/mqtt");
      broker.restart();
      owner.awaitConnections(2);
      assertThat(Owner.awaitAnswer(owner.send("data", "again"))).isInstanceOf(Answer.Replied.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void whoClosesSaysFarewell(MqttVersion version) throws Exception {
    int port = MosquittoProcess.freePort();
    try (MosquittoProcess broker =
            MosquittoProcess.start(
                directory, false, "listener " + port + " 127.0.0.1", "protocol websockets");
        Watcher watcher = new Watcher(broker.port())) {
      new Owner(Setup.to("ws://127.0.0.1:" + port, "g1").version(version).settings())
          .awaitConnected()
          .close();
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/status").payload()).isEqualTo("gone");
    }
  }

  // Such as a web server, or a proxy that does not know the path.
  @Test
  void aServerThatAnswersOtherwiseIsQuoted() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Owner owner =
            new Owner(
                Setup.to("ws://127.0.0.1:" + server.getLocalPort() + "/nowhere?token=s3cret", "g1")
                    .settings())) {
      answer(server, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      assertThat(owner.awaitLoss())
          .contains("answers HTTP status 404")
          .contains("check the path /nowhere in the address")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    try (BadLine line = BadLine.thatOnly(BadLine.Manner.SAY_NOTHING);
        Owner owner =
            new Owner(
                Setup.to("ws://127.0.0.1:" + line.port(), "g1")
                    .connectTimeout(Duration.ofSeconds(1))
                    .settings())) {
      assertThat(owner.awaitLoss()).contains("did not answer within 1 s");
    }
  }

  private static void answer(ServerSocket server, String words) throws IOException {
    server.setSoTimeout((int) Owner.PATIENCE.toMillis());
    try (Socket client = server.accept()) {
      client.setSoTimeout((int) Owner.PATIENCE.toMillis());
      assertThat(client.getInputStream().read()).isEqualTo('G');
      client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      client.getInputStream().readAllBytes(); // else what was written might get lost
    }
  }
}

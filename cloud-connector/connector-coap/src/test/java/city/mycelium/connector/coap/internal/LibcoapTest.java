package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against libcoap's server, which none of our code knows. */
class LibcoapTest {

  @TempDir Path directory;
  private Path key;

  @BeforeEach
  void writeKey() throws Exception {
    key = Files.writeString(directory.resolve("psk"), "secret\n");
  }

  private Security psk() {
    return new Security.SharedKey("gateway1", key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coap", "coap+tcp", "coaps"})
  void aMessageIsKeptThere(String scheme) {
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner = new Owner(to(server, scheme).settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "hello")))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(201));
      assertThat(Owner.awaitAnswer(owner.send("data", "hello again")))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(204));
      assertThat(server.kept("city/data")).isEqualTo("hello again");
    }
  }

  // RFC 7959; over TCP it is one message (RFC 8323, 5.3.1).
  @ParameterizedTest
  @ValueSource(strings = {"coap", "coap+tcp", "coaps"})
  void fiveThousandBytesArriveWhole(String scheme) {
    String text = "0123456789".repeat(500);
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner = new Owner(to(server, scheme).blockSize(256).settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", text))).isInstanceOf(Answer.Replied.class);
      assertThat(server.kept("city/data")).isEqualTo(text);
      assertThat(
              Owner.awaitAnswer(
                  owner.session.send(Message.get("data", "application/octet-stream"))))
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> assertThat(new String(replied.body())).isEqualTo(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coap", "coap+tcp", "coaps"})
  void whatChangesThereIsHeard(String scheme) {
    try (LibcoapServer server = LibcoapServer.start(directory)) {
      try (Owner first = new Owner(to(server, scheme).settings()).awaitConnected()) {
        Owner.awaitAnswer(first.send("ack", "kept"));
        try (Owner owner = new Owner(to(server, scheme).settings(), "ack").awaitConnected()) {
          await("what was kept is heard", () -> owner.received.size() == 1, Owner.PATIENCE);
          Owner.awaitAnswer(first.send("ack", "now"));
          await("what is new is heard", () -> owner.received.size() >= 2, Owner.PATIENCE);
          assertThat(owner.received)
              .extracting(message -> new String(message.payload()))
              .containsExactly("kept", "now");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coap", "coap+tcp", "coaps"})
  void aServerThatIsRestartedIsFoundAgain(String scheme) {
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner =
            new Owner(
                    to(server, scheme)
                        .ackTimeout(Duration.ofMillis(50))
                        .connectTimeout(Duration.ofSeconds(3))
                        .settings())
                .awaitConnected()) {
      server.restart();
      await(
          "a message is taken again",
          () -> Owner.awaitAnswer(owner.send("data", "there again")) instanceof Answer.Replied,
          Owner.PATIENCE);
      assertThat(server.kept("city/data")).isEqualTo("there again");
    }
  }

  @Test
  void anotherKeyIsSaidInWords() throws Exception {
    Files.writeString(key, "guess");
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner =
            new Owner(
                to(server, "coaps")
                    .ackTimeout(Duration.ofMillis(200))
                    .connectTimeout(Duration.ofSeconds(3))
                    .settings())) {
      assertThat(owner.awaitLoss()).contains("pskFile");
    }
  }

  @Test
  void aKeyFileThatIsNotThereIsNamedAndReadWhenItIs() throws Exception {
    Files.delete(key);
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner = new Owner(to(server, "coaps").settings())) {
      assertThat(owner.awaitLoss()).contains("psk cannot be read");
      Files.writeString(key, "hex:736563726574"); // "secret"
      owner.awaitConnected();
    }
  }

  // RFC 9176, 5: registered at the beginning, removed at the end. (libcoap 4.3.1's directory frees
  // the entry twice and dies of it; RegistrationTest has one that lives.)
  @Test
  void theGatewayIsInTheDirectoryWhileItIsThere() {
    try (LibcoapServer rd = LibcoapServer.directory(directory);
        LibcoapServer server = LibcoapServer.start(directory)) {
      try (Owner owner =
          new Owner(
                  to(server, "coap").directory("coap://127.0.0.1:" + rd.port() + "/rd").settings())
              .awaitConnected()) {
        await("registered", () -> rd.kept(".well-known/core").contains("</rd/"), Owner.PATIENCE);
        assertThat(owner.losses).isEmpty();
        assertThat(rd.said()).contains("ep=mushroomgateway").contains("lt=90000");
      }
      await("it is told to remove it", () -> rd.said().contains("c:DELETE"), Owner.PATIENCE);
    }
  }

  // RFC 7252, 5.4.1: who does not know a critical option says 4.02. Debian's libcoap has no OSCORE.
  @Test
  void aServerWithoutOscoreSaysSo() throws Exception {
    OscoreKeys keys = new OscoreKeys(directory);
    try (LibcoapServer server = LibcoapServer.start(directory);
        Owner owner =
            new Owner(to(server, "coap").oscore(keys.gateway()).settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "x")))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> assertThat(refused.why()).contains("does not understand OSCORE (4.02"));
    }
  }

  private Setup to(LibcoapServer server, String scheme) {
    int port = scheme.equals("coaps") ? server.securePort() : server.port();
    Setup setup = Setup.to(scheme + "://127.0.0.1:" + port + "/city");
    return scheme.equals("coaps") ? setup.security(psk()) : setup;
  }
}

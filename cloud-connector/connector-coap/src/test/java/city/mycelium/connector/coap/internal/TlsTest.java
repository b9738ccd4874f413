package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.Authority;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoAP over TLS against libcoap's server. */
class TlsTest {

  @TempDir Path directory;

  // RFC 8323, 9.1: a server shows a certificate, which is trusted by authority and by name.
  @Test
  void overTlsItIsTheSame() throws Exception {
    Authority city = Authority.named(directory, "city").issue("server", "EC", "dns:localhost");
    String text = "0123456789".repeat(500);
    try (LibcoapServer server = LibcoapServer.certified(directory, city, "server")) {
      try (Owner first = new Owner(tls(server, "localhost", city.caFile())).awaitConnected()) {
        assertThat(Owner.awaitAnswer(first.send("data", text))).isInstanceOf(Answer.Replied.class);
        assertThat(server.kept("city/data")).isEqualTo(text);
        Owner.awaitAnswer(first.send("ack", "kept"));
        try (Owner owner =
            new Owner(tls(server, "localhost", city.caFile()), "ack").awaitConnected()) {
          await("what was kept is heard", () -> owner.received.size() == 1, Owner.PATIENCE);
          Owner.awaitAnswer(first.send("ack", "now"));
          await("what is new is heard", () -> owner.received.size() == 2, Owner.PATIENCE);
        }
        server.restart();
        await(
            "a message is taken again",
            () -> Owner.awaitAnswer(first.send("data", "again")) instanceof Answer.Replied,
            Owner.PATIENCE);
        assertThat(server.said()).contains("TLS");
      }
      try (Owner owner = new Owner(tls(server, "localhost", null))) {
        assertThat(owner.awaitLoss()).contains("caFile"); // nobody that Java trusts has signed it
      }
      try (Owner owner = new Owner(tls(server, "127.0.0.1", city.caFile()))) {
        assertThat(owner.awaitLoss()).contains("127.0.0.1");
      }
    }
  }

  private static CoapSettings tls(LibcoapServer server, String host, @Nullable Path caFile) {
    return Setup.to("coaps+tcp://" + host + ":" + server.securePort() + "/city")
        .security(new Security.Certificates(caFile, null, null))
        .settings();
  }
}

package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A gateway runs for years: whatever state a connection is closed in, no thread of it remains. */
@Isolated // it counts all threads
class ThreadsTest {

  @TempDir Path directory;

  @Test
  void closedWhileItStandsOrAtOnceOrWhileNobodyIsThere() throws Exception {
    Security psk =
        new Security.SharedKey("gateway1", Files.writeString(directory.resolve("psk"), "secret"));
    try (LibcoapServer server = LibcoapServer.start(directory)) {
      List<String> before = all();
      List<Setup> setups =
          List.of(
              Setup.udp(server.port()),
              Setup.dtls(server.securePort(), psk),
              Setup.to("coap+tcp://127.0.0.1:" + server.port() + "/city"));
      for (Setup setup : setups) {
        Owner owner = new Owner(setup.settings()).awaitConnected();
        int threads = all().size() - before.size();
        assertThat(threads).isBetween(2, 5); // the control, and that they are few
        owner.close();
        new Owner(setup.settings()).close();
        assertNoneBut(before);
      }
      for (String uri : List.of("coap", "coap+tcp")) {
        Owner owner =
            new Owner(
                Setup.to(uri + "://127.0.0.1:" + Setup.freePort())
                    .connectTimeout(Duration.ofSeconds(1))
                    .settings());
        await("two attempts", () -> owner.losses.size() >= 2, Owner.PATIENCE);
        owner.close();
        assertNoneBut(before);
      }
    }
  }

  private static void assertNoneBut(List<String> before) {
    await(
        "no thread is left",
        () -> {
          List<String> left = new java.util.ArrayList<>(all());
          left.removeAll(before);
          if (!left.isEmpty()) {
            throw new IllegalStateException(left.toString());
          }
          return true;
        },
        Owner.PATIENCE);
  }

  /** JUnit's and the JVM's own come and go. */
  private static List<String> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("coap-")
                    || name.contains("UDP")
                    || name.contains("DTLS")
                    || name.contains("Coap"))
        .toList();
  }
}

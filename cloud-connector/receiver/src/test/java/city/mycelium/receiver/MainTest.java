package city.mycelium.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.MosquittoProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a service manager and a shell script see it. */
class MainTest {

  @TempDir private Path folder;

  @Test
  void helpIsNoFailure() throws Exception {
    try (ReceiverProcess process = ReceiverProcess.start(folder, Main.class, "--help")) {
      assertThat(process.exitCode()).isZero();
      assertThat(process.said()).startsWith("Usage:");
    }
  }

  @Test
  void wrongUsageIsToldApart() throws Exception {
    try (ReceiverProcess process = ReceiverProcess.start(folder, Main.class, "--colour", "red")) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.said()).contains("--colour", "--help");
    }
  }

  @Test
  void aDatabaseThatCannotBeUsedIsSaidInWords() throws Exception {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam, ".repeat(99));
    try (ReceiverProcess process = start("--db", letter.toString(), "--http-port", "0")) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.said()).contains("could not start", "letter.txt");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInWords() throws Exception {
    try (ReceiverProcess first = start("--db", database("a"), "--http-port", "0")) {
      String taken = Integer.toString(first.httpAddress().getPort());
      try (ReceiverProcess second = start("--db", database("b"), "--http-port", taken)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.said()).contains("cannot listen", taken);
      }
    }
  }

  /** It is ready when it answers; the broker may come later, and /health says which. */
  @Test
  void answersBeforeThereIsABrokerAndEndsCleanlyWhenTold() throws Exception {
    try (ReceiverProcess process = start("--db", database("a"), "--http-port", "0")) {
      HttpResponse<String> health = get(process.httpAddress().resolve("health"));
      assertThat(health.statusCode()).isEqualTo(503);

      process.terminate();
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void endsCleanlyWhenToldWhileItIsConnected() throws Exception {
    try (MosquittoProcess broker =
            MosquittoProcess.start(Files.createDirectory(folder.resolve("broker")), false);
        ReceiverProcess process =
            ReceiverProcess.start(
                folder,
                Main.class,
                "--mqtt-url",
                "tcp://127.0.0.1:" + broker.port(),
                "--db",
                database("a"),
                "--http-port",
                "0")) {
      process.awaitSaying("Connected to the broker");

      process.terminate();
      assertThat(process.exitCode()).isZero();
      // Mosquitto tells a proper farewell from a connection that broke.
      assertThat(broker.said()).contains("mycelium-receiver disconnected");
    }
  }

  private ReceiverProcess start(String... arguments) throws Exception {
    String nobody = "tcp://127.0.0.1:" + MosquittoProcess.freePort();
    String[] all = new String[arguments.length + 2];
    all[0] = "--mqtt-url";
    all[1] = nobody;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return ReceiverProcess.start(folder, Main.class, all);
  }

  private String database(String name) {
    return folder.resolve(name + ".db").toString();
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}

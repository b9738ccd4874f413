package city.mycelium.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a real socket: the file, its permissions and the threads are what this class is about. */
@Timeout(30)
class ControlSocketTest {

  private static final String PING = "{\"command\":\"ping\"}\n";
  private static final String PONG = "{\"ok\":true,\"answer\":{\"pong\":true}}";
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private final Requests requests = new Requests();
  private final FakeCommand ping = new FakeCommand("ping", arguments -> Map.of("pong", true));
  private ControlSocket socket;

  @BeforeEach
  void open() throws Exception {
    requests.add(ping);
    socket = new ControlSocket(directory, requests);
  }

  @AfterEach
  void close() throws Exception {
    socket.close();
  }

  @Test
  void everyRequestIsAnsweredByOneLine() throws Exception {
    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);
      assertThat(client.ask("{\"command\":\"pong\"}\n")).startsWith("{\"ok\":false");
      assertThat(client.ask(PING + PING)).isEqualTo(PONG);
      assertThat(client.answer()).isEqualTo(PONG);
    }
  }

  @Test
  void onlyItsOwnUserMayOpenIt() throws Exception {
    assertThat(Files.getPosixFilePermissions(directory.resolve(ControlSocket.FILE_NAME)))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void clientsAreServedOneAfterTheOther() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Client client = new Client()) {
        assertThat(client.ask(PING)).isEqualTo(PONG);
      }
    }
  }

  // A command line that was stopped with Ctrl-Z, or a live view that stays.
  @Test
  void aClientThatSaysNothingKeepsNobodyWaiting() throws Exception {
    try (Client silent = new Client();
        Client other = new Client()) {
      assertThat(other.ask(PING)).isEqualTo(PONG);
      assertThat(silent.ask(PING)).isEqualTo(PONG);
    }
  }

  @Test
  void oneClientTooManyIsToldSoAndServedWhenAnotherHasGone() throws Exception {
    List<Client> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < ControlSocket.CONVERSATIONS_AT_ONCE; i++) {
        Client client = new Client();
        crowd.add(client);
        assertThat(client.ask(PING)).isEqualTo(PONG);
      }
      try (Client tooMany = new Client()) {
        assertThat(tooMany.answer())
            .isEqualTo(
                "{\"ok\":false,\"error\":\"8 commands talk to the gateway already. End one of them,"
                    + " then try again.\"}");
        assertThat(tooMany.answer()).isNull();
      }
      crowd.remove(0).close();
      Await.await(
          "there is room again",
          () -> {
            try (Client next = new Client()) {
              return PONG.equals(next.ask(PING));
            }
          },
          SOON);
    } finally {
      for (Client client : crowd) {
        client.close();
      }
    }
  }

  @Test
  void aRequestMayComeInPieces() throws Exception {
    try (Client client = new Client()) {
      for (byte one : PING.getBytes(StandardCharsets.UTF_8)) {
        client.send(new byte[] {one});
      }
      assertThat(client.answer()).isEqualTo(PONG);
    }
  }

  @Test
  void aHalfRequestIsNeverRun() throws Exception {
    try (Client client = new Client()) {
      client.send(PING.strip().getBytes(StandardCharsets.UTF_8)); // whole, but for its line feed
      client.endSending();
      assertThat(client.answer()).isNull();
    }

    assertThat(ping.asked()).isEmpty();
    try (Client next = new Client()) {
      assertThat(next.ask(PING)).isEqualTo(PONG);
    }
  }

  @Test
  void garbageIsAnsweredInWordsAndTheConversationGoesOn() throws Exception {
    Random random = new Random(20261123);
    try (Client client = new Client()) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        for (int j = 0; j < garbage.length; j++) {
          garbage[j] = garbage[j] == '\n' ? 0 : garbage[j];
        }
        client.send(garbage);
        assertThat(client.ask("\n")).startsWith("{\"ok\":false,\"error\":\"this is not a request");
      }
      assertThat(client.ask(PING)).isEqualTo(PONG);
    }
  }

  @Test
  void aRequestThatIsTooLongIsAnsweredInWordsAndEndsTheConversation() throws Exception {
    String padding = " ".repeat(ControlSocket.LONGEST_REQUEST_CHARS - PING.strip().length());
    try (Client client = new Client()) {
      assertThat(client.ask(padding + PING)).isEqualTo(PONG); // just short enough
      client.send((padding + " " + PING.strip()).getBytes(StandardCharsets.UTF_8));
      assertThat(client.answer())
          .isEqualTo(
              "{\"ok\":false,\"error\":\"a request has at most 65536 characters; this is longer\"}");
      assertThat(client.answer()).isNull();
    }
    assertThat(ping.asked()).hasSize(1);
  }

  @Test
  void aCommandThatThrowsEndsNoConversation() throws Exception {
    requests.add(
        new FakeCommand(
            "broken",
            arguments -> {
              throw new StackOverflowError("a bug");
            }));
    try (Client client = new Client()) {
      assertThat(client.ask("{\"command\":\"broken\"}\n")).startsWith("{\"ok\":false");
      assertThat(client.ask(PING)).isEqualTo(PONG);
    }
  }

  // Left behind by a gateway that was killed; a socket whose owner is gone cannot be bound again.
  @Test
  void theSocketOfADeadGatewayIsReplaced() throws Exception {
    socket.close();
    Path stale = directory.resolve(ControlSocket.FILE_NAME);
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(stale));
    }
    assertThat(stale).exists();

    socket = new ControlSocket(directory, requests);

    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);
    }
  }

  @Test
  void closingEndsConversationsAndTakesTheSocketAway() throws Exception {
    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);

      socket.close();

      assertThat(client.answer()).isNull();
    }
    assertThat(directory.resolve(ControlSocket.FILE_NAME)).doesNotExist();
    socket = new ControlSocket(directory, requests);
    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);
    }
  }

  // A thread that stays waits for ever, or spins. The control: while the socket stands it is there.
  @Test
  void closingEndsTheThreadsOfTheSocketAndOfItsConversations() throws Exception {
    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);
      assertThat(threads()).contains("mycelium-control", "mycelium-control-conversation");

      socket.close();

      Await.await("no thread is left", () -> threads().isEmpty(), SOON);
    }
  }

  // The gateway ends when its main thread does, whoever is still in conversation.
  @Test
  void noThreadKeepsTheProcessAlive() throws Exception {
    try (Client client = new Client()) {
      assertThat(client.ask(PING)).isEqualTo(PONG);

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("mycelium-control"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("mycelium-control"))
        .toList();
  }

  @Test
  void whatIsNotAsciiComesThroughBothWays() throws Exception {
    try (Client client = new Client()) {
      assertThat(client.ask("{\"command\":\"één\"}\n")).contains("there is no command 'één'");
    }
  }

  // It may be writing a file, and an interrupt closes the file under its hands.
  @Test
  void closingInterruptsNoCommand() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
    requests.add(
        new FakeCommand(
            "slow",
            arguments -> {
              running.countDown();
              try {
                undisturbed.complete(goOn.await(20, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                undisturbed.complete(false);
              }
              return Map.of();
            }));
    try (Client client = new Client()) {
      client.send("{\"command\":\"slow\"}\n".getBytes(StandardCharsets.UTF_8));
      running.await();

      socket.close();
      goOn.countDown();

      assertThat(undisturbed.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(client.answer()).isNull();
    }
  }

  /** Somebody who types. */
  private final class Client implements AutoCloseable {

    private final SocketChannel channel;
    private final BufferedReader answers;

    Client() throws IOException {
      channel =
          SocketChannel.open(
              UnixDomainSocketAddress.of(directory.resolve(ControlSocket.FILE_NAME)));
      answers =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    void endSending() throws IOException {
      channel.shutdownOutput();
    }

    @Nullable String ask(String request) throws IOException {
      send(request.getBytes(StandardCharsets.UTF_8));
      return answer();
    }

    /** The next answer; or null if the conversation is over. */
    @Nullable String answer() throws IOException {
      try {
        return answers.readLine();
      } catch (IOException e) { // reset: the other side went before it had read everything
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;

import city.mycelium.testkit.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of libcoap (Debian: libcoap3-bin) as a process of its own: UDP and TCP on a port, DTLS
 * and TLS on the next. Fails with words where it is not installed.
 */
final class LibcoapServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Path log;
  private final int port;
  private final List<String> command;
  private Process process;

  private LibcoapServer(Path directory, int port, List<String> command) {
    this.log = directory.resolve(command.get(0) + ".log");
    this.port = port;
    this.command = command;
    start();
  }

  /** Keeps what it is told; knows the key {@code secret}, for any identity. */
  static LibcoapServer start(Path directory) {
    int port = freePair();
    return new LibcoapServer(
        directory,
        port,
        command("coap-server-openssl", port, "-d", "20", "-k", "secret", "-h", "hint"));
  }

  /** The same, which shows a certificate over TLS. */
  static LibcoapServer certified(Path directory, Authority authority, String owner) {
    int port = freePair();
    return new LibcoapServer(
        directory,
        port,
        command(
            "coap-server-openssl",
            port,
            "-d",
            "20",
            "-n", // asks for no certificate of the client's
            "-c",
            authority.certificateFile(owner).toString(),
            "-j",
            authority.keyFile(owner).toString()));
  }

  /** A resource directory. */
  static LibcoapServer directory(Path directory) {
    int port = freePair();
    return new LibcoapServer(directory, port, command("coap-rd-openssl", port));
  }

  private static List<String> command(String program, int port, String... more) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(List.of("-A", "127.0.0.1", "-p", Integer.toString(port), "-v", "7"));
    command.addAll(List.of(more));
    return command;
  }

  private void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs libcoap's programs, which are not installed: on Debian and Ubuntu,"
              + " apt-get install libcoap3-bin",
          e);
    }
    // A test run that is itself killed must not leave a server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await(command.get(0) + " listens on port " + port, this::listens, PATIENCE);
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    }
  }

  int port() {
    return port;
  }

  int securePort() {
    return port + 1;
  }

  String said() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it by libcoap's own client: what is kept there. */
  String kept(String path) {
    try {
      Process client =
          new ProcessBuilder(
                  "coap-client-openssl",
                  "-m",
                  "get",
                  "-B",
                  "5",
                  "coap://127.0.0.1:" + port + "/" + path)
              .start();
      String text = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      client.waitFor();
      return text.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void restart() {
    close();
    start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePair() {
    for (int attempt = 0; attempt < 50; attempt++) {
      int port = Setup.freePort();
      if (port < 65_535 && isFree(port) && isFree(port + 1)) {
        return port;
      }
    }
    throw new AssertionError("no two free ports in a row");
  }

  private static boolean isFree(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(here, port));
        ServerSocket tcp = new ServerSocket(port, 1, here)) {
      return udp.isBound() && tcp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

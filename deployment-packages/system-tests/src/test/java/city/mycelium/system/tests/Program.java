package city.mycelium.system.tests;

import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else's program as a process of its own; closing it ends it. Fails with words where it is
 * not installed. For one thread.
 */
final class Program implements AutoCloseable {

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param debian the package that it comes in
   * @param log takes all that it says
   */
  static Program start(String debian, Path log, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      // A test run that is itself killed must not leave it behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Program(process, log);
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs "
              + command[0]
              + ", which is not installed: on Debian and Ubuntu, apt-get install "
              + debian,
          e);
    }
  }

  /** What it says to these words. */
  static String answer(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Returns when it takes TCP connections on this port. */
  Program awaitListening(int port) {
    Await.await(
        log.getFileName() + " listens on port " + port,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it ended by itself and said: " + said());
          }
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
          }
        },
        Town.PATIENCE);
    return this;
  }

  String said() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A free port with a free one after it. */
  static int freePair() {
    List<Integer> tried = new ArrayList<>();
    while (tried.size() < 50) {
      int port = MosquittoProcess.freePort();
      if (isFree(port + 1)) {
        return port;
      }
      tried.add(port);
    }
    throw new AssertionError("no two free ports in a row: " + tried);
  }

  private static boolean isFree(int port) {
    try (var udp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        var tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return udp.isBound() && tcp.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

package city.mycelium.shell.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UNIX socket that commands come in by: one JSON request per line, one JSON answer per line.
 * Only the gateway's own user may open it. Each conversation has a thread of its own, so that one
 * that says nothing keeps nobody waiting; there are only so many, so that no crowd of clients can
 * starve the gateway.
 */
public final class ControlSocket implements AutoCloseable {

  /** The socket's name in the data directory. */
  public static final String FILE_NAME = "control.sock";

  static final int CONVERSATIONS_AT_ONCE = 8;
  static final int LONGEST_REQUEST_CHARS = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  private final Path file;
  private final ServerSocketChannel server;
  private final Requests requests;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<SocketChannel> conversations = ConcurrentHashMap.newKeySet();

  /**
   * Opens the socket and begins to answer.
   *
   * @throws IOException if the directory cannot take a socket
   */
  public ControlSocket(Path dataDirectory, Requests requests) throws IOException {
    this.requests = requests;
    file = dataDirectory.resolve(FILE_NAME);
    // The journal's lock has already shown that no other gateway lives here: this one is a dead
    // one's.
    Files.deleteIfExists(file);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    daemon("mycelium-control", this::serve);
  }

  /**
   * Ends every conversation. A command that runs is not interrupted, for it may hold a file that an
   * interrupt would close; only its answer is lost.
   */
  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (SocketChannel client : conversations) {
      client.close();
    }
    Files.deleteIfExists(file);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void serve() {
    while (!isClosed()) {
      try {
        admit(server.accept());
      } catch (ClosedChannelException e) {
        LOG.debug("the control socket was closed");
      } catch (IOException e) { // such as too many open files
        LOG.warn("{} takes no command for a while: {}", file, e.getMessage());
        rest();
      }
    }
  }

  private void rest() {
    try {
      closed.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(SocketChannel client) throws IOException {
    if (conversations.size() >= CONVERSATIONS_AT_ONCE) {
      try (client) {
        say(
            client,
            Requests.refusal(
                CONVERSATIONS_AT_ONCE
                    + " commands talk to the gateway already. End one of them, then try again."));
      }
      return;
    }
    conversations.add(client);
    if (isClosed()) { // close() may not have seen this one
      client.close();
    }
    daemon("mycelium-control-conversation", () -> converse(client));
  }

  private void converse(SocketChannel client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
      for (String line = readLine(in); line != null; line = readLine(in)) {
        if (line.length() > LONGEST_REQUEST_CHARS) {
          say(
              client,
              Requests.refusal(
                  "a request has at most "
                      + LONGEST_REQUEST_CHARS
                      + " characters; this is longer"));
          return;
        }
        say(client, requests.answer(line));
      }
    } catch (IOException e) { // the other side went, or this one was closed
      LOG.debug("a conversation on {} broke off: {}", file, e.toString());
    } finally {
      conversations.remove(client);
    }
  }

  private static void say(SocketChannel client, String answer) throws IOException {
    Writer out = Channels.newWriter(client, StandardCharsets.UTF_8);
    out.write(answer);
    out.write('\n');
    out.flush();
  }

  /** The next whole line; or the beginning of one that is too long; or null if none comes. */
  private static @Nullable String readLine(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      line.append((char) c);
      if (line.length() > LONGEST_REQUEST_CHARS) {
        return line.toString();
      }
    }
    return null;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}

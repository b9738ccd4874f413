package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.api.time.Scheduler;
import city.mycelium.tls.SetupException;
import city.mycelium.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Lets TCP connections in: not too many, not too often, with TLS if there is any, and none that
 * says nothing. For the server's one thread that accepts.
 */
final class Door implements WebSocketServerFactory {

  private final StationSettings settings;
  private final Stations stations;
  private final Duration manners;
  private final Scheduler scheduler;
  private final Logger log;
  private final Set<SelectionKey> inside = ConcurrentHashMap.newKeySet();
  private final ExecutorService handshakes;
  private @Nullable Tls tls;

  private record Tls(List<Object> stamp, DefaultSSLWebSocketServerFactory factory) {}

  /**
   * A door.
   *
   * @param manners how long somebody may take to open a WebSocket
   * @throws SetupException if there is to be TLS and it cannot be set up
   */
  Door(
      StationSettings settings,
      Stations stations,
      Duration manners,
      Scheduler scheduler,
      Logger log)
      throws SetupException {
    this.settings = settings;
    this.stations = stations;
    this.manners = manners;
    this.scheduler = scheduler;
    this.log = log;
    handshakes =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "lorawan-station-tls");
              thread.setDaemon(true);
              return thread;
            });
    TlsFiles files = settings.tls();
    if (files != null) {
      tls = load(files);
    }
  }

  private Tls load(TlsFiles files) throws SetupException {
    List<Object> stamp = files.stamp(); // before: a change while they are read is seen next time
    return new Tls(stamp, new DefaultSSLWebSocketServerFactory(files.context(), handshakes));
  }

  @Override
  public WebSocketImpl createWebSocket(WebSocketAdapter adapter, Draft draft) {
    return new WebSocketImpl(adapter, draft);
  }

  @Override
  public WebSocketImpl createWebSocket(WebSocketAdapter adapter, List<Draft> drafts) {
    return new WebSocketImpl(adapter, drafts);
  }

  /**
   * @throws IOException if this one is not let in; the server closes it then
   */
  @Override
  public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) throws IOException {
    String host =
        channel.getRemoteAddress() instanceof InetSocketAddress from
            ? from.getAddress().getHostAddress()
            : "nowhere";
    inside.removeIf(other -> !other.isValid());
    if (inside.size() >= settings.mostConnections()) {
      stations.refused(Refusal.TOO_MANY, "from " + host);
      throw new IOException("too many connections");
    }
    if (!stations.mayKnock(host)) {
      throw new IOException("too many attempts");
    }
    inside.add(key);
    scheduler.after(manners, () -> showOut(key, host));
    Tls now = current();
    return now == null ? channel : now.factory.wrapChannel(channel, key);
  }

  /** Who has not opened a WebSocket by now does not want one. */
  private void showOut(SelectionKey key, String host) {
    if (key.isValid() && key.attachment() instanceof WebSocket socket && !socket.isOpen()) {
      if (!socket.isFlushAndClose()) { // else it was refused, and Java-WebSocket keeps it
        stations.refused(Refusal.SLOW, "from " + host);
      }
      socket.closeConnection(CloseFrame.NEVER_CONNECTED, "nothing was said");
    }
  }

  /** By the files as they are now; by the earlier ones while the new ones are no good. */
  private @Nullable Tls current() {
    TlsFiles files = settings.tls();
    Tls now = tls;
    if (files != null && now != null) {
      List<Object> stamp = files.stamp();
      if (!stamp.equals(now.stamp)) {
        try {
          now = load(files);
          log.info("stations: the certificate was read anew");
        } catch (SetupException e) {
          log.warn("stations: the new certificate is not used: {}", e.getMessage());
          now = new Tls(stamp, now.factory); // said once
        }
        tls = now;
      }
    }
    return now;
  }

  @Override
  public void close() {
    handshakes.shutdownNow();
  }
}

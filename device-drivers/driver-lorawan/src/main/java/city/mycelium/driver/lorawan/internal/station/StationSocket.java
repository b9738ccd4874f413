package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The WebSocket server: one attempt to listen, from its beginning to its end. */
final class StationSocket extends WebSocketServer {

  /** Two cores, and decoding a message takes microseconds. */
  private static final int WORKERS = 1;

  /** A station that does not answer a ping for so long is gone. */
  private static final int LOST_AFTER_SECONDS = 60;

  private static final int LONGEST_HOST = 255;

  private final StationSettings settings;
  private final Stations stations;
  private final Runnable listening;
  private final Consumer<Exception> failed;

  /** What a WebSocket is for, and how it is seen by {@link Stations}. */
  private record Visit(Request request, Peer peer, String base) {}

  /**
   * One that does not listen yet.
   *
   * @param listening called when it does
   * @param failed called when it cannot, or no longer does
   */
  StationSocket(
      StationSettings settings,
      Stations stations,
      Door door,
      Runnable listening,
      Consumer<Exception> failed) {
    super(
        new InetSocketAddress(settings.bindAddress(), settings.port()),
        WORKERS,
        List.of(new HandshakeDraft(settings.maxMessageBytes())));
    this.settings = settings;
    this.stations = stations;
    this.listening = listening;
    this.failed = failed;
    setWebSocketFactory(door);
    setReuseAddr(true);
    setTcpNoDelay(true);
    setDaemon(true);
    setConnectionLostTimeout(LOST_AFTER_SECONDS);
    setMaxPendingConnections(settings.mostConnections());
  }

  @Override
  public void onStart() {
    listening.run();
  }

  @Override
  public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
      WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
    try {
      Peer peer = new SocketPeer(socket);
      Request wanted =
          stations.knocked(
              request.getResourceDescriptor(),
              request.getFieldValue("Authorization"),
              peer.address());
      socket.setAttachment(new Visit(wanted, peer, base(socket, request.getFieldValue("Host"))));
    } catch (RefusedException e) {
      throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, e.getMessage());
    }
    return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
  }

  /** Where the station has found us, for it to come back to. */
  private String base(WebSocket socket, String host) {
    String scheme = settings.tls() == null ? "ws://" : "wss://";
    boolean usable =
        !host.isEmpty()
            && host.length() <= LONGEST_HOST
            && host.chars().allMatch(StationSocket::isOfAHost);
    InetSocketAddress local = socket.getLocalSocketAddress();
    return scheme + (usable ? host : local.getAddress().getHostAddress() + ":" + local.getPort());
  }

  /** Without a draft there was nothing to look at. */
  @Override
  public void onClosing(WebSocket socket, int code, String reason, boolean remote) {
    if (socket.getDraft() == null) {
      stations.refused(Refusal.REQUEST, new SocketPeer(socket).address());
    }
  }

  private static boolean isOfAHost(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || ".-:[]".indexOf(c) >= 0;
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    Visit visit = visit(socket);
    if (visit != null) {
      stations.opened(visit.peer, visit.request);
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    Visit visit = visit(socket);
    if (visit != null) {
      stations.closed(visit.peer, visit.request);
    }
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    Visit visit = visit(socket);
    if (visit != null) {
      stations.said(visit.peer, visit.request, message, visit.base);
    }
  }

  /** Stations send bytes only for remote shells, which are not offered. */
  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    stations.refused(Refusal.UNKNOWN, "a message of bytes");
  }

  /** Of one connection: it ends by itself, and is told by {@link #onClose}. */
  @Override
  public void onError(@Nullable WebSocket socket, Exception cause) {
    if (socket == null) {
      failed.accept(cause);
    }
  }

  private static @Nullable Visit visit(WebSocket socket) {
    return socket.<@Nullable Visit>getAttachment();
  }

  private static final class SocketPeer implements Peer {

    private final WebSocket socket;
    private final String address;

    SocketPeer(WebSocket socket) {
      this.socket = socket;
      InetSocketAddress remote = socket.getRemoteSocketAddress();
      address = remote == null ? "nowhere" : remote.getAddress().getHostAddress();
    }

    @Override
    public String address() {
      return address;
    }

    @Override
    public void send(String text) {
      try {
        socket.send(text);
      } catch (WebsocketNotConnectedException e) {
        // It is over, which onClose tells.
      }
    }

    @Override
    public void close(String why) {
      socket.close(CloseFrame.NORMAL, why);
    }
  }
}

package city.mycelium.connector.coap.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.TcpDataParser;
import org.eclipse.californium.core.network.serialization.TcpDataSerializer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.oscore.OSCoreCtx;
import org.eclipse.californium.oscore.OSCoreCtxDB;
import org.eclipse.californium.oscore.OSException;
import org.eclipse.californium.oscore.ObjectSecurityLayer;
import org.eclipse.californium.oscore.OscoreOptionDecoder;

/**
 * Opens and protects by cf-oscore, on a socket: its own way over TCP needs Netty. Answers each
 * request with its path.
 */
final class OscoreTcpServer implements AutoCloseable {

  private final ServerSocket listening;
  private final OSCoreCtxDB contexts = OscoreKeys.server();
  private final OSCoreCtx context = contexts.getContext(new byte[] {0x0a});

  /** From now on it answers without protection. */
  volatile boolean lie;

  OscoreTcpServer() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "oscore-tcp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.getOutputStream().write(Frames.csm());
        while (true) {
          Frames.Frame frame = Frames.read(socket.getInputStream());
          if (!frame.isSignal()) {
            socket.getOutputStream().write(answered(frame));
          }
        }
      } catch (IOException | OSException e) {
        // The next one, or the test is over.
      }
    }
  }

  private byte[] answered(Frames.Frame frame) throws OSException {
    Request outer = (Request) new TcpDataParser().parseMessage(frame.bytes());
    outer.setSourceContext(
        new AddressEndpointContext(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    int number = new OscoreOptionDecoder(outer.getOptions().getOscore()).getSequenceNumber();
    Request request = ObjectSecurityLayer.prepareReceive(contexts, outer, context);
    Response response = new Response(ResponseCode.CONTENT);
    response.setPayload("/" + request.getOptions().getUriPathString());
    boolean observed = request.getOptions().hasObserve();
    if (observed) {
      response.getOptions().setObserve(1);
    }
    Response sent =
        lie
            ? response
            : ObjectSecurityLayer.prepareSend(contexts, response, context, observed, false, number);
    sent.setToken(outer.getToken());
    return new TcpDataSerializer().getByteArray(sent);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

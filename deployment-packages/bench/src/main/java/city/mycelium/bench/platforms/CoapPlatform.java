package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Verb;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;

/** Californium's server before a {@link Mind}: one resource, whatever the path. */
final class CoapPlatform implements FarEnd {

  /** What a 5.03 or 4.29 asks for (RFC 7252, 5.9.3.4; RFC 8516, 3). */
  private static final long SECONDS_TO_BE_LEFT_ALONE = 1;

  private final Mind mind;
  private volatile CoapServer server;

  CoapPlatform(Mind mind) {
    this.mind = mind;
    server = listening();
  }

  private CoapServer listening() {
    Configuration configuration =
        new Configuration(SystemConfig.DEFINITIONS, UdpConfig.DEFINITIONS, CoapConfig.DEFINITIONS)
            .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_ACTIVE_PEERS, 100)
            .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
            .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
            .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
    CoapServer begun =
        new CoapServer(configuration) {
          @Override
          protected Resource createRoot() {
            return new Everything(mind);
          }
        };
    begun.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setConnector(
                new UDPConnector(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), configuration))
            .build());
    begun.start();
    return begun;
  }

  @Override
  public int port() {
    return server.getEndpoints().get(0).getAddress().getPort();
  }

  @Override
  public void restart() {
    server.destroy();
    server = listening();
  }

  @Override
  public void close() {
    server.destroy();
  }

  private static final class Everything extends CoapResource {
    private final Mind mind;

    Everything(Mind mind) {
      super("");
      this.mind = mind;
    }

    @Override
    public Resource getChild(String name) {
      return this;
    }

    @Override
    public void handleRequest(Exchange exchange) {
      OptionSet options = exchange.getRequest().getOptions();
      String query = options.getUriQueryString();
      byte[] payload = exchange.getRequest().getPayload();
      Mind.Reply reply =
          mind.take(
              new Message(
                  Verb.valueOf(exchange.getRequest().getCode().name()),
                  options.getUriPathString() + (query.isEmpty() ? "" : "?" + query),
                  Map.of(),
                  "",
                  payload == null ? new byte[0] : payload,
                  false,
                  Qos.AT_LEAST_ONCE));
      CoapExchange answering = new CoapExchange(exchange);
      if (reply.status() >= 400) {
        answering.setMaxAge(SECONDS_TO_BE_LEFT_ALONE); // preset is a minute (RFC 7252, 5.10.5)
      }
      answering.respond(code(reply.status()), reply.body());
    }

    /** An HTTP status is a code of like meaning: c * 100 + dd for c.dd (RFC 8075, 7). */
    private static CoAP.ResponseCode code(int status) {
      return CoAP.ResponseCode.valueOf((status / 100) << 5 | status % 100);
    }
  }
}

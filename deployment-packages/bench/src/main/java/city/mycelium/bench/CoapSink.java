package city.mycelium.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/** Californium's own server over DTLS with a PSK and Connection IDs: takes all, keeps nothing. */
final class CoapSink implements AutoCloseable {

  static final String IDENTITY = "bench";

  private static final int CONNECTION_ID_BYTES = 6;
  private static final int LARGEST_MESSAGE = 1_024;

  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong takenByConnectionId = new AtomicLong();
  private final CoapServer server;

  CoapSink(byte[] key) {
    Configuration configuration =
        new Configuration(
                SystemConfig.DEFINITIONS,
                UdpConfig.DEFINITIONS,
                CoapConfig.DEFINITIONS,
                DtlsConfig.DEFINITIONS)
            .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_MESSAGE_SIZE, LARGEST_MESSAGE)
            .set(CoapConfig.MAX_ACTIVE_PEERS, 100)
            .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
    DtlsConnectorConfig.Builder dtls =
        DtlsConnectorConfig.builder(configuration)
            .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
            .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_BYTES)
            .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 2)
            .set(DtlsConfig.DTLS_MAX_CONNECTIONS, 100)
            .setAdvancedPskStore(new AdvancedSinglePskStore(IDENTITY, key));
    server = new CoapServer(configuration);
    server.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setConnector(new DTLSConnector(dtls.build()))
            .build());
    server.add(
        new CoapResource("data") {
          @Override
          public void handlePOST(CoapExchange exchange) {
            taken.incrementAndGet();
            if (exchange
                    .advanced()
                    .getRequest()
                    .getSourceContext()
                    .get(DtlsEndpointContext.KEY_READ_CONNECTION_ID)
                != null) {
              takenByConnectionId.incrementAndGet();
            }
            exchange.respond(ResponseCode.CHANGED);
          }
        });
    server.start();
  }

  int port() {
    return server.getEndpoints().get(0).getAddress().getPort();
  }

  long taken() {
    return taken.get();
  }

  long takenByConnectionId() {
    return takenByConnectionId.get();
  }

  @Override
  public void close() {
    server.destroy();
  }
}

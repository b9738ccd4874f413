package city.mycelium.connector.coap.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.oscore.OSCoreCoapStackFactory;
import org.eclipse.californium.oscore.OSCoreCtxDB;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;
import org.jspecify.annotations.Nullable;

/** Californium's own server with resources below {@code /city}; keeps what it was told. */
final class CityServer implements AutoCloseable {

  static final String IDENTITY = "gateway1";
  static final String KEY = "a shared secret";

  /** A request as the server saw it. */
  record Seen(String code, String path, String query, int contentFormat, int port, String text) {}

  final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** What comes next is answered so, once each; then with 2.04. */
  final ConcurrentLinkedQueue<Consumer<CoapExchange>> next = new ConcurrentLinkedQueue<>();

  private final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final Ack ack = new Ack();
  private final CoapServer server;
  private final int port;

  /** Requests that came protected by OSCORE. */
  final AtomicInteger opened = new AtomicInteger();

  private CityServer(
      Configuration configuration, Connector connector, @Nullable OSCoreCtxDB contexts) {
    server =
        new CoapServer(configuration) {
          @Override
          protected Resource createRoot() {
            return new Everything();
          }
        };
    CoapEndpoint.Builder endpoint =
        CoapEndpoint.builder().setConfiguration(configuration).setConnector(connector);
    if (contexts != null) {
      configuration.set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1); // cf-oscore wants it
      endpoint
          .setCoapStackFactory(new OSCoreCoapStackFactory())
          .setCustomCoapStackArgument(contexts);
    }
    server.addEndpoint(endpoint.build());
    server.start();
    port = server.getEndpoints().get(0).getAddress().getPort();
  }

  static CityServer udp(int port) {
    Configuration configuration = configuration();
    return new CityServer(configuration, new UDPConnector(at(port), configuration), null);
  }

  /** One that opens what is protected by OSCORE, by Californium's cf-oscore. */
  static CityServer oscore(OSCoreCtxDB contexts) {
    Configuration configuration = configuration();
    return new CityServer(configuration, new UDPConnector(at(0), configuration), contexts);
  }

  static CityServer udp() {
    return udp(0);
  }

  /** One that gives Connection IDs (RFC 9146) of six bytes. */
  static CityServer dtls(int port, Consumer<DtlsConnectorConfig.Builder> credentials) {
    return dtls(port, credentials, null);
  }

  private static CityServer dtls(
      int port, Consumer<DtlsConnectorConfig.Builder> credentials, @Nullable OSCoreCtxDB contexts) {
    Configuration configuration = configuration();
    DtlsConnectorConfig.Builder builder =
        DtlsConnectorConfig.builder(configuration)
            .setAddress(at(port))
            .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
            .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 6)
            .set(DtlsConfig.DTLS_MAX_CONNECTIONS, 100)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 2);
    credentials.accept(builder);
    return new CityServer(configuration, new DTLSConnector(builder.build()), contexts);
  }

  static CityServer psk(int port) {
    return psk(port, null);
  }

  static CityServer psk(int port, @Nullable OSCoreCtxDB contexts) {
    return dtls(
        port,
        builder -> {
          AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
          keys.setKey(IDENTITY, KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          builder.setAdvancedPskStore(keys);
        },
        contexts);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Configuration configuration() {
    return new Configuration(
            SystemConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            CoapConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS)
        .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS)
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 1 << 20)
        .set(CoapConfig.MAX_MESSAGE_SIZE, 1_024)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, 1_024)
        .set(CoapConfig.ACK_TIMEOUT, 300, TimeUnit.MILLISECONDS)
        .set(CoapConfig.MAX_ACTIVE_PEERS, 100)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 2)
        .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
  }

  int port() {
    return port;
  }

  List<String> texts() {
    return seen.stream().map(Seen::text).toList();
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** Answers whatever its path, but for {@code /city/ack}. */
  private final class Everything extends CoapResource {
    Everything() {
      super("");
    }

    @Override
    public Resource getChild(String name) {
      return name.equals("city") ? new City() : this;
    }

    @Override
    public void handleRequest(org.eclipse.californium.core.network.Exchange exchange) {
      CoapExchange nice = new CoapExchange(exchange);
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      var options = exchange.getRequest().getOptions();
      if (options.hasOscore()) {
        opened.incrementAndGet();
      }
      seen.add(
          new Seen(
              exchange.getRequest().getCode().name(),
              options.getUriPathString(),
              options.getUriQueryString(),
              options.getContentFormat(),
              exchange.getRequest().getSourceContext().getPeerAddress().getPort(),
              exchange.getRequest().getPayloadString()));
      Consumer<CoapExchange> how = next.poll();
      atOnce.decrementAndGet();
      if (how == null) {
        nice.respond(ResponseCode.CHANGED);
      } else {
        how.accept(nice);
      }
    }

    private final class City extends CoapResource {
      City() {
        super("city");
      }

      @Override
      public Resource getChild(String name) {
        return name.equals("ack") ? ack : Everything.this;
      }
    }
  }

  /** Can be observed (RFC 7641). */
  static final class Ack extends CoapResource {
    volatile String text = "";
    volatile long maxAge = 60;
    final AtomicInteger registrations = new AtomicInteger();

    Ack() {
      super("ack");
      setObservable(true);
      setObserveType(CoAP.Type.CON);
      setPath("/city/");
    }

    void say(String what) {
      text = what;
      changed();
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      if (exchange.advanced().getRequest().isObserve()) {
        registrations.incrementAndGet();
      }
      Response response = new Response(ResponseCode.CONTENT);
      response.setPayload(text);
      response.getOptions().setContentFormat(50).setMaxAge(maxAge);
      exchange.respond(response);
    }
  }
}

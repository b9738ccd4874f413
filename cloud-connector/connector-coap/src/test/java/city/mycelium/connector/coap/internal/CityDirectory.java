package city.mycelium.connector.coap.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/** A resource directory as RFC 9176, 5 has it, whose time a test turns by hand. */
final class CityDirectory implements AutoCloseable {

  private record Entry(String name, Duration lifetime, Duration until) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private volatile Duration now = Duration.ZERO;
  private final CoapServer server;

  CityDirectory(Configuration configuration) {
    server = new CoapServer(configuration);
    server.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build());
    server.add(new Registrations());
    server.start();
  }

  CoapAddress address() {
    int port = server.getEndpoints().get(0).getAddress().getPort();
    return CoapAddress.parse("coap://127.0.0.1:" + port + "/rd");
  }

  void passes(Duration time) {
    now = now.plus(time);
    entries.values().removeIf(entry -> entry.until().compareTo(now) <= 0);
  }

  void forget() {
    entries.clear();
  }

  /** Where and who, in the order of places. */
  String known() {
    StringBuilder all = new StringBuilder();
    entries.keySet().stream()
        .sorted()
        .forEach(place -> all.append(place).append('=').append(entries.get(place).name()));
    return all.toString();
  }

  @Override
  public void close() {
    server.destroy();
  }

  private final class Registrations extends CoapResource {
    Registrations() {
      super("rd");
    }

    @Override
    public Resource getChild(String place) {
      return entries.containsKey(place) ? new Registered(place) : null;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      String name = exchange.getQueryParameter("ep");
      Duration lifetime = Duration.ofSeconds(Long.parseLong(exchange.getQueryParameter("lt")));
      entries.values().removeIf(entry -> entry.name().equals(name)); // RFC 9176, 5: one for a name
      String place = Integer.toString(made.incrementAndGet());
      entries.put(place, new Entry(name, lifetime, now.plus(lifetime)));
      Response response = new Response(ResponseCode.CREATED);
      response.getOptions().setLocationPath("rd/" + place);
      exchange.respond(response);
    }
  }

  private final class Registered extends CoapResource {
    private final String place;

    Registered(String place) {
      super(place);
      this.place = place;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      entries.computeIfPresent(
          place,
          (at, entry) -> new Entry(entry.name(), entry.lifetime(), now.plus(entry.lifetime())));
      exchange.respond(ResponseCode.CHANGED);
    }

    @Override
    public void handleDELETE(CoapExchange exchange) {
      entries.remove(place);
      exchange.respond(ResponseCode.DELETED);
    }
  }
}

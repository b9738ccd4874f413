package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Reach;
import city.mycelium.tls.ClientHandshake;
import city.mycelium.tls.SetupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Tries a broker layer by layer, under a client id of its own, so that the connection that is open
 * is not thrown out (MQTT 5, 3.1.4). Publishes nothing and listens to nothing. For one use.
 */
final class Probe {

  private final MqttSettings settings;
  private final Duration patience;
  private final Failure failure;

  Probe(MqttSettings settings, Duration patience, Failure failure) {
    this.settings = settings;
    this.patience = patience;
    this.failure = failure;
  }

  List<Check> run() {
    BrokerAddress broker = settings.broker();
    List<Check> checks = new ArrayList<>(Reach.tcp(broker.host(), broker.port(), patience));
    if (Reach.allOk(checks) && broker.tls()) {
      checks.add(tls());
    }
    if (Reach.allOk(checks) && broker.isWebSocket()) {
      checks.add(webSocket());
    }
    if (Reach.allOk(checks)) {
      checks.add(login());
    }
    return checks;
  }

  private Check tls() {
    BrokerAddress broker = settings.broker();
    try {
      SSLSocketFactory sockets = settings.tls().socketFactory();
      return Reach.tls(
          broker.host(),
          broker.port(),
          plain ->
              ClientHandshake.over(plain, sockets, broker.host(), broker.port(), settings.alpn()),
          "the broker's",
          patience,
          e -> failure.words(e, false));
    } catch (SetupException e) {
      return new Check("tls", false, String.valueOf(e.getMessage()));
    }
  }

  private Check webSocket() {
    BrokerAddress broker = settings.broker();
    try (BrokerSocket socket =
        new BrokerSocket(
            settings,
            broker.tls() ? settings.tls().socketFactory() : null,
            false,
            Line.LARGEST_INBOUND_PACKET,
            () -> {})) {
      socket.connect(new InetSocketAddress(broker.host(), broker.port()), 0);
      return new Check("websocket", true, "MQTT is spoken over WebSocket there");
    } catch (SetupException e) {
      return new Check("websocket", false, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Check("websocket", false, failure.words(e, false));
    }
  }

  private Check login() {
    Lines lines =
        new Lines(settings.as(settings.clientId() + "-test"), Optional::empty, Set.of(), failure);
    Check first = login(lines);
    return first.ok() || settings.version() != MqttVersion.AUTO || !lines.isOlder()
        ? first
        : login(lines); // it was MQTT 5, of which the broker said that it does not speak it
  }

  private Check login(Lines lines) {
    CompletableFuture<String> end = new CompletableFuture<>();
    String version = lines.isOlder() ? "3.1.1" : "5";
    Line line = lines.make(new Ears(end));
    try {
      line.open();
      String why = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return why.isEmpty()
          ? new Check("login", true, "the broker lets this gateway in (MQTT " + version + ")")
          : new Check("login", false, why);
    } catch (SetupException | ExecutionException e) {
      return new Check("login", false, String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return new Check("login", false, failure.silentFromTheBeginning());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Check("login", false, "interrupted");
    } finally {
      line.leave();
    }
  }

  /** Empty if the connection stands, else why not. */
  private record Ears(CompletableFuture<String> end) implements Line.Events {
    @Override
    public void connected(Line.Limits limits) {
      end.complete("");
    }

    @Override
    public void lost(String why) {
      end.complete(why);
    }

    @Override
    public void received(Message message) {
      // Nothing was asked for.
    }
  }
}

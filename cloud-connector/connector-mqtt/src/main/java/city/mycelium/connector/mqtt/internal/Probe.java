package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Reach;
import city.mycelium.tls.SetupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    if (Reach.allOk(checks)) {
      checks.add(login());
    }
    return checks;
  }

  private Check tls() {
    BrokerAddress broker = settings.broker();
    try {
      return Reach.tls(
          broker.host(),
          broker.port(),
          settings.tls().socketFactory(),
          "the broker's",
          patience,
          e -> failure.words(e, false));
    } catch (SetupException e) {
      return new Check("tls", false, String.valueOf(e.getMessage()));
    }
  }

  private Check login() {
    CompletableFuture<String> end = new CompletableFuture<>();
    PahoLine line = new PahoLine(stranger(), Optional.empty(), Set.of(), failure, new Ears(end));
    try {
      line.open();
      String why = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return why.isEmpty()
          ? new Check("login", true, "the broker lets this gateway in")
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

  /** The same under another name. */
  private MqttSettings stranger() {
    return new MqttSettings(
        settings.name(),
        settings.broker(),
        settings.allowPlaintext(),
        settings.tls(),
        settings.credentials(),
        settings.clientId() + "-test",
        settings.topicPrefix(),
        settings.keepAlive(),
        settings.connectTimeout(),
        settings.retryAtFirst(),
        settings.retryAtMost(),
        settings.inFlight());
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

package city.mycelium.connector.http.internal;

import static city.mycelium.testkit.Await.await;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Who opened a connection, in the part of sync: hears and keeps everything. */
final class Owner implements Connector.Listener, AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final List<String> losses = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean connected;
  final Connector.Session session;

  Owner(HttpSettings settings) {
    this(settings, true);
  }

  Owner(HttpSettings settings, boolean clockIsTrusted) {
    session =
        new HttpConnector(
                settings,
                new ThreadSchedulers(),
                new SystemClock(),
                new Random(5),
                () -> clockIsTrusted)
            .open(Optional::empty, Set.of(), this);
  }

  static Message message(String channel, String payload) {
    return Message.post(channel, "text/plain", payload.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void connected() {
    connections.incrementAndGet();
    connected = true;
  }

  @Override
  public void disconnected(String why) {
    connected = false;
    losses.add(why);
  }

  @Override
  public void received(Message message) {
    throw new AssertionError("nothing comes in over HTTP");
  }

  Owner awaitConnected() {
    await("connected; so far: " + losses, () -> connected, PATIENCE);
    return this;
  }

  int connections() {
    return connections.get();
  }

  void awaitConnections(int number) {
    await("connection number " + number, () -> connections.get() >= number, PATIENCE);
  }

  String awaitLoss() {
    await("the connection is lost or refused", () -> !losses.isEmpty(), PATIENCE);
    return losses.get(losses.size() - 1);
  }

  CompletableFuture<Answer> send(String channel, String payload) {
    return session.send(message(channel, payload));
  }

  Answer ask(String channel, String payload) {
    return awaitAnswer(send(channel, payload));
  }

  static Answer awaitAnswer(CompletableFuture<Answer> future) {
    await("an answer", future::isDone, PATIENCE);
    return future.join();
  }

  @Override
  public void close() {
    session.close();
  }
}

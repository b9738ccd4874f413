package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
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

  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Message FAREWELL = message("status", "gone", true);

  final List<Message> received = new CopyOnWriteArrayList<>();
  final List<String> losses = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean connected;
  final Connector.Session session;

  Owner(CoapSettings settings, String... inbound) {
    this(new CoapConnector(settings, new ThreadSchedulers(), new Random(5)), inbound);
  }

  Owner(Connector connector, String... inbound) {
    session = connector.open(() -> Optional.of(FAREWELL), Set.of(inbound), this);
  }

  static Message message(String channel, String payload, boolean retained) {
    return new Message(channel, "text/plain", payload.getBytes(StandardCharsets.UTF_8), retained);
  }

  @Override
  public void connected() {
    threads.add(Thread.currentThread().getName());
    connections.incrementAndGet();
    connected = true;
  }

  @Override
  public void disconnected(String why) {
    threads.add(Thread.currentThread().getName());
    connected = false;
    losses.add(why);
  }

  @Override
  public void received(Message message) {
    threads.add(Thread.currentThread().getName());
    received.add(message);
  }

  Owner awaitConnected() {
    await("connected; so far: " + losses, () -> connected, PATIENCE);
    return this;
  }

  void awaitConnections(int number) {
    await("connection number " + number, () -> connections.get() >= number, PATIENCE);
  }

  String awaitLoss() {
    await("the connection is lost or refused", () -> !losses.isEmpty(), PATIENCE);
    return losses.get(losses.size() - 1);
  }

  CompletableFuture<Answer> send(String channel, String payload) {
    return session.send(message(channel, payload, false));
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

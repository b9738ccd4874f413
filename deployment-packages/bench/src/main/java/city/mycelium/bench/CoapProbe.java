package city.mycelium.bench;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.connector.coap.internal.CoapAddress;
import city.mycelium.connector.coap.internal.CoapConnector;
import city.mycelium.connector.coap.internal.CoapSettings;
import city.mycelium.connector.coap.internal.Pace;
import city.mycelium.connector.coap.internal.Security;
import jakarta.json.Json;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * A process of its own with a gateway's options that sends messages of 1 KB by the product's own
 * connector, and says how fast their answers came.
 */
final class CoapProbe {

  private static final int BYTES = 1_024;
  private static final int PATIENCE_SECONDS = 120;

  /** Messages that wait in the connector, so that it never waits for us. */
  private static final int AHEAD = 100;

  private CoapProbe() {}

  /**
   * Sends, counts, and ends.
   *
   * @param arguments port, file of the key, NSTART, messages to warm up, messages to measure
   */
  public static void main(String[] arguments) throws Exception {
    CoapSettings usual =
        CoapSettings.usual(
            "bench",
            CoapAddress.parse("coaps://127.0.0.1:" + arguments[0]),
            new Security.SharedKey(CoapSink.IDENTITY, Path.of(arguments[1])));
    CoapSettings settings =
        new CoapSettings(
            usual.name(),
            usual.address(),
            false,
            usual.security(),
            null,
            Pace.USUAL.withNstart(Integer.parseInt(arguments[2])),
            null,
            usual.retryAtFirst(),
            usual.retryAtMost());
    Ears ears = new Ears();
    try (Connector.Session session =
        new CoapConnector(settings, new ThreadSchedulers(), RandomGenerator.getDefault())
            .open(Optional::empty, Set.of(), ears)) {
      if (!ears.connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not connected: " + ears.why);
      }
      send(session, Integer.parseInt(arguments[3]));
      int messages = Integer.parseInt(arguments[4]);
      long begin = System.nanoTime();
      send(session, messages);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.println(Json.createObjectBuilder().add("perSecond", messages / seconds).build());
    }
  }

  private static void send(Connector.Session session, int messages) throws InterruptedException {
    Message message = Message.post("data", "application/octet-stream", new byte[BYTES]);
    Semaphore room = new Semaphore(AHEAD);
    AtomicReference<Answer> wrong = new AtomicReference<>();
    for (int i = 0; i < messages; i++) {
      room.acquire();
      var unused =
          session
              .send(message)
              .thenAccept(
                  answer -> {
                    if (!(answer instanceof Answer.Replied replied && replied.isSuccess())) {
                      wrong.set(answer);
                    }
                    room.release();
                  });
    }
    room.acquire(AHEAD);
    if (wrong.get() != null) {
      throw new IllegalStateException("a message was not confirmed: " + wrong.get());
    }
  }

  private static final class Ears implements Connector.Listener {
    final CountDownLatch connected = new CountDownLatch(1);
    volatile String why = "no answer";

    @Override
    public void connected() {
      connected.countDown();
    }

    @Override
    public void disconnected(String because) {
      why = because;
    }

    @Override
    public void received(Message message) {
      // Nothing is listened to.
    }
  }
}

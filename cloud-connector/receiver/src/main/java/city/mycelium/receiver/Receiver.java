package city.mycelium.receiver;

import city.mycelium.api.time.Backoff;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.http.HttpApi;
import city.mycelium.receiver.internal.intake.Intake;
import city.mycelium.receiver.internal.intake.Interpreter;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.mqtt.BrokerLink;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.store.JdbcStore;
import city.mycelium.receiver.internal.store.Store;
import city.mycelium.receiver.internal.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A receiver at work: the broker's messages go to the intake, what the intake has committed goes
 * back as acknowledgements, and the HTTP API reads the database beside it. Safe for use by many
 * threads.
 */
public final class Receiver implements AutoCloseable {

  /** How long an offered message waits for room before its connection is looked at again. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Intake intake;
  private final BrokerLink broker;
  private final HttpApi http;

  private Receiver(Intake intake, BrokerLink broker, HttpApi http) {
    this.intake = intake;
    this.broker = broker;
    this.http = http;
  }

  /**
   * Starts one. It works from then on, whether or not the broker is there yet.
   *
   * @throws StoreException if the database cannot be used
   * @throws IOException if the HTTP API cannot listen where it should
   */
  static Receiver start(Options options) throws StoreException, IOException {
    return start(options, store -> store);
  }

  /**
   * Starts one with something put between the intake and its store.
   *
   * @throws StoreException if the database cannot be used
   * @throws IOException if the HTTP API cannot listen where it should
   */
  static Receiver start(Options options, UnaryOperator<Store> between)
      throws StoreException, IOException {
    Tally tally = new Tally();
    Presence presence = new Presence();
    Store store = between.apply(JdbcStore.open(options.database()));
    HttpApi http;
    try {
      http = HttpApi.start(options.http(), new Archive(options.database()), presence, tally);
    } catch (IOException e) {
      store.close();
      throw new IOException("cannot listen on " + options.http() + ": " + e.getMessage(), e);
    }
    BrokerLink broker =
        new BrokerLink(options.broker(), options.topics(), presence, tally, backoff(30));
    Intake intake =
        new Intake(
            new Interpreter(options.topics(), InstantSource.system()),
            store,
            broker,
            presence,
            tally,
            backoff(10));
    intake.start();
    broker.start(message -> intake.offer(message, PATIENCE));
    return new Receiver(intake, broker, http);
  }

  /** Where the HTTP API answers. */
  public URI httpAddress() {
    return http.address();
  }

  /**
   * Ends it: what is being stored is stored and acknowledged, the rest is left to be sent again.
   */
  @Override
  public void close() {
    intake.close();
    broker.close();
    http.close();
  }

  private static Backoff backoff(int mostSeconds) {
    return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(mostSeconds), new Random());
  }
}

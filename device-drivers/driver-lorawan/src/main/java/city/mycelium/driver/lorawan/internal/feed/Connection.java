package city.mycelium.driver.lorawan.internal.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, by one client object of Paho 1.2.5. Opened once, by one thread; the
 * rest is safe for use by many.
 *
 * <p>Paho's threads are ours: it gets them from us. It can wait for ever, for its sending thread,
 * which missed the one time that it was woken; interrupted it goes on. Therefore the end of a
 * connection is also seen at its socket, and {@link #close} interrupts what has not ended.
 */
final class Connection implements AutoCloseable {

  /**
   * Paho's: one opens, one reads, one writes, one hands on, one asks whether the broker is there.
   */
  private static final int THREADS = 5;

  private static final int AT_LEAST_ONCE = 1;

  /** SUBACK (MQTT 3.1.1, 3.9.3): what was granted, or that it was not. */
  private static final int REFUSED = 0x80;

  /** How long Paho may take to say why a connection ended, or to end. */
  private static final long LONGEST_END_MILLIS = 2_000;

  private static final int MOST_INTERRUPTS = 20;
  private static final long BETWEEN_INTERRUPTS_MILLIS = 50;

  /**
   * Paho writes into java.util.logging. What happened is told once, in words, by {@link
   * NetworkFeed}. Held here, or its level would be forgotten.
   */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.client.mqttv3");

  static {
    PAHO.setLevel(Level.OFF);
  }

  /** Where messages go, one at a time; while it does not return no more are read. */
  @FunctionalInterface
  interface Arrivals {

    /** A message has come; with QoS 1 {@link #acknowledge} is waited for. */
    void arrived(String topic, MqttMessage message) throws IOException;
  }

  private final FeedSettings settings;
  private final ScheduledThreadPoolExecutor threads;
  private final FeedSocket socket;
  private final MqttAsyncClient client;
  private final CompletableFuture<String> over = new CompletableFuture<>();
  private volatile @Nullable IMqttToken attempt;

  /**
   * One that is not open yet.
   *
   * @throws IOException if the settings cannot work; the message is for a person
   */
  Connection(FeedSettings settings) throws IOException {
    this.settings = settings;
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "lorawan-feed-" + settings.name());
              thread.setDaemon(true);
              return thread;
            });
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setRemoveOnCancelPolicy(true);
    socket = new FeedSocket(settings, this::socketEnded);
    try {
      client =
          new MqttAsyncClient(
              uri(settings),
              settings.clientId(),
              new MemoryPersistence(),
              new ScheduledExecutorPingSender(threads),
              threads);
    } catch (MqttException | IllegalArgumentException e) {
      threads.shutdownNow();
      throw new IOException(settings.broker() + " is no address of a broker: check the host", e);
    }
  }

  /** Without TLS: that is the socket's. */
  private static String uri(FeedSettings settings) {
    String host = settings.host();
    boolean bare6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "tcp://" + (bare6 ? "[" + host + "]" : host) + ":" + settings.port();
  }

  /**
   * Connects and listens to everything that is to be. What the broker kept for us may arrive before
   * this returns.
   *
   * @param busy whether messages are not read at the moment, nor are then the broker's answers
   * @return whether the broker keeps what comes while we are away
   * @throws IOException if it does not work; the message is for a person
   */
  boolean open(Arrivals arrivals, BooleanSupplier busy) throws IOException {
    client.setManualAcks(true);
    client.setCallback(new Ears(arrivals));
    try {
      IMqttToken begun = client.connect(options());
      attempt = begun;
      await(begun, () -> false);
      String[] topics = settings.topics().toArray(String[]::new);
      int[] qos = new int[topics.length];
      java.util.Arrays.fill(qos, AT_LEAST_ONCE);
      IMqttToken subscribed = client.subscribe(topics, qos);
      await(subscribed, busy);
      return isAtLeastOnce(subscribed.getGrantedQos());
    } catch (MqttException | IllegalArgumentException e) {
      throw new IOException(Failures.words(e), e);
    }
  }

  private void await(IMqttToken token, BooleanSupplier busy) throws MqttException, IOException {
    while (true) {
      try {
        token.waitForCompletion(settings.connectTimeout().toMillis());
        return;
      } catch (MqttException e) {
        if (over.isDone()) {
          throw new IOException(over.join(), e);
        }
        boolean late = e.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT;
        if (!late || !busy.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  private MqttConnectOptions options() throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false); // the broker keeps for us what comes while we are away
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setSocketFactory(new FeedSockets(socket));
    String user = settings.user();
    if (user != null) {
      options.setUserName(user);
      Path file = settings.passwordFile();
      if (file != null) {
        options.setPassword(password(file).toCharArray());
      }
    }
    return options;
  }

  /** Without the line ends that editors leave. */
  private static String password(Path file) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int length = text.length();
      while (length > 0 && (text.charAt(length - 1) == '\n' || text.charAt(length - 1) == '\r')) {
        length--;
      }
      return text.substring(0, length);
    } catch (IOException e) {
      throw new IOException(
          "the password file "
              + file
              + " cannot be read: is it there, is it text (UTF-8), may the gateway read it?",
          e);
    }
  }

  private boolean isAtLeastOnce(int[] granted) throws IOException {
    boolean all = true;
    for (int i = 0; i < granted.length; i++) {
      if (granted[i] == REFUSED) {
        throw new IOException(
            "it does not let us listen to "
                + settings.topics().get(Math.min(i, settings.topics().size() - 1))
                + ": check user and topics");
      }
      all &= granted[i] >= AT_LEAST_ONCE;
    }
    return all;
  }

  /** Tells the broker that we have it; returns at once, whether or not the broker listens. */
  void acknowledge(int id) {
    try {
      client.messageArrivedComplete(id, AT_LEAST_ONCE);
    } catch (MqttException e) {
      end("an acknowledgement cannot be sent: " + Failures.words(e)); // so it is sent again
    }
  }

  /**
   * Returns never.
   *
   * @throws IOException when it is over; the message is for a person
   */
  void awaitEnd() throws IOException {
    try {
      throw new IOException(over.get());
    } catch (ExecutionException e) {
      throw new IOException("a fault in this program: " + e, e); // words are all that comes
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Whether nothing more may be handed on. */
  boolean isOver() {
    return over.isDone();
  }

  /** Ends it at once, also while it is being opened; {@link #close} is still to come. */
  void end(String why) {
    over.complete(why);
    try {
      socket.close();
    } catch (IOException e) {
      // It was not open, or is closed already: that is what was wanted.
    }
  }

  /** Paho closes the socket before it says why, and may never come to that. */
  private void socketEnded() {
    over.completeOnTimeout(
        "it has ended the connection", LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends it and its threads, without a word to the broker. Returns within seconds. */
  @Override
  public void close() {
    end("closed");
    IMqttToken begun = attempt;
    try {
      if (begun != null) { // it would go on to start threads
        begun.waitForCompletion(LONGEST_END_MILLIS);
      }
    } catch (MqttException e) {
      // It failed, as it was made to.
    }
    threads.shutdown();
    try {
      for (int i = 0; i < MOST_INTERRUPTS; i++) {
        if (threads.awaitTermination(
            i == 0 ? LONGEST_END_MILLIS / 4 : BETWEEN_INTERRUPTS_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Called by Paho's threads. */
  private final class Ears implements MqttCallback {

    private final Arrivals arrivals;

    Ears(Arrivals arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws IOException {
      arrivals.arrived(topic, message);
    }

    @Override
    public void connectionLost(Throwable cause) {
      over.complete(Failures.words(cause));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Nothing is published.
    }
  }
}

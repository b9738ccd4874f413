package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.tls.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
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
 * One connection in MQTT 3.1.1, by one client object of Paho 1.2.5. A new object for each attempt,
 * always with a clean session: what was unanswered is sync's to send again.
 *
 * <p>Paho's threads are ours: it gets them from us. It can wait for ever for its sending thread,
 * which missed the one time that it was woken; interrupted it goes on. Therefore the end of a
 * connection is also seen at its socket, and {@link #cut} interrupts what has not ended.
 */
final class Mqtt311Line implements Line {

  /** MQTT 3.1.1, 4.3. */
  private static final int AT_MOST_ONCE = 0;

  private static final int AT_LEAST_ONCE = 1;

  /** No broker says how many it takes; packets have identifiers of two bytes (2.3.1). */
  private static final int MOST_IN_FLIGHT = 65_535;

  /** Paho tells us of an answer a moment before it counts it. */
  private static final int IN_FLIGHT_BESIDE = 10;

  /**
   * Paho's: one opens, one reads, one writes, one hands on, one asks whether the broker is there.
   */
  private static final int THREADS = 5;

  /** How long Paho may take to say why a connection ended, or to end. */
  private static final long LONGEST_END_MILLIS = 2_000;

  private static final int MOST_INTERRUPTS = 20;
  private static final long BETWEEN_INTERRUPTS_MILLIS = 50;

  /** As in {@link Mqtt5Line}: what happened is told once, in words. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.client.mqttv3");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final MqttSettings settings;
  private final Optional<Message> farewell;
  private final Set<String> inbound;
  private final Failure failure;
  private final Events events;
  private volatile boolean stood;
  private volatile boolean cut;

  /** What it takes to end a connection. */
  private record Opened(
      BrokerSocket socket,
      ScheduledThreadPoolExecutor threads,
      MqttAsyncClient client,
      IMqttToken attempt) {}

  private @Nullable Opened opened;

  Mqtt311Line(
      MqttSettings settings,
      Optional<Message> farewell,
      Set<String> inbound,
      Failure failure,
      Events events) {
    this.settings = settings;
    this.farewell = farewell;
    this.inbound = inbound;
    this.failure = failure;
    this.events = events;
  }

  @Override
  public void open() throws SetupException {
    ScheduledThreadPoolExecutor threads = threads();
    try {
      BrokerSocket socket =
          new BrokerSocket(
              settings,
              settings.broker().tls() ? settings.tls().socketFactory() : null,
              false,
              LARGEST_INBOUND_PACKET,
              () -> socketEnded(threads));
      MqttAsyncClient client =
          new MqttAsyncClient(
              settings.broker().uri(),
              settings.clientId(),
              new MemoryPersistence(),
              new ScheduledExecutorPingSender(threads),
              threads);
      client.setCallback(new Ears());
      IMqttToken attempt =
          client.connect(options(socket), null, told(token -> whenConnected(client)));
      opened = new Opened(socket, threads, client, attempt);
    } catch (MqttException | IllegalArgumentException e) {
      throw new SetupException(words(e), e);
    } finally {
      if (opened == null) {
        threads.shutdownNow();
      }
    }
  }

  private ScheduledThreadPoolExecutor threads() {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "mqtt-" + settings.name() + "-paho");
              thread.setDaemon(true);
              return thread;
            });
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setRemoveOnCancelPolicy(true);
    return threads;
  }

  private MqttConnectOptions options(BrokerSocket socket) throws SetupException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setMaxInflight(settings.inFlight() + IN_FLIGHT_BESIDE);
    options.setSocketFactory(socket.factory());
    String user = settings.credentials().user();
    if (user != null) {
      options.setUserName(user);
    }
    byte[] password = settings.credentials().readPassword();
    if (password != null) {
      options.setPassword(new String(password, StandardCharsets.UTF_8).toCharArray());
    }
    farewell.ifPresent(
        will ->
            options.setWill(
                settings.topic(will.channel()), will.payload(), qos(will), will.retained()));
    return options;
  }

  private void whenConnected(MqttAsyncClient connected) {
    if (inbound.isEmpty()) {
      stands();
      return;
    }
    String[] topics = inbound.stream().map(settings::topic).toArray(String[]::new);
    int[] qos = new int[topics.length];
    Arrays.fill(qos, AT_LEAST_ONCE);
    try {
      connected.subscribe(topics, qos, null, told(this::whenListening));
    } catch (MqttException e) {
      events.lost(words(e));
    }
  }

  private void whenListening(IMqttToken token) {
    int[] granted = token.getGrantedQos();
    for (int code : granted == null ? new int[0] : granted) {
      if (code == ReturnCode.SUBSCRIPTION_FAILED) {
        events.lost("listening to " + inbound + ": " + failure.returned(code));
        return;
      }
    }
    stands();
  }

  private void stands() {
    stood = true;
    events.connected(new Limits(MOST_IN_FLIGHT, LARGEST_PACKET));
  }

  private String words(Throwable cause) {
    return failure.words(cause, stood);
  }

  @Override
  public long packetBytes(Message message) {
    return PacketSize.ofPublish(settings.topic(message.channel()), message.payload());
  }

  @Override
  public void send(Message message, Consumer<Answer> answered) {
    Opened open = opened;
    if (open == null) {
      answered.accept(new Answer.Unknown("the connection was not opened"));
      return;
    }
    MqttMessage packet = new MqttMessage(message.payload());
    packet.setQos(qos(message));
    packet.setRetained(message.retained());
    try {
      open.client()
          .publish(
              settings.topic(message.channel()),
              packet,
              null,
              new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                  answered.accept(new Answer.Replied(0, new byte[0]));
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                  answered.accept(new Answer.Unknown(words(cause)));
                }
              });
    } catch (MqttException | RuntimeException e) { // Paho's own; a message must not get lost in it
      answered.accept(new Answer.Unknown(words(e)));
    }
  }

  private static int qos(Message message) {
    return message.qos() == Qos.AT_MOST_ONCE ? AT_MOST_ONCE : AT_LEAST_ONCE;
  }

  /**
   * MQTT 3.1.1, 3.14.4: a DISCONNECT would take the will back, and nothing can be said that would
   * not; without one the broker publishes it (3.1.2.5).
   */
  @Override
  public void leave() {
    cut();
  }

  @Override
  public void cut() {
    cut = true;
    Opened open = opened;
    opened = null;
    if (open == null) {
      return;
    }
    try {
      open.socket().close();
    } catch (IOException e) {
      // It was not open, or is closed already: that is what was wanted.
    }
    try {
      open.attempt().waitForCompletion(LONGEST_END_MILLIS); // it would go on to start threads
    } catch (MqttException e) {
      // It failed, as it was made to.
    }
    end(open.threads());
  }

  private static void end(ScheduledThreadPoolExecutor threads) {
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

  /** Paho closes the socket before it says why, and may never come to that. */
  private void socketEnded(ScheduledThreadPoolExecutor threads) {
    if (cut) {
      return;
    }
    try {
      var unused =
          threads.schedule(
              () -> events.lost(failure.closed(stood)), LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // It is being cut: nobody listens any more.
    }
  }

  private IMqttActionListener told(Consumer<IMqttToken> done) {
    return new IMqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        done.accept(token);
      }

      @Override
      public void onFailure(IMqttToken token, Throwable cause) {
        events.lost(words(cause));
      }
    };
  }

  /** Called by Paho's threads. */
  private final class Ears implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage packet) {
      String channel = settings.topics().channel(topic).orElse("");
      if (inbound.contains(channel)) { // else not asked for; a broker that sends it is odd, no more
        events.received(
            new Message(
                channel, "application/octet-stream", packet.getPayload(), packet.isRetained()));
      }
    }

    @Override
    public void connectionLost(Throwable cause) {
      events.lost(words(cause));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Each message has a listener of its own.
    }
  }
}

package city.mycelium.receiver.internal.mqtt;

import city.mycelium.libraries.paho.GatedClient;
import city.mycelium.receiver.internal.intake.Inbound;
import city.mycelium.receiver.internal.intake.Topics;
import city.mycelium.receiver.internal.store.Store.Due;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its CONNECT to its end. Every attempt has a client of its own: a Paho client
 * that connects again sends what it still holds under topic aliases that the broker no longer
 * knows, and message ids begin anew, so that an old confirmation would confirm another message.
 *
 * <p>The broker keeps our session for {@value #SESSION_EXPIRY_SECONDS} s after the connection ends,
 * and with it what was not settled; nothing depends on it, as gateways send again what is not
 * acknowledged.
 */
final class BrokerConnection implements AutoCloseable {

  static final long SESSION_EXPIRY_SECONDS = 3_600;

  /** MQTT 5, 3.1.2.11.3: how many messages the broker may have sent us that are not settled. */
  static final int RECEIVE_MAXIMUM = 250;

  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int CONNECT_TIMEOUT_SECONDS = 5;
  private static final long ANSWER_TIMEOUT_MILLIS = 8_000;

  /** Acknowledgements under way at most, if the broker takes that many. */
  private static final int ACK_WINDOW = 16;

  /** MQTT 5, 3.2.2.3.3: what a broker takes that does not say. */
  private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;

  /** MQTT 5, 2.4: reason codes from here on are failures. */
  private static final int FIRST_FAILURE = 0x80;

  /** MQTT 5, 2.4: session taken over. */
  private static final int TAKEN_OVER = 0x8e;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  private final BrokerSettings settings;
  private final Topics topics;
  private final BrokerLink.Sink sink;
  private final GatedClient client;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile boolean stands;
  private int window;

  /**
   * Does not connect yet.
   *
   * @throws MqttException never, as far as is known
   */
  BrokerConnection(BrokerSettings settings, Topics topics, BrokerLink.Sink sink)
      throws MqttException {
    this.settings = settings;
    this.topics = topics;
    this.sink = sink;
    this.client = new GatedClient(settings.url(), settings.clientId());
  }

  /**
   * Connects and subscribes.
   *
   * @throws MqttException if the broker cannot be reached or refuses us, or {@link #requestEnd}
   *     came in between
   * @throws IOException if a file of the settings cannot be read
   * @throws GeneralSecurityException if the CA file holds no usable certificate
   */
  void open() throws MqttException, IOException, GeneralSecurityException {
    connect(options(settings));
    subscribe();
    stands = true;
  }

  /** Completes with the reason, for a person, when the connection has ended. */
  CompletableFuture<String> end() {
    return end;
  }

  /**
   * Ends the connection soon, on any thread: {@link #end} completes, nothing more is taken in, and
   * nobody waits on for a broker that has not answered yet.
   */
  void requestEnd() {
    end.complete("closed");
    if (!stands) {
      client.abort();
    }
  }

  /** How many acknowledgements may be under way at once. */
  int window() {
    return window;
  }

  /**
   * Publishes an acknowledgement. For one thread at a time, and never more at once than the window
   * allows.
   *
   * @param done called when the broker has answered; may never be, if the connection is lost
   */
  void publish(Due due, Runnable done) {
    String topic = topics.acknowledgement(due.route());
    MqttMessage message = new MqttMessage(due.acknowledgement().toJson(), 1, true, null);
    try {
      client.publish(topic, message, null, new Answer(topic, done));
    } catch (MqttException e) {
      LOG.debug("Could not publish on {}; the connection is going down", topic, e);
    }
  }

  /**
   * Takes leave of the broker properly if it is still there. Returns when Paho's threads have ended
   * or soon will, so that however many attempts fail, none of them leaves any.
   */
  @Override
  public void close() {
    requestEnd();
    if (client.isConnected()) {
      try {
        client.disconnect(1_000).waitForCompletion(3_000);
      } catch (MqttException e) {
        LOG.debug("The broker did not take our farewell", e);
      }
    }
    client.cut();
  }

  private static MqttConnectionOptions options(BrokerSettings settings)
      throws IOException, GeneralSecurityException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION_EXPIRY_SECONDS);
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS);
    if (settings.username() != null) {
      options.setUserName(settings.username());
    }
    Path passwordFile = settings.passwordFile();
    if (passwordFile != null) {
      List<String> lines = Files.readAllLines(passwordFile);
      String password = lines.isEmpty() ? "" : lines.get(0);
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    }
    Path caFile = settings.caFile();
    if (caFile != null) {
      options.setSocketFactory(PemTrust.sockets(caFile));
    }
    return options;
  }

  private void connect(MqttConnectionOptions options) throws MqttException {
    client.setManualAcks(true);
    client.setCallback(new Callback());
    IMqttToken connected = client.connect(options);
    connected.waitForCompletion(ANSWER_TIMEOUT_MILLIS);
    MqttProperties said = connected.getResponseProperties();
    Integer theirs = said == null ? null : said.getReceiveMaximum();
    window = Math.min(ACK_WINDOW, theirs == null ? DEFAULT_RECEIVE_MAXIMUM : theirs);
  }

  private void subscribe() throws MqttException {
    IMqttToken subscribed =
        client.subscribe(
            new String[] {topics.statusFilter(), topics.dataFilter()}, new int[] {1, 1});
    subscribed.waitForCompletion(ANSWER_TIMEOUT_MILLIS);
    for (int code : subscribed.getReasonCodes()) {
      if (code >= FIRST_FAILURE) {
        throw new MqttException(code);
      }
    }
  }

  /** For messages of this connection only: their ids mean nothing on another one. */
  private void settle(MqttMessage message) {
    try {
      if (message.getQos() == 1 && !end.isDone() && client.isConnected()) {
        client.messageArrivedComplete(message.getId(), 1);
      }
    } catch (MqttException e) {
      LOG.debug("The broker was not told that a message is settled; it will send it again", e);
    }
  }

  /** Paho's callbacks; they come on its own threads. */
  private final class Callback implements MqttCallback {

    /**
     * Waits while there is no room: then Paho reads nothing more, and the broker keeps the rest. It
     * must not wait beyond the connection, whose end waits for this call.
     */
    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
      MqttProperties properties = message.getProperties();
      String contentType = properties == null ? null : properties.getContentType();
      Inbound inbound =
          new Inbound(
              topic,
              contentType == null ? "" : contentType,
              message.getPayload(),
              () -> settle(message));
      while (!end.isDone() && !sink.offer(inbound)) {
        if (!client.isConnected()) {
          return;
        }
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      if (response.getReturnCode() == TAKEN_OVER) {
        end.complete(
            "another client with our client id has connected; each receiver needs its own");
      } else {
        MqttException exception = response.getException();
        end.complete(
            exception == null
                ? "the broker ended it with reason code " + response.getReturnCode()
                : Trouble.inWords(exception));
      }
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      LOG.debug("Paho reports an error and goes on", exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }

  /** What became of an acknowledgement. A broker may take it and refuse it all the same. */
  private final class Answer implements MqttActionListener {

    private final String topic;
    private final Runnable done;

    Answer(String topic, Runnable done) {
      this.topic = topic;
      this.done = done;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0 && codes[0] >= FIRST_FAILURE) {
        complain(Trouble.refusal(codes[0]));
      }
      done.run();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable exception) {
      LOG.debug("An acknowledgement on {} did not get through", topic, exception);
      done.run();
    }

    private void complain(String why) {
      if (complained.compareAndSet(false, true)) {
        LOG.warn(
            "An acknowledgement on {} was not published: {}. Gateways will send again and again"
                + " what is stored already; let this user write '…/ack' in the broker's ACL.",
            topic,
            why);
      }
    }
  }
}

package city.mycelium.connector.mqtt.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.libraries.paho.GatedClient;
import city.mycelium.tls.SetupException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;

/**
 * One connection in MQTT 5, by one client object of Paho 1.2.5. A new object for each attempt,
 * always with a clean start: one that resumes a session sends its stored messages with a topic
 * alias that the broker has forgotten, and is thrown out for it again and again. What was
 * unanswered is sync's to send again.
 */
final class Mqtt5Line implements Line {

  /** MQTT 5, 4.3. */
  private static final int AT_MOST_ONCE = 0;

  private static final int AT_LEAST_ONCE = 1;

  /** MQTT 5, 3.2.2.3.3: without a Receive Maximum it is this. */
  private static final int USUAL_RECEIVE_MAXIMUM = 65_535;

  private static final Duration LEAVING = Duration.ofSeconds(2);

  /**
   * Paho writes stack traces for every lost connection into java.util.logging. What happened is
   * told once, in words, by {@link MqttSession}. Held here, or its level would be forgotten.
   */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final MqttSettings settings;
  private final Optional<Message> farewell;
  private final Set<String> inbound;
  private final Events events;
  private final Failure failure;
  private final Runnable whenOlder;
  private volatile boolean stood;
  private @Nullable GatedClient client;

  /**
   * One that is not yet open.
   *
   * @param whenOlder runs, on any thread, before the loss is told, if the broker itself says that
   *     it does not speak MQTT 5
   */
  Mqtt5Line(
      MqttSettings settings,
      Optional<Message> farewell,
      Set<String> inbound,
      Failure failure,
      Runnable whenOlder,
      Events events) {
    this.settings = settings;
    this.farewell = farewell;
    this.inbound = inbound;
    this.events = events;
    this.failure = failure;
    this.whenOlder = whenOlder;
  }

  @Override
  public void open() throws SetupException {
    try {
      GatedClient made = new GatedClient(settings.broker().uri(), settings.clientId());
      made.setCallback(new Ears());
      MqttConnectionOptions options = options();
      client = made;
      made.connect(options, null, told(token -> whenConnected(made, token)));
    } catch (MqttException e) {
      throw new SetupException(words(e), e);
    }
  }

  private MqttConnectionOptions options() throws SetupException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setMaximumPacketSize((long) LARGEST_INBOUND_PACKET);
    options.setUserName(settings.credentials().user());
    options.setPassword(settings.credentials().readPassword());
    options.setSocketFactory(
        new BrokerSocket(
                settings,
                settings.broker().tls() ? settings.tls().socketFactory() : null,
                true,
                LARGEST_INBOUND_PACKET,
                () -> {})
            .factory());
    farewell.ifPresent(
        will -> {
          options.setWill(settings.topic(will.channel()), packet(will));
          options.setWillMessageProperties(contentType(will));
        });
    return options;
  }

  private void whenConnected(GatedClient connected, IMqttToken token) {
    MqttProperties offered = token.getResponseProperties();
    Integer receiveMaximum = offered.getReceiveMaximum();
    Long packetSize = offered.getMaximumPacketSize();
    Integer maximumQos = offered.getMaximumQoS();
    if (maximumQos != null && maximumQos < AT_LEAST_ONCE) {
      events.lost(failure.refused(MqttReturnCode.RETURN_CODE_QOS_NOT_SUPPORTED));
      return;
    }
    Limits limits =
        new Limits(
            receiveMaximum == null ? USUAL_RECEIVE_MAXIMUM : receiveMaximum,
            packetSize == null ? LARGEST_PACKET : packetSize);
    if (inbound.isEmpty()) {
      stands(limits);
      return;
    }
    MqttSubscription[] subscriptions =
        inbound.stream()
            .map(channel -> new MqttSubscription(settings.topic(channel), AT_LEAST_ONCE))
            .toArray(MqttSubscription[]::new);
    try {
      connected.subscribe(
          subscriptions,
          null,
          told(subscribed -> whenListening(subscribed, limits)),
          new MqttProperties());
    } catch (MqttException e) {
      lost(e);
    }
  }

  private void whenListening(IMqttToken token, Limits limits) {
    int[] codes = token.getReasonCodes();
    for (int code : codes == null ? new int[0] : codes) {
      if (ReasonCode.isFailure(code)) {
        events.lost("listening to " + inbound + ": " + failure.refused(code));
        return;
      }
    }
    stands(limits);
  }

  private void stands(Limits limits) {
    stood = true;
    events.connected(limits);
  }

  private void lost(Throwable cause) {
    if (failure.isOlder(cause)) {
      whenOlder.run();
    }
    events.lost(words(cause));
  }

  private String words(Throwable cause) {
    return failure.words(cause, stood);
  }

  @Override
  public long packetBytes(Message message) {
    return PacketSize.ofPublish(
        settings.topic(message.channel()), message.mediaType(), message.payload());
  }

  @Override
  public void send(Message message, Consumer<Answer> answered) {
    GatedClient open = client;
    if (open == null) {
      answered.accept(new Answer.Unknown("the connection was not opened"));
      return;
    }
    try {
      open.publish(
          settings.topic(message.channel()),
          packet(message),
          null,
          new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              answered.accept(answerTo(token));
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

  private Answer answerTo(IMqttToken token) {
    int[] codes = token.getReasonCodes();
    int code = codes == null || codes.length == 0 ? MqttReturnCode.RETURN_CODE_SUCCESS : codes[0];
    return ReasonCode.isFailure(code)
        ? new Answer.Refused(failure.refused(code), ReasonCode.isPermanent(code))
        : new Answer.Replied(code, new byte[0]);
  }

  private static MqttMessage packet(Message message) {
    int qos = message.qos() == Qos.AT_MOST_ONCE ? AT_MOST_ONCE : AT_LEAST_ONCE;
    return new MqttMessage(message.payload(), qos, message.retained(), contentType(message));
  }

  private static MqttProperties contentType(Message message) {
    MqttProperties properties = new MqttProperties();
    properties.setContentType(message.mediaType());
    return properties;
  }

  /** MQTT 5, 3.14.2.1: Disconnect with Will Message; the broker says it for us. */
  @Override
  public void leave() {
    GatedClient open = client;
    if (open != null && open.isConnected()) {
      try {
        open.disconnect(
                LEAVING.toMillis() / 2,
                null,
                null,
                MqttReturnCode.RETURN_CODE_DISCONNECT_WITH_WILL_MESSAGE,
                new MqttProperties())
            .waitForCompletion(LEAVING.toMillis());
      } catch (MqttException e) {
        // The line broke meanwhile: then the broker says farewell all the same.
      }
    }
    cut();
  }

  @Override
  public void cut() {
    GatedClient open = client;
    client = null;
    if (open != null) {
      open.cut();
    }
  }

  private MqttActionListener told(Consumer<IMqttToken> done) {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        done.accept(token);
      }

      @Override
      public void onFailure(IMqttToken token, Throwable cause) {
        lost(cause);
      }
    };
  }

  /** Called by Paho's threads. */
  private final class Ears implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      if (response.getException() != null) {
        lost(response.getException());
      } else {
        events.lost(failure.words(response, stood));
      }
    }

    @Override
    public void messageArrived(String topic, MqttMessage packet) {
      String channel = settings.topics().channel(topic).orElse("");
      if (!inbound.contains(channel)) {
        return; // not asked for; a broker that sends it is odd, no more
      }
      MqttProperties properties = packet.getProperties();
      String mediaType = properties == null ? null : properties.getContentType();
      events.received(
          new Message(
              channel,
              mediaType == null ? "application/octet-stream" : mediaType,
              packet.getPayload(),
              packet.isRetained()));
    }

    @Override
    public void mqttErrorOccurred(MqttException error) {
      lost(error);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // Each message has a listener of its own.
    }

    @Override
    public void connectComplete(boolean reconnect, String uri) {
      // The connect token says it too, and with the broker's limits.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
      events.lost(failure.refused(MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION));
    }
  }
}

package city.mycelium.receiver;

import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.receiver.internal.intake.Topics;
import city.mycelium.receiver.internal.store.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A gateway as docs/wire.md has it: says that it is online, sends packs, and remembers the newest
 * acknowledgement. It keeps what it sent; sending again is the test's choice.
 */
final class FakeGateway implements AutoCloseable {

  /** Mosquitto takes 20 at once unless told otherwise. */
  private static final int WINDOW = 20;

  /** About two seconds, at the pace of testkit's await. */
  private static final int LOOKS_UNTIL_AGAIN = 100;

  private final String url;
  private final Route route;
  private final String topic;
  private final List<SenmlPack> sent = new ArrayList<>();
  private volatile Semaphore window = new Semaphore(WINDOW);
  private volatile Acknowledgement acknowledged = new Acknowledgement(0, 0, List.of(), 0);
  private MqttAsyncClient client;
  private int looks;

  FakeGateway(String url, Route route) {
    this.url = url;
    this.route = route;
    String acknowledgements = new Topics("mycelium").acknowledgement(route);
    this.topic = acknowledgements.substring(0, acknowledgements.length() - "ack".length());
  }

  /** Connects, also again after the broker was gone, and introduces itself. */
  FakeGateway connect() throws MqttException {
    window = new Semaphore(WINDOW);
    client = new MqttAsyncClient(url, "gateway-" + route.destination(), new MemoryPersistence());
    client.setCallback(new Listener());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setWill(topic + "status", new MqttMessage(Status.offline().toJson(), 1, true, null));
    client.connect(options).waitForCompletion(5_000);
    client.subscribe(topic + "ack", 1).waitForCompletion(5_000);
    say("status", "application/json", Samples.introduction(null).toJson(), true);
    return this;
  }

  /** Sends a pack, or keeps it for later if there is no connection. */
  void send(SenmlPack pack) {
    sent.add(pack);
    try {
      transmit(pack);
    } catch (MqttException e) {
      // it is kept: persist() sends it again
    }
  }

  /** Sends again whatever is not acknowledged. */
  void sendAgain() throws MqttException {
    for (SenmlPack pack : sent) {
      if (!isAcknowledged(pack)) {
        transmit(pack);
      }
    }
  }

  void say(String channel, String contentType, byte[] payload, boolean retained)
      throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setContentType(contentType);
    Semaphore current = window;
    try {
      do {
        if (!client.isConnected()) {
          throw new MqttException(MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED);
        }
      } while (!current.tryAcquire(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    client.publish(
        topic + channel,
        new MqttMessage(payload, 1, retained, properties),
        null,
        new Freed(current));
  }

  Acknowledgement acknowledged() {
    return acknowledged;
  }

  /** Whether everything that was ever sent is acknowledged. */
  boolean isAllAcknowledged() {
    return sent.stream().allMatch(this::isAcknowledged);
  }

  /**
   * One look, of the many that a gateway takes until everything is acknowledged: connects again if
   * need be, and sends again what has waited for long.
   *
   * @return whether everything is acknowledged
   */
  boolean persist() throws MqttException {
    if (!client.isConnected()) {
      vanish();
      connect();
      sendAgain();
    } else if (++looks % LOOKS_UNTIL_AGAIN == 0) {
      sendAgain();
    }
    return isAllAcknowledged();
  }

  /** Vanishes, so that the broker publishes its will. */
  void vanish() throws MqttException {
    client.disconnectForcibly(0, 1, false);
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(5_000);
      client.close();
    } else {
      vanish();
    }
  }

  private void transmit(SenmlPack pack) throws MqttException {
    say("data", SenmlCodec.cbor().mediaType(), SenmlCodec.cbor().encode(pack), false);
  }

  private boolean isAcknowledged(SenmlPack pack) {
    Acknowledgement known = acknowledged;
    return known.epoch() == pack.epoch()
        && (pack.covers().last() <= known.contiguous()
            || known.above().stream()
                .anyMatch(
                    range ->
                        range.contains(pack.covers().first())
                            && range.contains(pack.covers().last())));
  }

  /** Paho's own end of a message, whatever became of it. */
  private record Freed(Semaphore window) implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable exception) {
      window.release();
    }
  }

  private final class Listener implements MqttCallback {
    @Override
    public void messageArrived(String from, MqttMessage message) throws SenmlException {
      acknowledged = Acknowledgement.parse(message.getPayload());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}

package city.mycelium.bench;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.connector.mqtt.internal.BrokerAddress;
import city.mycelium.connector.mqtt.internal.MqttConnector;
import city.mycelium.connector.mqtt.internal.MqttSettings;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A real Mosquitto on this machine, and the product's own connector to it. */
public final class BenchBroker {

  private static final int IN_FLIGHT = 100;

  private BenchBroker() {}

  /** With room for the window that is measured; Mosquitto's own default is 20. */
  public static MosquittoProcess start(Path folder) {
    return MosquittoProcess.start(folder, false, "max_inflight_messages 1000");
  }

  static Connector connector(int port, GatewayId gateway) {
    return connector(port, gateway, "bench");
  }

  /** For a Destination of that name. */
  public static Connector connector(int port, GatewayId gateway, String destination) {
    return new MqttConnector(
        new MqttSettings(
            destination,
            BrokerAddress.parse("mqtt://127.0.0.1:" + port),
            false,
            TlsFiles.NONE,
            Credentials.NONE,
            gateway + "-" + destination,
            "mycelium/1/" + gateway + "/" + destination,
            MqttSettings.USUAL_KEEP_ALIVE,
            MqttSettings.USUAL_CONNECT_TIMEOUT,
            MqttSettings.USUAL_RETRY_AT_FIRST,
            MqttSettings.USUAL_RETRY_AT_MOST,
            IN_FLIGHT),
        new ThreadSchedulers(),
        RandomGenerator.getDefault());
  }
}

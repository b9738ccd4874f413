package city.mycelium.receiver.internal.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A Paho client that reads nothing before it has written its CONNECT. Paho 1.2.5 starts its reader
 * first and then waits for it; where a broker closes the connection at once the reader has ended by
 * then, and the thread that waits spins for ever.
 */
final class GatedClient extends MqttAsyncClient {

  GatedClient(String url, String clientId) throws MqttException {
    super(url, clientId, new MemoryPersistence());
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options)
      throws MqttException {
    NetworkModule[] modules = super.createNetworkModules(address, options);
    for (int i = 0; i < modules.length; i++) {
      modules[i] = new Gate(modules[i]);
    }
    return modules;
  }

  private static final class Gate implements NetworkModule {

    private final NetworkModule network;
    private final CountDownLatch spoken = new CountDownLatch(1);

    Gate(NetworkModule network) {
      this.network = network;
    }

    @Override
    public void start() throws IOException, MqttException {
      network.start();
    }

    @Override
    public void stop() throws IOException {
      network.stop();
    }

    @Override
    public String getServerURI() {
      return network.getServerURI();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(network.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          try {
            out.write(bytes, offset, length);
          } finally {
            spoken.countDown();
          }
        }

        @Override
        public void write(int value) throws IOException {
          try {
            out.write(value);
          } finally {
            spoken.countDown();
          }
        }
      };
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(network.getInputStream()) {
        @Override
        public int read() throws IOException {
          awaitTurn();
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          awaitTurn();
          return in.read(bytes, offset, length);
        }

        @Override
        public int available() throws IOException {
          return spoken.getCount() == 0 ? in.available() : 0;
        }
      };
    }

    /** A time-out is what Paho's reader takes for "nothing there yet". */
    private void awaitTurn() throws IOException {
      try {
        if (!spoken.await(1, TimeUnit.SECONDS)) {
          throw new SocketTimeoutException("CONNECT is not written yet");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }
}

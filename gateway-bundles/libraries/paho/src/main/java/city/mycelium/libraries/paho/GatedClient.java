package city.mycelium.libraries.paho;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Paho's client for one connection, with a gate before its network, against traps of Paho 1.2.5.
 *
 * <p>It starts its reading thread before it sends CONNECT, and waits for that thread to be seen
 * running; if the broker closes the connection first, that thread has already ended and the wait
 * never does. So nothing is read before CONNECT is written, and nothing closed from the moment that
 * the network is open. An attempt takes as long as its time-outs; so {@link #abort} closes the
 * network from outside, also while it is being opened. And it loses threads if it is stopped before
 * its attempt has ended, or while nobody wakes the one that writes; so {@link #cut} does all of it
 * in the order that ends them.
 *
 * <p>Connect once, and keep nothing but {@link #cut} for the end: a client that connects again
 * sends what it still holds under topic aliases that the broker has forgotten. Messages are kept in
 * memory only. {@link #abort} may be called on any thread; for the rest it is as safe as Paho's
 * client is.
 */
public final class GatedClient extends MqttAsyncClient {

  private static final long LONGEST_HOLD_SECONDS = 1;

  /** Paho needs about 300 ms to start its threads. */
  private static final long LONGEST_START_SECONDS = 3;

  private static final long LONGEST_ATTEMPT_MILLIS = 2_000;
  private static final int MOST_WAKES = 50;
  private static final long BETWEEN_WAKES_MILLIS = 20;

  private volatile Gate[] gates = {};
  private volatile boolean aborted;
  private volatile @Nullable IMqttToken attempt;

  /**
   * Makes one that is not yet connected.
   *
   * @param uri {@code tcp://host:port} or {@code ssl://host:port}
   * @throws IllegalArgumentException if Paho cannot read the address
   * @throws MqttException never, as far as is known: Paho says so for stores that are not in memory
   */
  public GatedClient(String uri, String clientId) throws MqttException {
    super(uri, clientId, new MemoryPersistence());
  }

  /**
   * Begins to connect and returns at once; all of Paho's other ways to connect come through here.
   *
   * @throws MqttException if it is connected, connecting or closed
   */
  @Override
  public IMqttToken connect(
      MqttConnectionOptions options,
      @Nullable Object context,
      @Nullable MqttActionListener listener)
      throws MqttException {
    IMqttToken begun = super.connect(options, context, listener);
    attempt = begun;
    return begun;
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options)
      throws MqttException {
    NetworkModule[] modules = super.createNetworkModules(address, options);
    Gate[] made = new Gate[modules.length];
    for (int i = 0; i < modules.length; i++) {
      made[i] = new Gate(modules[i]);
    }
    gates = made;
    if (aborted) { // before there was anything to close
      abort();
    }
    return made.clone();
  }

  /**
   * Closes the network, also while it is being opened, and lets none be opened from now on: an
   * attempt fails, a connection is lost. Returns within seconds. {@link #cut} is still to come.
   */
  public void abort() {
    aborted = true;
    for (Gate gate : gates) {
      gate.abort();
    }
  }

  /**
   * Ends it, whatever it is doing, without a word to the broker; to say farewell, disconnect first.
   * Returns within seconds, when its threads have ended or soon will. Doing it twice does no harm.
   * Not from one of Paho's callbacks: their thread is waited for.
   */
  public void cut() {
    abort();
    IMqttToken begun = attempt;
    if (begun == null) {
      return;
    }
    try {
      begun.waitForCompletion(LONGEST_ATTEMPT_MILLIS);
    } catch (MqttException e) {
      // The attempt failed, as it was made to.
    }
    try {
      disconnectForcibly(0, 1, false);
    } catch (MqttException e) {
      // It was disconnected already.
    }
    awaitWriters();
  }

  /** Without being woken, the thread that writes would wait on for something to write. */
  private void awaitWriters() {
    for (Gate gate : gates) {
      Thread writer = gate.writer;
      for (int wake = 0; writer != null && writer.isAlive() && wake < MOST_WAKES; wake++) {
        comms.getClientState().notifyQueueLock();
        try {
          writer.join(BETWEEN_WAKES_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private static final class Gate implements NetworkModule {

    private final NetworkModule network;
    private final CountDownLatch spoken = new CountDownLatch(1);
    private volatile @Nullable Thread writer;
    private boolean aborted;
    private boolean open;

    Gate(NetworkModule network) {
      this.network = network;
    }

    void abort() {
      if (giveUp()) {
        awaitConnectWritten();
      }
      try {
        network.stop();
      } catch (IOException e) {
        // It was not open, or is closed already: that is what was wanted.
      }
    }

    /** Whether the network is open, and Paho busy with starting its threads. */
    private synchronized boolean giveUp() {
      aborted = true;
      return open;
    }

    private void awaitConnectWritten() {
      try {
        spoken.await(LONGEST_START_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void start() throws IOException, MqttException {
      refuseIfAborted();
      network.start();
      synchronized (this) {
        open = !aborted;
      }
      refuseIfAborted();
    }

    private synchronized void refuseIfAborted() throws IOException {
      if (aborted) {
        throw new IOException("given up");
      }
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
        public void write(byte[] bytes, int from, int length) throws IOException {
          try {
            out.write(bytes, from, length);
          } finally {
            written();
          }
        }

        @Override
        public void write(int b) throws IOException {
          try {
            out.write(b);
          } finally {
            written();
          }
        }
      };
    }

    private void written() {
      if (writer == null) {
        writer = Thread.currentThread();
        spoken.countDown();
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(network.getInputStream()) {
        @Override
        public int read() throws IOException {
          hold();
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          hold();
          return in.read(bytes, from, length);
        }

        @Override
        public int available() throws IOException {
          return spoken.getCount() == 0 ? in.available() : 0;
        }
      };
    }

    /** Paho reads with a time-out of a second and tries again after it: so does the gate. */
    private void hold() throws IOException {
      try {
        if (!spoken.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
          throw new SocketTimeoutException("CONNECT is not yet written");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before CONNECT was written");
      }
    }
  }
}

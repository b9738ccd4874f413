package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.tls.Alpn;
import city.mycelium.tls.ClientHandshake;
import city.mycelium.tls.SetupException;
import city.mycelium.tls.TlsFiles;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Paho's client speaks through: TLS as the settings ask for it, and closed from outside at
 * once, also while it is being opened, whatever is being read or written.
 *
 * <p>Nothing is read before something was written: if the broker hangs up before Paho has started
 * all of its threads, those that it starts afterwards stay for ever.
 */
final class FeedSocket extends Socket {

  private static final long LONGEST_HOLD_SECONDS = 1;

  /** Of a second each: Paho sets it. */
  private static final int MOST_TIME_OUTS = 10;

  /** MQTT 3.1.1, 2.2.3: four bytes of seven bits. */
  private static final int LAST_SHIFT = 21;

  /**
   * A message that is too long by no more than this is passed by; a longer one ends the connection,
   * for Paho makes room for any length that a broker says, up to 256 MB.
   */
  private static final long MOST_BESIDE = 1L << 20; // long, or the sum could overflow

  private final FeedSettings settings;
  private final Runnable ended;
  private final Socket plain = new Socket();
  private final CountDownLatch spoken = new CountDownLatch(1);
  private volatile @Nullable InputStream in;
  private volatile @Nullable OutputStream out;

  /**
   * A socket that is not connected.
   *
   * @param ended runs when it is closed, by whomever; may run more than once
   */
  FeedSocket(FeedSettings settings, Runnable ended) {
    this.settings = settings;
    this.ended = ended;
  }

  /** Opens it, with TLS if so set; the settings' time-out is used, which is finer than Paho's. */
  @Override
  public void connect(SocketAddress address, int ignored) throws IOException {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new UnknownHostException(settings.host());
    }
    int timeout = (int) settings.connectTimeout().toMillis();
    plain.connect(address, timeout);
    plain.setSoTimeout(timeout);
    plain.setTcpNoDelay(true);
    Socket secured = secured();
    in = new Held(secured.getInputStream());
    out = new Telling(secured.getOutputStream());
  }

  private Socket secured() throws IOException {
    TlsFiles files = settings.tls();
    if (files == null) {
      return plain;
    }
    try {
      return ClientHandshake.over(
          plain, files.socketFactory(), settings.host(), settings.port(), Alpn.NONE);
    } catch (SetupException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return opened(in);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return opened(out);
  }

  private static <T> T opened(@Nullable T stream) throws IOException {
    if (stream == null) {
      throw new SocketException("not connected");
    }
    return stream;
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    plain.setSoTimeout(millis);
  }

  /** Ends it, whatever waits in it: closing TLS in good order would wait for who writes. */
  @Override
  public synchronized void close() throws IOException {
    try {
      plain.close();
    } finally {
      ended.run();
    }
  }

  private final class Held extends FilterInputStream {

    private boolean inHeader;
    private int length;
    private int shift;

    Held(InputStream in) {
      super(new BufferedInputStream(in));
    }

    /** Paho reads a packet's type and length byte by byte (2.2), and the rest in pieces. */
    @Override
    public int read() throws IOException {
      hold();
      int b = inHeader ? readPatiently() : in.read();
      if (!inHeader) {
        inHeader = true;
        length = 0;
        shift = 0;
        return b;
      }
      length |= (b & 0x7f) << shift;
      shift += 7;
      inHeader = (b & 0x80) != 0 && shift <= LAST_SHIFT;
      if (!inHeader && length > settings.maxMessageBytes() + MOST_BESIDE) {
        throw new IOException(
            "it sends a message of "
                + length
                + " bytes, or what is not MQTT: give the broker a limit, and remove the message there");
      }
      return b;
    }

    /** After a time-out Paho would take the rest of a length for a new packet. */
    private int readPatiently() throws IOException {
      for (int i = 0; i < MOST_TIME_OUTS; i++) {
        try {
          return in.read();
        } catch (SocketTimeoutException e) {
          // The rest is on its way.
        }
      }
      throw new IOException("it has fallen silent within a message");
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

    /** Paho reads with a time-out of a second and tries again after it. */
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

  private final class Telling extends FilterOutputStream {

    Telling(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      try {
        out.write(b);
      } finally {
        spoken.countDown();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } finally {
        spoken.countDown();
      }
    }
  }
}

package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.driver.SerialLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** A TCP connection, used as a line. */
final class SocketLine implements SerialLine {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private SocketLine(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /**
   * Connects.
   *
   * @throws IOException if that fails; the message says why and what to do
   */
  static SerialLine open(String host, int port, Duration atMost) throws IOException {
    Socket socket = new Socket();
    String where = host + ":" + port;
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), (int) atMost.toMillis());
      return new SocketLine(socket);
    } catch (IOException e) {
      socket.close();
      throw new IOException(why(where, e), e);
    }
  }

  /** In words: what the library says is for developers. */
  static String why(String where, IOException e) {
    if (e instanceof UnknownHostException) {
      return "no address is known for " + where + ": check host, or give its IP address";
    }
    if (e instanceof SocketTimeoutException) {
      return where + " does not answer: is it switched on, and in this network? Try ping";
    }
    if (e instanceof ConnectException) {
      return where
          + " refuses the connection: is Modbus TCP switched on in the device, is tcpPort right,"
          + " does it serve another client already?";
    }
    return where + " cannot be reached (" + e.getMessage() + "): check host and the network";
  }

  @Override
  public int read(byte[] into, Duration atMost) throws IOException {
    int count;
    try {
      if (atMost.isZero()) {
        int there = in.available();
        return there == 0 ? 0 : in.read(into, 0, Math.min(there, into.length));
      }
      socket.setSoTimeout((int) Math.max(1, atMost.toMillis()));
      count = in.read(into);
    } catch (SocketTimeoutException e) {
      return 0;
    }
    if (count < 0) {
      throw new IOException("the device closed the connection");
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }
}

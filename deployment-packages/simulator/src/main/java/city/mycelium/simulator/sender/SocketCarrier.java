package city.mycelium.simulator.sender;

import city.mycelium.simulator.kit.Post;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP/1.1 as a microcontroller speaks it: a new connection for every post, one write, and of the
 * answer only the first line is understood. Immutable, safe for use by many threads.
 */
public final class SocketCarrier implements Carrier {

  /** RFC 9112, 4: HTTP-version SP status-code SP [reason-phrase]. */
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  private final String host;
  private final int port;
  private final int patienceMillis;

  /**
   * Carries to this address.
   *
   * @param patience for the connection, and again for the answer
   */
  public SocketCarrier(String host, int port, Duration patience) {
    this.host = host;
    this.port = port;
    this.patienceMillis = Math.toIntExact(patience.toMillis());
  }

  @Override
  public int post(Post post) throws IOException {
    try (Socket socket = send(post)) {
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = answer.readLine();
      Matcher status = STATUS_LINE.matcher(first == null ? "" : first);
      if (!status.matches()) {
        throw new IOException("no HTTP answer, but: " + first);
      }
      return Integer.parseInt(status.group(1));
    }
  }

  @Override
  public void postAndHangUp(Post post) throws IOException {
    send(post).close();
  }

  private Socket send(Post post) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(patienceMillis);
      socket.connect(new InetSocketAddress(host, port), patienceMillis);
      socket.getOutputStream().write(request(post));
      socket.getOutputStream().flush();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private byte[] request(Post post) {
    byte[] body = post.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(post.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append(':').append(port).append("\r\n");
    for (Map.Entry<String, String> header : post.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }
}

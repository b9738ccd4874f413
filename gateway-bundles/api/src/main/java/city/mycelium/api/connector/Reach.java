package city.mycelium.api.connector;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;

/**
 * The layers that every transport has: whether a name is known, whether a port is reached, and
 * whether it shows a certificate that is trusted. Each is tried on a connection of its own, which
 * is closed again. A host is a name, an IPv4 address, or an IPv6 address with or without brackets.
 */
public final class Reach {

  private Reach() {}

  /**
   * Looks a name up, and if it is known opens a TCP connection there and closes it again. Blocks.
   *
   * @param patience for each of both
   * @return {@code name}, and {@code route} if that could be tried
   */
  public static List<Check> tcp(String host, int port, Duration patience) {
    List<Check> checks = new ArrayList<>();
    checks.add(name(host, patience));
    if (allOk(checks)) {
      checks.add(route(host, port, patience));
    }
    return checks;
  }

  /**
   * Looks a name up. The system's resolver can take minutes over it, and cannot be hurried: it is
   * left behind then, on a thread that ends with it. Blocks.
   *
   * @return {@code name}
   */
  public static Check name(String host, Duration patience) {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    Thread resolver =
        new Thread(
            () -> {
              try {
                found.complete(InetAddress.getAllByName(bare(host)));
              } catch (IOException | SecurityException e) {
                found.completeExceptionally(e);
              }
            },
            "name of " + host);
    resolver.setDaemon(true);
    resolver.start();
    try {
      String[] addresses =
          Arrays.stream(found.get(patience.toMillis(), TimeUnit.MILLISECONDS))
              .map(InetAddress::getHostAddress)
              .toArray(String[]::new);
      return new Check("name", true, host + " is " + String.join(", ", addresses));
    } catch (ExecutionException e) {
      return new Check(
          "name",
          false,
          "nobody knows the name " + host + ": check the address, and the network's DNS");
    } catch (TimeoutException e) {
      return new Check(
          "name",
          false,
          "no name server said within "
              + words(patience)
              + " what "
              + host
              + " is: check the network's DNS");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.untried("name", "interrupted");
    }
  }

  private static Check route(String host, int port, Duration patience) {
    String where = "port " + port + " of " + host;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(bare(host), port), millis(patience));
      return new Check("route", true, where + " takes connections");
    } catch (ConnectException e) {
      return new Check(
          "route",
          false,
          "nobody listens at " + where + ": does the server run, is the port right?");
    } catch (SocketTimeoutException e) {
      return new Check(
          "route",
          false,
          where
              + " did not answer within "
              + words(patience)
              + ": check the network and the firewalls on the way");
    } catch (IOException e) {
      return new Check("route", false, where + " cannot be reached: " + e.getMessage());
    }
  }

  /**
   * Makes a TLS handshake in which the certificate must be for that host (RFC 2818, 3.1), and says
   * nothing more. Blocks. In TLS 1.3 a client certificate that is not taken shows only afterwards.
   *
   * @param handshake as the connection itself would shake hands
   * @param whose certificate it is, as a sentence begins with it: {@code the broker's}
   * @param patience for reaching it, and for each of its answers
   * @param words what a failure means
   * @return {@code tls}
   */
  public static Check tls(
      String host,
      int port,
      Handshake handshake,
      String whose,
      Duration patience,
      Function<IOException, String> words) {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(bare(host), port), millis(patience));
      plain.setSoTimeout(millis(patience));
      try (SSLSocket socket = handshake.over(plain)) {
        String chosen = socket.getApplicationProtocol();
        return new Check(
            "tls",
            true,
            whose
                + " certificate is trusted and bears its name ("
                + socket.getSession().getProtocol()
                + (chosen == null || chosen.isEmpty() ? "" : ", " + chosen)
                + ")");
      }
    } catch (SocketTimeoutException e) {
      return new Check(
          "tls",
          false,
          "port "
              + port
              + " of "
              + host
              + " took the connection and then said nothing for "
              + words(patience)
              + ": does it speak TLS there?");
    } catch (IOException e) {
      return new Check("tls", false, words.apply(e));
    }
  }

  /** The client's part of TLS, the check of the name among it. */
  public interface Handshake {

    /**
     * Shakes hands over a connection that stands. Blocks.
     *
     * @return the socket that the connection belongs to from then on
     */
    SSLSocket over(Socket connected) throws IOException;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int millis(Duration patience) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis()));
  }

  /** As a sentence says it: {@code 8 s}. */
  public static String words(Duration time) {
    return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Whether nothing that was tried fails. */
  public static boolean allOk(List<Check> checks) {
    return checks.stream().allMatch(Check::ok);
  }
}

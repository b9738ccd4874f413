package city.mycelium.api.connector;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layers that every transport has: whether a name is known, and whether a port is reached. */
public final class Reach {

  private Reach() {}

  /**
   * Looks a name up, and if it is known opens a TCP connection there and closes it again. Blocks.
   *
   * @param patience for the connection
   * @return {@code name}, and {@code route} if that could be tried
   */
  public static List<Check> tcp(String host, int port, Duration patience) {
    List<Check> checks = new ArrayList<>();
    checks.add(name(host));
    if (allOk(checks)) {
      checks.add(route(host, port, patience));
    }
    return checks;
  }

  /** Looks a name up. Blocks for as long as the system's resolver does. */
  public static Check name(String host) {
    try {
      String[] found =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .toArray(String[]::new);
      return new Check("name", true, host + " is " + String.join(", ", found));
    } catch (UnknownHostException e) {
      return new Check(
          "name",
          false,
          "nobody knows the name " + host + ": check the address, and the network's DNS");
    }
  }

  private static Check route(String host, int port, Duration patience) {
    String where = "port " + port + " of " + host;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) Math.max(1, patience.toMillis()));
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
              + patience.toSeconds()
              + " s: check the network and the firewalls on the way");
    } catch (IOException e) {
      return new Check("route", false, where + " cannot be reached: " + e.getMessage());
    }
  }

  /** Whether all that was tried works. */
  public static boolean allOk(List<Check> checks) {
    return checks.stream().allMatch(Check::ok);
  }
}

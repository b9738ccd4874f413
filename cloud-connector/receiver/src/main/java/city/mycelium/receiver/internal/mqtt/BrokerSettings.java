package city.mycelium.receiver.internal.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which broker, and who we are there.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId fixed, as the broker keeps our session under it
 * @param username null to log in without
 * @param passwordFile its first line is the password; null to log in without
 * @param caFile PEM certificates that may vouch for the broker; null for those that Java trusts
 */
public record BrokerSettings(
    String url,
    String clientId,
    @Nullable String username,
    @Nullable Path passwordFile,
    @Nullable Path caFile) {

  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

  public BrokerSettings {
    URI parsed = URI.create(url);
    if (parsed.getScheme() == null
        || !SCHEMES.contains(parsed.getScheme())
        || parsed.getHost() == null
        || parsed.getPort() < 1) {
      throw new IllegalArgumentException(
          "a broker's address is tcp://host:port or ssl://host:port, not '" + url + "'");
    }
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("a client id must not be empty");
    }
    if (passwordFile != null && username == null) {
      throw new IllegalArgumentException("a password needs a user name");
    }
  }

  /** Whether what is said can be read and changed on its way: plain TCP to another machine. */
  boolean isExposed() {
    URI parsed = URI.create(url);
    return "tcp".equals(parsed.getScheme()) && !LOOPBACK.matcher(parsed.getHost()).matches();
  }
}

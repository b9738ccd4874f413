package city.mycelium.connector.http.internal;

import city.mycelium.tls.Credentials;
import city.mycelium.tls.SecretFile;
import city.mycelium.tls.SetupException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows with each request, unasked. Immutable; its text holds no secret.
 *
 * @param basic user and password (RFC 7617)
 * @param tokenFile holds a token; null: none
 * @param tokenScheme what stands before it: {@code Bearer} (RFC 6750, 2.1), {@code Token} for
 *     InfluxDB 2
 */
public record Login(Credentials basic, @Nullable Path tokenFile, String tokenScheme) {

  static final String USUAL_SCHEME = "Bearer";

  /** RFC 9110, 11.1 and 5.6.2. */
  private static final Pattern SCHEME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Visible ASCII; more than RFC 9110's token68, since platforms invent their own. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /** Nothing is shown. Below the patterns, which it is checked by. */
  public static final Login NONE = new Login(Credentials.NONE, null, USUAL_SCHEME);

  public Login {
    if (tokenFile != null && basic.user() != null) {
      throw new IllegalArgumentException("give either a user or a tokenFile, not both");
    }
    if (!SCHEME.matcher(tokenScheme).matches()) {
      throw new IllegalArgumentException(
          "tokenScheme is one word such as Bearer or Token, not '" + tokenScheme + "'");
    }
    if (basic.user() != null && basic.user().indexOf(':') >= 0) { // RFC 7617, 2
      throw new IllegalArgumentException("a user's name has no colon in it (RFC 7617)");
    }
  }

  /**
   * The value of Authorization now; empty if there is none.
   *
   * @throws SetupException if a file cannot be read or does not hold what it must
   */
  Optional<String> header() throws SetupException {
    if (tokenFile != null) {
      String token = new SecretFile("token", tokenFile).read();
      if (!TOKEN.matcher(token).matches()) {
        throw new SetupException(
            "the token file "
                + tokenFile
                + " must hold the token and nothing else: one line, without spaces");
      }
      return Optional.of(tokenScheme + " " + token);
    }
    if (basic.user() == null) {
      return Optional.empty();
    }
    byte[] password = basic.readPassword();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes((basic.user() + ":").getBytes(StandardCharsets.UTF_8));
    both.writeBytes(password == null ? new byte[0] : password);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.toByteArray()));
  }
}

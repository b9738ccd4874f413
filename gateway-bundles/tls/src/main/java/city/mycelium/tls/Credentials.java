package city.mycelium.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who the gateway is to the far end. Immutable.
 *
 * @param user null: it does not say
 * @param password null: none, or it is in the file
 * @param passwordFile read at each attempt, so that a new password counts without a restart; its
 *     last line break is not part of the password
 */
public record Credentials(
    @Nullable String user, @Nullable String password, @Nullable Path passwordFile) {

  public static final Credentials NONE = new Credentials(null, null, null);

  public Credentials {
    if (password != null && passwordFile != null) {
      throw new IllegalArgumentException("give either a password or a passwordFile, not both");
    }
    if (user == null && (password != null || passwordFile != null)) {
      throw new IllegalArgumentException("a password needs a user");
    }
  }

  /**
   * The password now, in UTF-8; null if there is none.
   *
   * @throws SetupException if its file cannot be read
   */
  public byte @Nullable [] readPassword() throws SetupException {
    String now = passwordFile == null ? password : new SecretFile("password", passwordFile).read();
    return now == null ? null : now.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the password: this may get into a log. */
  @Override
  public String toString() {
    return user == null ? "no user" : "user " + user;
  }
}

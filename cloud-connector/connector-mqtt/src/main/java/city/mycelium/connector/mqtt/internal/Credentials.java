package city.mycelium.connector.mqtt.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who the gateway is to the broker.
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
   * The password now; null if there is none.
   *
   * @throws SetupException if its file cannot be read
   */
  byte @Nullable [] readPassword() throws SetupException {
    if (passwordFile != null) {
      try {
        return Files.readString(passwordFile)
            .replaceFirst("\\R\\z", "")
            .getBytes(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new SetupException(
            "the password file "
                + passwordFile
                + " cannot be read: is it there, may the gateway read it?",
            e);
      }
    }
    return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the password: this may get into a log. */
  @Override
  public String toString() {
    return user == null ? "no user" : "user " + user;
  }
}

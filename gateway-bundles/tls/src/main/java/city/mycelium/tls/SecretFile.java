package city.mycelium.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password or a token in a file of its own. Read each time that it is asked for, so that a new
 * one counts without a restart. Immutable; its text never holds the secret.
 *
 * @param what it is, for messages to a person: {@code password}, {@code token}
 * @param file UTF-8; its last line break is not part of the secret
 */
public record SecretFile(String what, Path file) {

  /**
   * The secret now.
   *
   * @throws SetupException if the file cannot be read, is no UTF-8 or holds nothing
   */
  public String read() throws SetupException {
    String secret;
    try {
      secret = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw new SetupException(
          "the "
              + what
              + " file "
              + file
              + " cannot be read: is it there, is it text (UTF-8), may the gateway read it?",
          e);
    }
    if (secret.isEmpty()) {
      throw new SetupException("the " + what + " file " + file + " is empty");
    }
    return secret;
  }
}

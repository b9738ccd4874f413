package city.mycelium.driver.push.internal;

import city.mycelium.api.observation.DeviceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which device must show which password. A device that is not mentioned may post without: whoever
 * wants none of that writes a line for {@code *}. Safe for use by many threads.
 */
public final class Credentials {

  /** Nobody needs a password. */
  public static final Credentials NONE = new Credentials(List.of());

  private static final String EVERY_OTHER_DEVICE = "*";
  private static final String ANY_USER = "-";

  /** More than any gateway has kits; a further one is checked in full every time. */
  private static final int REMEMBERED = 1_000;

  /**
   * One line of the configuration.
   *
   * @param device a device id, or {@code *} for all that have no line of their own
   * @param user what must be given as user, or {@code -} for a token or any user
   */
  private record Credential(String device, String user, PasswordHash hash) {}

  private final List<Credential> credentials;

  /**
   * Right answers, as keyed hashes, so that a kit costs its PBKDF2 once and not every two minutes.
   */
  private final Set<String> rightAnswers = ConcurrentHashMap.newKeySet();

  private final byte[] pepper = new byte[32];

  private Credentials(List<Credential> credentials) {
    this.credentials = List.copyOf(credentials);
    new SecureRandom().nextBytes(pepper);
  }

  /**
   * Reads lines {@code <device or *> <user or -> <password hash>}.
   *
   * @throws IllegalArgumentException if one cannot be read; the message says which, never what is
   *     in it
   */
  public static Credentials parse(List<String> lines) {
    List<Credential> credentials = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).strip().split("\\s+", -1);
      try {
        if (words.length != 3) {
          throw new IllegalArgumentException(
              "three words are expected: device (or *), user (or -), password hash");
        }
        String device =
            words[0].equals(EVERY_OTHER_DEVICE) ? words[0] : new DeviceId(words[0]).value();
        credentials.add(new Credential(device, words[1], PasswordHash.parse(words[2])));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("credentials[" + i + "]: " + e.getMessage(), e);
      }
    }
    return new Credentials(credentials);
  }

  /** Whether a message of this device may come with this login. */
  boolean admit(DeviceId device, Login login) {
    List<Credential> own = of(device.value());
    List<Credential> needed = own.isEmpty() ? of(EVERY_OTHER_DEVICE) : own;
    return needed.isEmpty() || needed.stream().anyMatch(credential -> isRight(credential, login));
  }

  private List<Credential> of(String device) {
    return credentials.stream().filter(credential -> credential.device().equals(device)).toList();
  }

  private boolean isRight(Credential credential, Login login) {
    if (!credential.user().equals(ANY_USER) && !credential.user().equals(login.user())) {
      return false;
    }
    String answer = answer(credential, login);
    if (rightAnswers.contains(answer)) {
      return true;
    }
    boolean right = !login.secret().isEmpty() && credential.hash().matches(login.secret());
    if (right && rightAnswers.size() < REMEMBERED) {
      rightAnswers.add(answer);
    }
    return right;
  }

  private String answer(Credential credential, Login login) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(pepper);
      digest.update(credential.hash().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(login.secret().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

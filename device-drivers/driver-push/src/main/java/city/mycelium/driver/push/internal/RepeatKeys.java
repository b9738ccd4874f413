package city.mycelium.driver.push.internal;

import city.mycelium.driver.push.internal.kit.KitMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Gives every message a source key, by which the pipeline tells a repeat from news. Pure.
 *
 * <p>A message that states its time has one key for ever. Without a time, an equal message can be
 * the same one again, because the kit never heard our answer, or the next one, because the air did
 * not change. What tells them apart is when they come: repeats follow within the kit's patience (20
 * s for an airRohr), news a whole period later. So the key of such a message marks a repeat for
 * {@value #PERCENT_OF_PERIOD} % of the kit's period. Not all of it, because an answer that was slow
 * makes the gap before the next message look shorter.
 */
final class RepeatKeys {

  static final int PERCENT_OF_PERIOD = 90;

  /** 128 bits: enough against accidents, and short in the state store. */
  private static final int KEY_BYTES = 16;

  private RepeatKeys() {}

  /** The key of this message. */
  static String keyFor(KitMessage message) {
    String said = message.device() + "\n" + message.timed() + "\n" + message.fingerprint();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** For how long the key marks a repeat; empty if for ever. */
  static Optional<Duration> repeatsWithin(KitMessage message) {
    return message.timed()
        ? Optional.empty()
        : Optional.of(message.period().multipliedBy(PERCENT_OF_PERIOD).dividedBy(100));
  }
}

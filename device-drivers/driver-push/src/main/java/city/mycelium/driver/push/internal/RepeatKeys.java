package city.mycelium.driver.push.internal;

import city.mycelium.api.time.Clock;
import city.mycelium.driver.push.internal.kit.KitMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every message a source key, by which the pipeline tells a repeat from news. Safe for use by
 * many threads.
 *
 * <p>A message that states its time has one key for ever. Without a time, an equal message can be
 * the same one again, because the kit never heard our answer, or the next one, because the air did
 * not change. What tells them apart is when they come: repeats follow within the kit's patience (20
 * s for an airRohr), news a whole period later. So equal messages within {@value
 * #PERCENT_OF_PERIOD} % of the period after the first of them get its key, and later ones a new
 * key. Not all of the period, because an answer that was slow makes the gap before the next message
 * look shorter.
 *
 * <p>What this guarantees, as long as the kit does not speak faster than its period:
 *
 * <ul>
 *   <li>a repeat is never counted twice within one run of the gateway, however the wall clock
 *       jumps; the first message of each kind is remembered by monotonic time, for the last {@value
 *       #REMEMBERED} of them;
 *   <li>nothing new is ever taken for a repeat;
 *   <li>a repeat across a restart of the gateway is recognised too, because the key holds the
 *       number of the wall clock's current window, unless a window ended between the two: for a
 *       repeat after {@code d} seconds the chance of that is {@code d} divided by the window, 3 in
 *       100 for 4 s and the window of an airRohr. Then one message is counted twice.
 * </ul>
 */
final class RepeatKeys {

  static final int PERCENT_OF_PERIOD = 90;
  static final int REMEMBERED = 10_000;

  /** 128 bits: enough against accidents, and short in the state store. */
  private static final int KEY_BYTES = 16;

  private final Clock clock;

  /** The latest first messages, by what they say; the oldest first. */
  private final Map<String, Sight> sights =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sight> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * The first of a row of equal messages.
   *
   * @param monotonicNanos when it came
   * @param window number of the wall clock's window that its key holds
   */
  private record Sight(long monotonicNanos, long window) {}

  RepeatKeys(Clock clock) {
    this.clock = clock;
  }

  /** The key of this message. */
  String keyFor(KitMessage message) {
    String said = message.device() + "\n" + message.fingerprint();
    return message.timed() ? key(said, null) : key(said, window(key(said, null), message));
  }

  private synchronized long window(String said, KitMessage message) {
    long lengthMillis = message.period().toMillis() * PERCENT_OF_PERIOD / 100;
    long now = clock.monotonicNanos();
    Sight first = sights.get(said);
    if (first != null && now - first.monotonicNanos() < lengthMillis * 1_000_000) {
      return first.window();
    }
    long window = Math.floorDiv(clock.epochMillis(), lengthMillis);
    if (first != null) {
      // The wall clock may have been set back: news still needs a key of its own.
      window = Math.max(window, first.window() + 1);
      sights.remove(said); // so that it moves to the end
    }
    sights.put(said, new Sight(now, window));
    return window;
  }

  private static String key(String said, @Nullable Long window) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(said.getBytes(StandardCharsets.UTF_8));
      if (window != null) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(window).array());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

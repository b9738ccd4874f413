package city.mycelium.api.journal;

import org.jspecify.annotations.Nullable;

/**
 * One write to the {@link StateStore}.
 *
 * @param component whose state it is, such as {@code pipeline.held}
 * @param key within the component; keys sort by their UTF-8 bytes
 * @param value the new value, or null to remove the key; the array is not copied and must not
 *     change
 */
@SuppressWarnings("ArrayRecordComponent") // a value travels once, from its maker to the store
public record StateChange(String component, String key, byte @Nullable [] value) {

  public static StateChange put(String component, String key, byte[] value) {
    return new StateChange(component, key, value);
  }

  public static StateChange remove(String component, String key) {
    return new StateChange(component, key, null);
  }
}

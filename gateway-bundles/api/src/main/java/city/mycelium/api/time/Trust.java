package city.mycelium.api.time;

/**
 * Whether the time can be believed.
 *
 * @param isTrusted whether {@link Clock#epochMillis()} is right now
 * @param source who vouches for it: {@code chrony}, {@code timesyncd}, {@code gnss}, {@code
 *     system}; {@code none} if nobody does
 * @param why for a person: what it rests on, or what is missing and what to do
 */
public record Trust(boolean isTrusted, String source, String why) {}

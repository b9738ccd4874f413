package city.mycelium.driver.push.internal.kit;

import java.time.Duration;

/**
 * What cannot be read off a kit's message.
 *
 * @param paddenstoelPeriod how often a paddenstoel's own firmware posts
 * @param airRohrPeriod how often an airRohr kit posts, unless its message says otherwise
 * @param keepPositions whether a position in a message becomes a Reading. A kit on a house front
 *     says where somebody lives, over and over; where it hangs is known from its Thing.
 */
public record KitSettings(
    Duration paddenstoelPeriod, Duration airRohrPeriod, boolean keepPositions) {

  /**
   * RIVM's sketch: six windows of 20 s. airRohr firmware: {@code sending_intervall_ms} = 145 000.
   */
  public static final KitSettings DEFAULT =
      new KitSettings(Duration.ofSeconds(120), Duration.ofSeconds(145), false);

  public KitSettings {
    if (paddenstoelPeriod.toMillis() < 1_000 || airRohrPeriod.toMillis() < 1_000) {
      throw new IllegalArgumentException("a kit's period is at least one second");
    }
  }
}

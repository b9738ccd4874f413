package city.mycelium.sync.internal;

import java.util.List;

/**
 * How a Destination is treated when not everything can go at once, or not everything is taken.
 *
 * @param urgentSelect Datastreams that overtake a backlog: ids in which {@code *} stands for
 *     anything
 * @param order what goes first of the rest
 * @param limits what its link may carry
 * @param start where it begins when it is new
 * @param quarantineAfter after so many attempts without proof, while later messages were proven, a
 *     message is set aside
 */
public record Policy(
    List<String> urgentSelect, Order order, Limits limits, Start start, int quarantineAfter) {

  public static final Policy DEFAULT =
      new Policy(List.of(), Order.OLDEST_FIRST, Limits.NONE, Start.ALL, 10);

  public Policy {
    urgentSelect = List.copyOf(urgentSelect);
    if (quarantineAfter < 2 || quarantineAfter > 1_000) {
      throw new IllegalArgumentException("quarantineAfter is 2 to 1000, not " + quarantineAfter);
    }
  }
}

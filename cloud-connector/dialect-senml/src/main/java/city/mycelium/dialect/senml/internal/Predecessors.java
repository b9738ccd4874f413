package city.mycelium.dialect.senml.internal;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.Identity;
import city.mycelium.dialect.senml.PackCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The epochs that one goes on from, as text (docs/wire.md, 3): {@code <epoch>:<through>}, the
 * latest first, a blank between two.
 */
final class Predecessors {

  private static final String BETWEEN = " ";
  private static final Pattern OFFSET = Pattern.compile("[1-9][0-9]{0,17}");

  private Predecessors() {}

  static String text(List<Predecessor> predecessors) {
    return predecessors.stream()
        .map(earlier -> Identity.epochText(earlier.epoch()) + ":" + earlier.through())
        .collect(Collectors.joining(BETWEEN));
  }

  /**
   * The reverse of {@link #text}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  static List<Predecessor> parse(String text) {
    List<Predecessor> predecessors = new ArrayList<>();
    for (String one : text.split(BETWEEN, -1)) {
      int colon = one.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("a predecessor is '<epoch>:<through>'");
      }
      predecessors.add(
          new Predecessor(
              Epochs.parse(one.substring(0, colon)), through(one.substring(colon + 1))));
    }
    return predecessors;
  }

  /**
   * Those that have offsets in common with what begins here: of the others nothing need be said.
   */
  static List<Predecessor> reaching(long offset, List<Predecessor> predecessors) {
    return predecessors.stream()
        .filter(earlier -> earlier.through() >= offset)
        .limit(PackCoverage.MAX_PREDECESSORS)
        .toList();
  }

  private static long through(String digits) {
    if (!OFFSET.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "a predecessor goes through an offset from 1 on, not '" + digits + "'");
    }
    return Long.parseLong(digits);
  }
}

package city.mycelium.sync.internal;

import city.mycelium.api.observation.DatastreamId;
import java.util.List;
import java.util.regex.Pattern;

/** A choice of Datastreams: ids in which {@code *} stands for anything. Immutable. */
final class Selection {

  private final List<Pattern> patterns;

  Selection(List<String> globs) {
    patterns = globs.stream().map(Selection::pattern).toList();
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean matches(DatastreamId id) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(id.value()).matches());
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E");
  }
}

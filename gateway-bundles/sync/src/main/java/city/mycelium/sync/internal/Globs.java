package city.mycelium.sync.internal;

import java.util.List;
import java.util.regex.Pattern;

/** Names in which {@code *} stands for anything. Immutable. */
final class Globs {

  private final List<Pattern> patterns;

  Globs(List<String> globs) {
    patterns = globs.stream().map(Globs::pattern).toList();
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean matches(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E");
  }
}

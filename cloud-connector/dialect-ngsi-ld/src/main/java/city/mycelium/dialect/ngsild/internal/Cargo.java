package city.mycelium.dialect.ngsild.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which offsets a message speaks for, by entity: travels in its tag.
 *
 * @param offsets by the id of the entity
 */
record Cargo(Map<String, Set<Long>> offsets) {

  /** In a line: ids have neither spaces nor commas. */
  String tag() {
    StringBuilder tag = new StringBuilder();
    offsets.forEach(
        (id, of) -> {
          tag.append(tag.length() == 0 ? "" : " ").append(id);
          of.forEach(offset -> tag.append(',').append(offset));
        });
    return tag.toString();
  }

  /** The reverse of {@link #tag}; only ever given what that made. */
  static Cargo of(String tag) {
    Map<String, Set<Long>> offsets = new LinkedHashMap<>();
    for (String entity : tag.split(" ", -1)) {
      List<String> parts = new ArrayList<>(List.of(entity.split(",", -1)));
      Set<Long> numbers = new TreeSet<>();
      parts.stream().skip(1).map(Long::valueOf).forEach(numbers::add);
      offsets.put(parts.get(0), numbers);
    }
    return new Cargo(offsets);
  }

  Set<Long> all() {
    Set<Long> all = new TreeSet<>();
    offsets.values().forEach(all::addAll);
    return all;
  }
}

package city.mycelium.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed: words, then options.
 *
 * @param words in order, such as {@code device}, {@code adopt}, {@code kit.1}
 * @param options by name without dashes; a flag has the value {@code true}
 */
record CommandLine(List<String> words, Map<String, String> options) {

  private static final List<String> FLAGS =
      List.of("json", "jsonl", "help", "replace", "with-personal", "rtu-over-tcp", "publish");

  /** The one that may come more than once: {@code --set KEY=VALUE}. */
  private static final String SET = "set";

  CommandLine {
    words = List.copyOf(words);
    options = Map.copyOf(options);
  }

  /**
   * Reads what was typed.
   *
   * @throws UsageException if an option lacks its value
   */
  static CommandLine parse(String... arguments) throws UsageException {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        words.add(argument);
        continue;
      }
      String name = argument.substring(2);
      int equals = name.indexOf('=');
      if (name.equals(SET) && i + 1 < arguments.length) {
        options.merge(SET, arguments[++i], (before, next) -> before + "\n" + next);
      } else if (equals > 0) {
        options.put(name.substring(0, equals), name.substring(equals + 1));
      } else if (FLAGS.contains(name)) {
        options.put(name, "true");
      } else if (i + 1 < arguments.length) {
        options.put(name, arguments[++i]);
      } else {
        throw new UsageException("option " + argument + " needs a value");
      }
    }
    return new CommandLine(words, options);
  }

  /**
   * What is set with {@code --set KEY=VALUE}.
   *
   * @throws UsageException if one is not of that form
   */
  Map<String, String> sets() throws UsageException {
    Map<String, String> sets = new LinkedHashMap<>();
    for (String set : options.getOrDefault(SET, "").lines().toList()) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--set is KEY=VALUE, not '" + set + "'");
      }
      sets.put(set.substring(0, equals), set.substring(equals + 1));
    }
    return sets;
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }
}

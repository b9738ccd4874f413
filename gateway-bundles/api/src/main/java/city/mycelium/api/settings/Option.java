package city.mycelium.api.settings;

import org.jspecify.annotations.Nullable;

/**
 * One thing that may be set.
 *
 * @param name with its unit, such as {@code timeoutSeconds}
 * @param preset what holds where nothing is set; null if it has to be set
 * @param meaning for a person, with the range
 */
public record Option(String name, @Nullable String preset, String meaning) {

  /** Has to be set. */
  public static Option required(String name, String meaning) {
    return new Option(name, null, meaning);
  }
}

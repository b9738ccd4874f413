package city.mycelium.api.observation;

import java.util.regex.Pattern;

/**
 * The name of a Thing: what is observed or carries sensors: 1 to 64 of A-Z a-z 0-9 - : . _, a
 * letter or digit first.
 */
public record ThingId(String value) implements Comparable<ThingId> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-:._]{0,63}");

  public ThingId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a thing id is 1 to 64 of A-Z a-z 0-9 - : . _ and starts with a letter or digit, not '"
              + value
              + "'");
    }
  }

  @Override
  public int compareTo(ThingId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package city.mycelium.api.observation;

import java.util.regex.Pattern;

/**
 * The name of a Datastream, unique on its gateway: {@code <device>/<channel>}, and for an aggregate
 * {@code <device>/<channel>/<ISO 8601 duration>}. Its alphabet is that of a SenML name (RFC 8428,
 * 4.5.1), so that it travels unchanged.
 */
public record DatastreamId(String value) implements Comparable<DatastreamId> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-:./_]{0,127}");

  public DatastreamId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a datastream id is 1 to 128 of A-Z a-z 0-9 - : . / _ and starts with a letter or digit, not '"
              + value
              + "'");
    }
  }

  @Override
  public int compareTo(DatastreamId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

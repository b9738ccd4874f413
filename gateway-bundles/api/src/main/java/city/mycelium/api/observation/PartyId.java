package city.mycelium.api.observation;

import java.util.regex.Pattern;

/**
 * The name of somebody who owns data or receives it: 1 to 64 of A-Z a-z 0-9 - : . _, a letter or
 * digit first.
 */
public record PartyId(String value) implements Comparable<PartyId> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-:._]{0,63}");

  public PartyId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a party id is 1 to 64 of A-Z a-z 0-9 - : . _ and starts with a letter or digit, not '"
              + value
              + "'");
    }
  }

  @Override
  public int compareTo(PartyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package city.mycelium.api.observation;

import java.util.regex.Pattern;

/**
 * The name of a device as its protocol knows it, such as {@code paddenstoel.123}; unique on its
 * gateway: 1 to 64 of A-Z a-z 0-9 - : . _, a letter or digit first.
 */
public record DeviceId(String value) implements Comparable<DeviceId> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-:._]{0,63}");

  public DeviceId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a device id is 1 to 64 of A-Z a-z 0-9 - : . _ and starts with a letter or digit, not '"
              + value
              + "'");
    }
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

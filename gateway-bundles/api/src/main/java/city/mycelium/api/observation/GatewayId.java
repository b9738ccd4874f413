package city.mycelium.api.observation;

import java.util.regex.Pattern;

/**
 * The name of one gateway for life: 128 random bits in lowercase base32 (RFC 4648, 6), 26
 * characters.
 */
public record GatewayId(String value) {

  private static final Pattern ALLOWED = Pattern.compile("[a-z2-7]{26}");

  public GatewayId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a gateway id is 26 characters of a-z and 2-7, not '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

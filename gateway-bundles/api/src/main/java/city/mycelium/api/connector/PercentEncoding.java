package city.mycelium.api.connector;

import java.nio.charset.StandardCharsets;

/**
 * Text as it stands in a {@link Message}'s channel (RFC 3986, 2.1): the bytes of its UTF-8, all but
 * the unreserved characters (2.3) as a percent sign and two hexadecimal digits.
 */
public final class PercentEncoding {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Fit for any part of a channel: a level of a path, a name or a value of a query. */
  public static String of(String text) {
    return of(text, "");
  }

  /**
   * Fit for a part in which more may stand as it is.
   *
   * @param alsoPlain ASCII characters that mean nothing in that part (RFC 3986, 3.3 and 3.4)
   */
  public static String of(String text, String alsoPlain) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
      }
    }
    return encoded.toString();
  }
}

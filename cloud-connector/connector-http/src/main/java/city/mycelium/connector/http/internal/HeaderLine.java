package city.mycelium.connector.http.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand beside a request (RFC 9110, 5.5), checked before it gets near a socket. */
final class HeaderLine {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** Printable ASCII, spaces and tabs inside: no CR, no LF, with which one header became two. */
  private static final Pattern VALUE = Pattern.compile("([!-~]([ -~\\t]{0,4094}[!-~])?)?");

  /** What the transport, the login or the payload says by itself. */
  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderLine() {}

  /**
   * Reads {@code Name: value}.
   *
   * @throws IllegalArgumentException if it is no such thing, or not for others to say
   */
  static Map<String, String> parse(List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      String wrong = wrong(name, value);
      if (wrong != null) {
        throw new IllegalArgumentException(
            "headers are like 'NGSILD-Tenant: city'; " + wrong); // values may be secret
      }
      headers.put(name, value);
    }
    return headers;
  }

  /** What is wrong with it, in words without the value; null if nothing is. */
  static @Nullable String wrong(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return "there is one whose name is not one (RFC 9110, 5.1)";
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      return "'" + name + "' is said by the connector itself";
    }
    return VALUE.matcher(value).matches()
        ? null
        : "the value of '" + name + "' holds a line break or what is not ASCII, or is too long";
  }
}

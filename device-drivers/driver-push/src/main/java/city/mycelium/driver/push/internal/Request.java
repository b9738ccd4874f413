package city.mycelium.driver.push.internal;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is here in full.
 *
 * @param remote the address it came from
 * @param query parameters, decoded; of one that is there twice the first
 * @param headers as they came; names in any case
 * @param body as text
 */
record Request(
    String remote, String method, Map<String, String> query, Headers headers, String body) {

  /** The first header of this name, or an empty text. */
  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value.strip();
  }

  Login login() {
    return Login.of(header("Authorization"), query);
  }

  /** Reads {@code application/x-www-form-urlencoded}; what cannot be decoded is left out. */
  static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      decoded(name).ifPresent(key -> decoded(value).ifPresent(v -> form.putIfAbsent(key, v)));
    }
    return form;
  }

  /** Nothing if there is a stray percent sign: nobody can say what was meant. */
  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

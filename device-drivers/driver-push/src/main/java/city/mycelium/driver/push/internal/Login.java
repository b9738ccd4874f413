package city.mycelium.driver.push.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Who a request says it is: Basic authentication (RFC 7617), InfluxDB's {@code u} and {@code p}
 * query parameters (1.8 API reference, "Query string parameters"), or {@code Authorization: Token},
 * which holds {@code user:password} in 1.8 and a bare token in 2.x.
 *
 * @param user empty for a bare token
 * @param secret empty if nothing was said
 */
record Login(String user, String secret) {

  static final Login NONE = new Login("", "");

  private static final String BASIC = "Basic ";
  private static final String TOKEN = "Token ";

  /** Reads it off a request; what cannot be read is no login. */
  static Login of(String authorization, Map<String, String> query) {
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        byte[] pair = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
        return pair(new String(pair, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return NONE;
      }
    }
    if (authorization.regionMatches(true, 0, TOKEN, 0, TOKEN.length())) {
      return pair(authorization.substring(TOKEN.length()).strip());
    }
    return new Login(query.getOrDefault("u", ""), query.getOrDefault("p", ""));
  }

  private static Login pair(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Login("", text)
        : new Login(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Never the secret: logins end up in messages and logs. */
  @Override
  public String toString() {
    return "Login of '" + user + "'";
  }
}

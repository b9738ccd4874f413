package city.mycelium.dialect.influx.internal;

import java.nio.charset.StandardCharsets;

/** A path with its query (RFC 3986, 3.4). */
final class Query {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final StringBuilder text;
  private char before = '?';

  Query(String path) {
    text = new StringBuilder(path);
  }

  /** Left out if it is empty. */
  Query with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(before).append(name).append('=').append(encode(value));
      before = '&';
    }
    return this;
  }

  /** More of what has a query already. */
  Query and(String name, String value) {
    before = '&';
    return with(name, value);
  }

  /** RFC 3986, 2.1: all but the unreserved characters. */
  private static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean isPlain = PLAIN.indexOf(c) >= 0;
      encoded.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.PercentEncoding;

/** A path with its query (RFC 3986, 3.4). */
final class Query {

  private final StringBuilder text;
  private char before = '?';

  Query(String path) {
    text = new StringBuilder(path);
  }

  /** Left out if it is empty. */
  Query with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(before).append(name).append('=').append(PercentEncoding.of(value));
      before = '&';
    }
    return this;
  }

  /** More of what has a query already. */
  Query and(String name, String value) {
    before = '&';
    return with(name, value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

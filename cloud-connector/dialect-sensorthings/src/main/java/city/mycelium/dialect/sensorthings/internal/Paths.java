package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.PercentEncoding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Relative URLs as SensorThings wants them (OGC 18-088, 9.2 and 9.3). */
final class Paths {

  /** Of a query (RFC 3986, 3.4) what OData 4.01's own grammar lets stand as well. */
  private static final String ALSO_PLAIN = "$'()/:=,@";

  /** {@code …/Datastreams(12)} or {@code …/Datastreams('a-b')}. */
  private static final Pattern LAST_ID =
      Pattern.compile("\\((\\d{1,18}|'[A-Za-z0-9._:~-]{1,200}')\\)/?$");

  private Paths() {}

  /** Percent-encoded where a query wants it (RFC 3986, 2.1). */
  static String encoded(String text) {
    return PercentEncoding.of(text, ALSO_PLAIN);
  }

  /** A collection, filtered. */
  static String query(String collection, String filter, String rest) {
    return collection + "?$filter=" + encoded(filter) + rest;
  }

  /** A text in a filter: a quote is doubled (OData 4.01 ABNF, SQUOTE-in-string). */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The id at the end of a link, as it stands in links. */
  static Optional<String> lastId(String link) {
    Matcher matcher = LAST_ID.matcher(link);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** An {@code @iot.id} as it stands in links. */
  static Optional<String> id(Object iotId) {
    return lastId(iotId instanceof Number ? "(" + iotId + ")" : "('" + iotId + "')");
  }

  /** An id from a link as JSON has it. */
  static Object json(String id) {
    return id.startsWith("'") ? id.substring(1, id.length() - 1) : (Object) Long.valueOf(id);
  }

  /**
   * What a server links to, below its base: it may answer with a host that only it knows.
   *
   * @param collection what is listed
   */
  static Optional<String> below(String link, String collection) {
    int at = link.indexOf(collection + "?");
    return at < 0 ? Optional.empty() : Optional.of(link.substring(at).replace(" ", "%20"));
  }
}

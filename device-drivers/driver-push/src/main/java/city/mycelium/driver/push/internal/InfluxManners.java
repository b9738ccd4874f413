package city.mycelium.driver.push.internal;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What clients of InfluxDB 1.x ask before they write (1.8 API reference, "/ping" and "/query").
 * There is no database here: to create one does nothing, and nothing can be queried.
 */
final class InfluxManners {

  /** Clients read the first two numbers of it to know which API they may use. */
  private static final String VERSION = "1.8-mycelium";

  // Possessive: a long run of white space must not be tried over and over.
  private static final Pattern CREATE_DATABASE =
      Pattern.compile("(?i)\\s*+CREATE\\s++DATABASE\\s++[^;\\s][^;]*+;?+\\s*+");

  private InfluxManners() {}

  static Answer ping(Request request) {
    Map<String, String> headers = Map.of("X-Influxdb-Version", VERSION);
    boolean verbose = request.query().getOrDefault("verbose", "").equals("true");
    return verbose && !request.method().equals("HEAD")
        ? new Answer(Answer.OK, headers, "{\"version\":\"" + VERSION + "\"}\n")
        : new Answer(Answer.NO_CONTENT, headers, "");
  }

  static Answer query(Request request) {
    String inBody = Request.form(request.body()).getOrDefault("q", "");
    String query = request.query().getOrDefault("q", inBody);
    return CREATE_DATABASE.matcher(query).matches()
        ? new Answer(Answer.OK, Map.of(), "{\"results\":[{\"statement_id\":0}]}\n")
        : Answer.error(
            Answer.BAD_REQUEST,
            "this is a gateway, not a database: it takes what is written and answers no queries");
  }
}

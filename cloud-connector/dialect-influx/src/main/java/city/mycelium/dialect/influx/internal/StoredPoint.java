package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Inquiry.Finding;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.api.observation.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks an InfluxDB 1 for the point that an Observation became (InfluxDB OSS v1 API reference,
 * /query; InfluxQL reference, Identifiers and Literals). Pure.
 */
final class StoredPoint {

  private static final int LONGEST_CHANNEL = 2_000;
  private static final int LONGEST_ANSWER = 10_000;

  /** The one row of the answer: its time and its offset. */
  private static final Pattern ROW =
      Pattern.compile("\"values\"\\s*:\\s*\\[\\s*\\[\\s*-?\\d{1,19}\\s*,\\s*(\\d{1,19})\\s*]");

  private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([^\"]{1,200})");

  private StoredPoint() {}

  /**
   * The question, and how its answer is read; nothing if it is too long to be asked.
   *
   * @param channel up to the query itself
   * @param nanos the point's time
   */
  static Optional<Inquiry> inquiry(
      String channel, String measurement, String datastream, Identity identity, long nanos) {
    String question =
        "SELECT \""
            + InfluxLayout.OFFSET
            + "\" FROM "
            + name(measurement)
            + " WHERE \"datastream\" = "
            + text(datastream)
            + " AND \"gateway\" = "
            + text(identity.gateway().value())
            + " AND time = "
            + nanos;
    String whole = new Query(channel).and("q", question).toString();
    return whole.length() > LONGEST_CHANNEL
        ? Optional.empty()
        : Optional.of(
            new Inquiry(
                Message.get(whole, "application/json"),
                replied -> read(replied, measurement, identity)));
  }

  private static String name(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }

  private static String text(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }

  private static Finding read(Answer.Replied replied, String measurement, Identity identity) {
    int length = Math.min(replied.body().length, LONGEST_ANSWER);
    String body = new String(replied.body(), 0, length, StandardCharsets.UTF_8);
    Matcher error = ERROR.matcher(body);
    if (!replied.isSuccess() || error.find()) {
      return new Finding(false, "InfluxDB answers " + replied.status() + PlatformWords.of(replied));
    }
    Matcher row = ROW.matcher(body);
    if (!row.find()) {
      return new Finding(
          false,
          "InfluxDB has no point of that time in "
              + measurement
              + ": it said that it took it, and does not show it; is its retention policy shorter"
              + " than what is sent is old?");
    }
    return row.group(1).equals(String.valueOf(identity.offset()))
        ? new Finding(true, "InfluxDB holds it: a point in " + measurement + " with its identity")
        : new Finding(
            true,
            "InfluxDB holds a point of that time in "
                + measurement
                + ", of offset "
                + row.group(1)
                + ": a later revision took its place");
  }
}

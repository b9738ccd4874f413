package city.mycelium.driver.push.internal;

import jakarta.json.Json;
import java.time.Duration;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status HTTP status code (RFC 9110, 15)
 * @param headers beside those that HTTP itself needs
 * @param body JSON, or empty
 */
record Answer(int status, Map<String, String> headers, String body) {

  static final int OK = 200;
  static final int CREATED = 201;
  static final int NO_CONTENT = 204;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONTENT_TOO_LARGE = 413;
  static final int TOO_MANY_REQUESTS = 429;
  static final int INTERNAL_SERVER_ERROR = 500;
  static final int SERVICE_UNAVAILABLE = 503;

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), "");
  }

  /** An error as InfluxDB 1.x says it: {@code {"error":"…"}}. */
  static Answer error(int status, String why) {
    return error(status, why, Map.of());
  }

  /** An error that passes with time. */
  static Answer tryLater(int status, String why, Duration after) {
    long seconds = Math.max(1, (after.toMillis() + 999) / 1_000);
    return error(status, why, Map.of("Retry-After", Long.toString(seconds)));
  }

  static Answer error(int status, String why, Map<String, String> headers) {
    return new Answer(status, headers, Json.createObjectBuilder().add("error", why).build() + "\n");
  }
}

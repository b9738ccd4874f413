package city.mycelium.receiver.internal.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request. Those that an endpoint does not know are refused, not ignored. */
final class Parameters {

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the query part of a URL as HTML forms write it.
   *
   * @throws RefusedException if it is not of that form, or a parameter is there twice
   */
  static Parameters parse(@Nullable String rawQuery) throws RefusedException {
    Map<String, String> values = new LinkedHashMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw RefusedException.badRequest("parameters are written name=value, with & in between");
        }
        String name = decode(pair.substring(0, equals));
        if (values.put(name, decode(pair.substring(equals + 1))) != null) {
          throw RefusedException.badRequest("the parameter '" + name + "' is there twice");
        }
      }
    }
    return new Parameters(values);
  }

  /** Refuses every parameter but these. */
  void allow(String... names) throws RefusedException {
    List<String> known = Arrays.asList(names);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw RefusedException.badRequest(
            "there is no parameter '"
                + name
                + "' here; "
                + (known.isEmpty() ? "there are none" : "there are: " + String.join(", ", known)));
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) throws RefusedException {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw RefusedException.badRequest("the parameter '" + name + "' is needed");
    }
    return value;
  }

  /** One of a few words; the first if it is not given. */
  String oneOf(String name, String... words) throws RefusedException {
    String value = values.getOrDefault(name, words[0]);
    if (!Arrays.asList(words).contains(value)) {
      throw RefusedException.badRequest(
          "'" + name + "' is one of " + String.join(", ", words) + ", not '" + value + "'");
    }
    return value;
  }

  int number(String name, int otherwise, int least, int most) throws RefusedException {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RefusedException.badRequest(
        "'" + name + "' is a whole number from " + least + " to " + most + ", not '" + value + "'");
  }

  /** A point in time as UTC epoch milliseconds. */
  long time(String name, long otherwise) throws RefusedException {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(value).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw RefusedException.badRequest(
          "'"
              + name
              + "' is a time such as 2026-11-23T12:00:00Z (a + in it is written %2B), not '"
              + value
              + "'");
    }
  }

  /** These and one more, or another value of one, as the query part of a URL. */
  String with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(name, value);
    return all.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) throws RefusedException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.badRequest("a % in a parameter is followed by two hexadecimal digits");
    }
  }
}

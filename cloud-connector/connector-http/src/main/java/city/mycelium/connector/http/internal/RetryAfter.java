package city.mycelium.connector.http.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a server asks to be left alone (RFC 9110, 10.2.3): whole seconds, or a date in one of
 * the three forms of 5.6.7. More than an hour is taken for an hour: a server whose clock is wrong
 * must not silence a gateway for years.
 */
final class RetryAfter {

  static final Duration MOST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

  private static final List<DateTimeFormatter> DATES =
      List.of(
          form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              // 5.6.7: of years with two digits those that are not more than 50 years ahead.
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1977)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          form("EEE MMM ppd HH:mm:ss yyyy"));

  private RetryAfter() {}

  /**
   * The time from now; empty if nothing readable is asked for.
   *
   * @param value of the header
   * @param serversDate of its header Date, if there is one: a date is meant by that clock, and ours
   *     may be wrong
   * @param now epoch milliseconds, for servers that do not say what time it is for them
   */
  static Optional<Duration> of(Optional<String> value, Optional<String> serversDate, long now) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String text = value.get().strip();
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    Instant from = serversDate.flatMap(RetryAfter::date).orElse(Instant.ofEpochMilli(now));
    return date(text).map(until -> bounded(Duration.between(from, until)));
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(MOST) > 0 ? MOST : asked;
  }

  private static Optional<Instant> date(String text) {
    for (DateTimeFormatter form : DATES) {
      try {
        return Optional.of(Instant.from(form.parse(text.strip())));
      } catch (DateTimeException e) {
        // Perhaps in the next form.
      }
    }
    return Optional.empty();
  }

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}

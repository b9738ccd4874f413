package city.mycelium.connector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final long NOW = Instant.parse("1994-11-06T08:49:00Z").toEpochMilli();

  // RFC 9110, 10.2.3 (120 is its example) and the three dates of 5.6.7, which are one instant.
  @ParameterizedTest
  @CsvSource({
    "120,                              120",
    "' 7 ',                            7",
    "0,                                0",
    "'Sun, 06 Nov 1994 08:49:37 GMT',  37",
    "'Sunday, 06-Nov-94 08:49:37 GMT', 37",
    "'Sun Nov  6 08:49:37 1994',       37",
    "'Sun, 06 Nov 1994 08:48:00 GMT',  0",
    "'Sat, 06 Nov 2094 08:49:37 GMT',  3600",
    "99999999999999999,                3600"
  })
  void secondsAndDatesAreReadAndBounded(String value, long seconds) {
    assertThat(RetryAfter.of(Optional.of(value), Optional.empty(), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "9999999999999999999999", "Sun, 06 Nov 1994"})
  void whatIsNoneOfThemAsksForNothing(String value) {
    assertThat(RetryAfter.of(Optional.of(value), Optional.empty(), NOW)).isEmpty();
  }

  // A gateway that wakes up in 1970 would else be silent for an hour, one in 2038 not at all.
  @Test
  void aDateIsMeantByTheServersClock() {
    Optional<Duration> asked =
        RetryAfter.of(
            Optional.of("Sun, 06 Nov 1994 08:49:37 GMT"),
            Optional.of("Sun, 06 Nov 1994 08:49:30 GMT"),
            0);
    assertThat(asked).contains(Duration.ofSeconds(7));
  }

  @Test
  void withoutTheHeaderNothingIsAskedFor() {
    assertThat(RetryAfter.of(Optional.empty(), Optional.empty(), NOW)).isEmpty();
  }
}

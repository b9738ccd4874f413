package city.mycelium.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantReaderTest {

  private static final String GRANT =
      """
      {"owner": "alice", "recipient": "city", "datastreams": ["kit.1/*", "kit.2/PM25"],
       "resolution": "PT10M", "until": "2026-12-31", "locationDecimals": 3, "purpose": "air quality"}
      """;

  @Test
  void aGrantIsReadAsItIsWritten() {
    assertThat(GrantReader.read(GRANT))
        .isEqualTo(
            new Grant(
                new PartyId("alice"),
                new PartyId("city"),
                List.of(new DatastreamPattern("kit.1/*"), new DatastreamPattern("kit.2/PM25")),
                Duration.ofMinutes(10),
                false,
                Instant.parse("2027-01-01T00:00:00Z").toEpochMilli(),
                new LocationPrecision(3),
                "air quality"));
  }

  // A word in quotes is no yes: what is personal is not granted by a slip.
  @Test
  void whatIsPersonalIsGrantedByATrueAndNothingElse() {
    assertThat(read("\"purpose\"", "\"personal\": true, \"purpose\"").personal()).isTrue();
    assertThat(read("\"purpose\"", "\"personal\": false, \"purpose\"").personal()).isFalse();
    assertThatThrownBy(() -> read("\"purpose\"", "\"personal\": \"true\", \"purpose\""))
        .hasMessageContaining("true or false");
  }

  @Test
  void rawMeansEverything() {
    assertThat(read("\"PT10M\"", "\"raw\"").resolution()).isEqualTo(Duration.ZERO);
  }

  // No aggregate has a window of no length: it is a slip, and raw data is not granted by a slip.
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-10M", "10", "", "RAW"})
  void aResolutionThatIsNoLengthOfTimeGrantsNothing(String resolution) {
    assertThatThrownBy(() -> read("PT10M", resolution)).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-31,                2027-01-01T00:00:00Z",
    "2026-12-31T12:00:00Z,      2026-12-31T12:00:00Z",
    "2026-12-31T12:00:00+01:00, 2026-12-31T11:00:00Z",
    "2026-12-31T12:00:00.0019Z, 2026-12-31T12:00:00.001Z"
  })
  void aDateIsGoodUntilItsDayEndsAndAnInstantUntilThen(String until, Instant end) {
    assertThat(read("2026-12-31", until).until()).isEqualTo(end.toEpochMilli());
  }

  @Test
  void withoutAPrecisionAPlaceIsAsVagueAsCanBe() {
    assertThat(read("\"locationDecimals\": 3,", "").precision())
        .isEqualTo(new LocationPrecision(0));
  }

  // Each of these could have been meant as something narrower than what is left of it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "owner": "alice",               |                               | 'owner' must be there
          "recipient": "city",            |                               | 'recipient' must be there
          "resolution": "PT10M",          |                               | 'resolution' must be there
          "until": "2026-12-31",          |                               | 'until' must be there
          "purpose": "air quality"        | "purpose": 7                  | 'purpose' must be there
          "alice"                         | 7                             | 'owner' must be there
          "alice"                         | "al ice"                      | a party id
          ["kit.1/*", "kit.2/PM25"]       | "kit.1/*"                     | 'datastreams' must be there, as a list
          ["kit.1/*", "kit.2/PM25"]       | ["kit.1/*", 2]                | 'datastreams' holds 2
          ["kit.1/*", "kit.2/PM25"]       | [""]                          | a datastream pattern
          2026-12-31                      | 31-12-2026                    | 31-12-2026
          2026-12-31                      | forever                       | forever
          2026-12-31                      | +999999999-12-31              |
          "locationDecimals": 3           | "locationDecimals": "3"       | 'locationDecimals' must be a number
          "locationDecimals": 3           | "locationDecimals": 3.5       |
          "locationDecimals": 3           | "locationDecimals": 8         | a location precision
          "locationDecimals": 3           | "except": ["kit.1/NO2"]       | [except] mean nothing
          "air quality"}                  | "air quality"} {"until": ""}  |
          """)
  void whatIsNotUnderstoodGrantsNothing(String part, String instead, String why) {
    assertThat(GRANT).contains(part);

    assertThatThrownBy(() -> read(part, instead == null ? "" : instead))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining(why == null ? "" : why);
  }

  @Test
  void garbageIsRefusedWithAnOrdinaryException() {
    Random random = new Random(20261123);
    String alphabet = GRANT + "[]\\\u0000é";
    for (int i = 0; i < 10_000; i++) {
      String text =
          i % 2 == 0
              ? GRANT.substring(0, random.nextInt(GRANT.lastIndexOf('}')))
              : random
                  .ints(random.nextInt(60), 0, alphabet.length())
                  .collect(
                      StringBuilder::new,
                      (built, c) -> built.append(alphabet.charAt(c)),
                      StringBuilder::append)
                  .toString();

      assertThatThrownBy(() -> GrantReader.read(text)).isInstanceOf(RuntimeException.class);
    }
    assertThatCode(() -> GrantReader.read(GRANT)).doesNotThrowAnyException();
  }

  private static Grant read(String part, String instead) {
    return GrantReader.read(GRANT.replace(part, instead));
  }
}

package city.mycelium.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatastreamPatternTest {

  @ParameterizedTest
  @CsvSource({
    "kit.1/PM25,     kit.1/PM25, true",
    "kit.1/PM25,     kit.1/PM2,  false",
    "kit.1/PM2,      kit.1/PM25, false",
    "*,              kit.1/PM25, true",
    "kit.1/*,        kit.1/PM25, true",
    "kit.1/*,        kit.10/PM25, false",
    "*/PM25,         kit.1/PM25, true",
    "kit.*/PM*,      kit.1/PM25, true",
    "kit.*/PM*,      kit.1/NO2,  false",
    "kit.1/PM25*,    kit.1/PM25, true",
    "**kit.1/PM25**, kit.1/PM25, true",
    "k*M25,          kit.1/PM25, true",
    "*1*1*,          kit.1/PM25, false",
    "*PM*PM25,       kit.1/PMPM25, true",
    "kit?1/PM25,     kit.1/PM25, false",
    "kit.[1]/PM25,   kit.1/PM25, false",
    "KIT.1/PM25,     kit.1/PM25, false"
  })
  void aStarStandsForAnyRunAndAllElseForItself(String pattern, String id, boolean matches) {
    assertThat(new DatastreamPattern(pattern).matches(datastream(id))).isEqualTo(matches);
  }

  @Test
  void anAggregateIsNamedByWhatItIsMadeOf() {
    Datastream aggregate = datastream("kit.1/PM25").over(Duration.ofMinutes(10));

    assertThat(new DatastreamPattern("kit.1/PM25").matches(aggregate)).isTrue();
    assertThat(new DatastreamPattern("kit.2/PM25").matches(aggregate)).isFalse();
  }

  // *10* means the devices with a 10 in them; every PT10M has one too.
  @Test
  void theEndingOfAnAggregateMatchesNothing() {
    Datastream aggregate = datastream("kit.1/PM25").over(Duration.ofMinutes(10));

    assertThat(new DatastreamPattern("*10*").matches(aggregate)).isFalse();
    assertThat(new DatastreamPattern("*M").matches(aggregate)).isFalse();
    assertThat(new DatastreamPattern("*10*").matches(datastream("kit.10/PM25"))).isTrue();
  }

  // The ending is the window's own; what only looks like one is a part of the name.
  @Test
  void onlyTheEndingOfAnAggregateIsNoPartOfItsName() {
    Datastream raw = datastream("kit.1/null");

    assertThat(new DatastreamPattern("kit.1/null").matches(raw)).isTrue();
    assertThat(new DatastreamPattern("kit.1").matches(raw)).isFalse();
    assertThat(
            new DatastreamPattern("kit.1").matches(datastream("kit.1/PT1H", Duration.ofHours(1))))
        .isTrue();
  }

  // One star tried after another would be about 10^30 attempts.
  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyStarsAreNoBurden() {
    String id = "a".repeat(128);

    assertThat(new DatastreamPattern("*a".repeat(63) + "*b").matches(datastream(id))).isFalse();
    assertThat(new DatastreamPattern("*a".repeat(63) + "*a").matches(datastream(id))).isTrue();
  }

  @Test
  void itAgreesWithRegularExpressions() {
    Random random = new Random(20261123);
    int matching = 0;
    for (int i = 0; i < 10_000; i++) {
      String pattern = word(random, "ab*", 1 + random.nextInt(7));
      String id = word(random, "ab", 1 + random.nextInt(8));
      boolean expected = Pattern.matches(pattern.replace("*", ".*"), id);

      assertThat(new DatastreamPattern(pattern).matches(datastream(id)))
          .as("%s against %s", pattern, id)
          .isEqualTo(expected);
      matching += expected ? 1 : 0;
    }
    assertThat(matching).isBetween(1_000, 9_000);
  }

  @Test
  void itHasOneToAHundredAndTwentyEightCharacters() {
    assertThatThrownBy(() -> new DatastreamPattern(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DatastreamPattern("*".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new DatastreamPattern("*".repeat(128)).matches(datastream("kit.1/PM25"))).isTrue();
  }

  private static String word(Random random, String alphabet, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  private static Datastream datastream(String id) {
    return datastream(id, null);
  }

  private static Datastream datastream(String id, @Nullable Duration window) {
    return new Datastream(
        new DatastreamId(id),
        new ThingId("front"),
        new DeviceId("kit.1"),
        Vocabulary.PM2_5,
        Unit.MICROGRAM_PER_CUBIC_METRE,
        null,
        window);
  }
}

package city.mycelium.driver.lorawan.internal.codec;

import static city.mycelium.driver.lorawan.internal.codec.Scripts.INPUT;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.errors;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final Answer GOOD =
      new Answer(new Decoded.Fields(JsonValue.EMPTY_JSON_OBJECT, List.of()), false);
  private static final Answer STOPPED = Answer.stopped("stopped: endless");

  private final LeapingClock clock = LeapingClock.at("2026-11-26T00:00:00Z");
  private final RecordingLogger log = new RecordingLogger();
  private int runs;
  private Answer next = STOPPED;
  private final CircuitBreaker breaker =
      new CircuitBreaker(
          "x.js",
          input -> {
            runs++;
            return next;
          },
          clock,
          log);

  private void decode(int times) {
    for (int i = 0; i < times; i++) {
      breaker.decode(INPUT);
    }
  }

  @Test
  void restsAfterThreeStopsInARowAndSaysSo() {
    decode(10);

    assertThat(runs).isEqualTo(3);
    assertThat(errors(breaker)).singleElement().asString().contains("x.js").contains("rests");
    assertThat(log.messages(org.slf4j.event.Level.WARN))
        .singleElement()
        .asString()
        .contains("x.js")
        .contains("endless");
  }

  @Test
  void twoStopsAreNoReason() {
    decode(2);
    next = GOOD;
    decode(1);
    next = STOPPED;
    decode(2);

    assertThat(runs).isEqualTo(5);
  }

  /** An error that the script reports is its work, and costs nothing. */
  @Test
  void aPayloadThatItCannotDecodeIsNoReason() {
    next = Answer.failed("bad length");
    decode(10);

    assertThat(runs).isEqualTo(10);
  }

  @Test
  void isTriedAgainAfterAWhileAndThenLessOften() {
    decode(3);
    clock.leap(Duration.ofSeconds(59));
    decode(1);
    assertThat(runs).isEqualTo(3);

    clock.leap(Duration.ofSeconds(1));
    decode(5);
    assertThat(runs).isEqualTo(4);

    clock.leap(Duration.ofSeconds(119));
    decode(1);
    assertThat(runs).isEqualTo(4);
    clock.leap(Duration.ofSeconds(1));
    decode(1);
    assertThat(runs).isEqualTo(5);
  }

  @Test
  void thePauseEndsAtAnHour() {
    decode(3);
    for (int i = 0; i < 20; i++) {
      clock.leap(Duration.ofHours(1));
      decode(1);
    }

    assertThat(runs).isEqualTo(23);
  }

  @Test
  void oneThatDecodesAgainIsTrustedAgain() {
    decode(3);
    clock.leap(Duration.ofMinutes(1));
    next = GOOD;

    assertThat(breaker.decode(INPUT)).isEqualTo(GOOD.decoded());
    next = STOPPED;
    decode(5);

    assertThat(runs).isEqualTo(7);
  }

  /** A pause is measured without the wall clock. */
  @Test
  void aWallClockThatLeapsDoesNotEndThePause() {
    decode(3);
    clock.setWall("2036-01-01T00:00:00Z");
    decode(1);

    assertThat(runs).isEqualTo(3);
  }
}

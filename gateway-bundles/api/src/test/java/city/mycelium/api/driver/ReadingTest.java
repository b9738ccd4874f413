package city.mycelium.api.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  private static final DeviceId KIT = new DeviceId("paddenstoel.123");

  private static Channel channel(String name) {
    return new Channel(
        KIT, name, Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, Duration.ofSeconds(120));
  }

  @Test
  void aChannelBecomesTheDatastreamOfDeviceAndName() {
    assertThat(channel("PM2.5").datastreamId()).hasToString("paddenstoel.123/PM2.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PM 25", "-PM25", "PM/25", "PM:25", "µ"})
  void aChannelsNameTravelsUnchanged(String name) {
    assertThatThrownBy(() -> channel(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChannelsNameHasALimit() {
    assertThat(channel("x".repeat(40)).name()).hasSize(40);
    assertThatThrownBy(() -> channel("x".repeat(41))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChannelsUnitMeasuresItsProperty() {
    assertThatThrownBy(
            () -> new Channel(KIT, "NO2", Vocabulary.NO2, Unit.PPB, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NO2")
        .hasMessageContaining("[ppb]");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void aChannelsPeriodIsPositive(long seconds) {
    assertThatThrownBy(
            () ->
                new Channel(
                    KIT,
                    "PM10",
                    Vocabulary.PM10,
                    Unit.MICROGRAM_PER_CUBIC_METRE,
                    Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSourceKeyHasOneToAHundredAndTwentyEightCharacters() {
    Channel channel = channel("PM25");
    Measurement result = new Measurement(8.1);
    assertThat(new Reading(channel, null, result, null).sourceKey()).isNull();
    assertThat(new Reading(channel, null, result, "k".repeat(128)).sourceKey()).hasSize(128);
    assertThatThrownBy(() -> new Reading(channel, null, result, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reading(channel, null, result, "k".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * A device that sums up sends results of its own; Summaries have revisions, which only we count.
   */
  @Test
  void noDriverSumsUp() {
    assertThatThrownBy(
            () -> new Reading(channel("PM25"), null, Summary.ofNumbers(1, 1, 1, 1, 1, 1), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAcceptanceKeepsItsOwnListOfRefusals() {
    List<Acceptance.Refusal> refusals =
        new ArrayList<>(List.of(new Acceptance.Refusal(0, "another unit than before")));
    Acceptance acceptance = new Acceptance(1, 0, 0, refusals);
    refusals.clear();
    assertThat(acceptance.refusals()).hasSize(1);
  }

  @Test
  void aFailureSaysWhatTheDriverCanDoAboutIt() {
    Exception full = new Exception("no space left");
    IntakeException failure =
        new IntakeException(IntakeException.Reason.STORAGE, "the disk is full", full);
    assertThat(failure.reason()).isEqualTo(IntakeException.Reason.STORAGE);
    assertThat(failure).hasMessage("the disk is full").hasCause(full);
  }
}

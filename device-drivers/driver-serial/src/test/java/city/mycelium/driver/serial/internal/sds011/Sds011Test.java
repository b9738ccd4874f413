package city.mycelium.driver.serial.internal.sds011;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.driver.host.ResultSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Sds011Test {

  private static final DeviceId ROOF = new DeviceId("sds011.roof");
  private static final byte[] EXAMPLE =
      HexFormat.ofDelimiter(" ").parseHex("AA C0 D4 04 3A 0A A1 60 1D AB");
  private static final byte[] ANSWER =
      HexFormat.ofDelimiter(" ").parseHex("AA C5 02 01 01 00 A1 60 05 AB");

  private final Sds011Commands commands = new Sds011Commands(0xFFFF);

  // LDSCP 3.2, example: PM2.5 123.6 ug/m3, PM10 261.8 ug/m3.
  @Test
  void dataBecomesMicrogramsPerCubicMetre() throws DeviceException {
    List<Reading> readings = read(sensor(0xFFFF, Sds011Device.Mode.ACTIVE, 1), EXAMPLE);

    assertThat(readings)
        .extracting(
            r -> r.channel().datastreamId().value(), r -> r.channel().unit(), Reading::result)
        .containsExactly(
            tuple(
                "sds011.roof/PM2.5", Unit.MICROGRAM_PER_CUBIC_METRE, new Result.Measurement(123.6)),
            tuple(
                "sds011.roof/PM10", Unit.MICROGRAM_PER_CUBIC_METRE, new Result.Measurement(261.8)));
  }

  // The sensor has no clock: the gateway's time of receipt serves.
  @Test
  void theSensorKnowsNoTime() throws DeviceException {
    assertThat(read(sensor(0xFFFF, Sds011Device.Mode.ACTIVE, 1), EXAMPLE))
        .allSatisfy(r -> assertThat(r.phenomenonTime()).isNull());
  }

  @Test
  void anAnswerToACommandIsNoResult() throws DeviceException {
    assertThat(read(sensor(0xFFFF, Sds011Device.Mode.ACTIVE, 1), ANSWER)).isEmpty();
  }

  @Test
  void whatAnotherChipSaysIsNotRead() throws DeviceException {
    assertThat(read(sensor(0xA161, Sds011Device.Mode.ACTIVE, 1), EXAMPLE)).isEmpty();
    assertThat(read(sensor(0xA160, Sds011Device.Mode.ACTIVE, 1), EXAMPLE)).hasSize(2);
  }

  // The aggregates count on it.
  @Test
  void theSamplingPeriodIsTheInterval() throws DeviceException {
    assertThat(read(sensor(0xFFFF, Sds011Device.Mode.DUTY, 300), EXAMPLE))
        .allSatisfy(r -> assertThat(r.channel().samplingPeriod()).isEqualTo(Duration.ofMinutes(5)));
  }

  // A sensor left asleep hears nothing but its wake-up call; one that was set up for somebody else
  // keeps its own working period.
  @Test
  void theOpeningWakesTheSensorAndUndoesWhatItMayRemember() throws DeviceException {
    Timetable timetable = sensor(0xFFFF, Sds011Device.Mode.QUERY, 60).timetable();

    assertThat(timetable.opening())
        .extracting(Step::words)
        .containsExactly(commands.work(), commands.workingPeriod(0), commands.reportWhenAsked());
  }

  @Test
  void inActiveModeNothingIsSaidAfterTheOpening() throws DeviceException {
    Timetable timetable = sensor(0xFFFF, Sds011Device.Mode.ACTIVE, 1).timetable();

    assertThat(timetable.opening().get(2).words()).isEqualTo(commands.reportOfYourOwnAccord());
    assertThat(timetable.steps()).hasSize(1);
    assertThat(timetable.steps().get(0).words()).isEmpty();
    assertThat(timetable.farewell()).isEmpty();
  }

  // LDSCP 3.4: the data is stable after 30 s of work; before, nothing is wanted.
  @Test
  void resultsAreNotWantedBeforeTheSensorIsWarm() throws DeviceException {
    for (Sds011Device.Mode mode : List.of(Sds011Device.Mode.ACTIVE, Sds011Device.Mode.QUERY)) {
      assertThat(sensor(0xFFFF, mode, 60).timetable().cyclesFrom())
          .isEqualTo(Duration.ofSeconds(30));
    }
    assertThat(sensor(0xFFFF, Sds011Device.Mode.DUTY, 60).timetable().steps())
        .filteredOn(Step::wantsResults)
        .extracting(Step::at)
        .containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void inDutyModeTheLaserWorksAsLongAsItMustAndNoLonger() throws DeviceException {
    Timetable timetable = sensor(0xFFFF, Sds011Device.Mode.DUTY, 300).timetable();

    assertThat(timetable.steps())
        .extracting(Step::words)
        .containsExactly(commands.work(), commands.queryData(), commands.sleep());
    assertThat(timetable.steps()).extracting(s -> s.at().toSeconds()).containsExactly(0L, 30L, 33L);
    assertThat(timetable.cycle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(timetable.farewell()).extracting(Step::words).containsExactly(commands.sleep());
  }

  @Test
  void anIntervalThatTheModeCannotKeepIsRefused() throws DeviceException {
    assertThat(sensor(0xFFFF, Sds011Device.Mode.DUTY, 34).timetable().cycle()).hasSeconds(34);
    assertThatThrownBy(() -> sensor(0xFFFF, Sds011Device.Mode.DUTY, 33))
        .hasMessageContaining("every 34 s at most");
    assertThatThrownBy(() -> sensor(0xFFFF, Sds011Device.Mode.QUERY, 2))
        .hasMessageContaining("every 3 s");
    assertThatThrownBy(() -> sensor(0xFFFF, Sds011Device.Mode.ACTIVE, 0))
        .hasMessageContaining("every 1 s");
  }

  @Test
  void itRestsBetweenResultsUnlessToldOtherwise() throws DeviceException {
    assertThat(configured(Map.of()).timetable().farewell()).hasSize(1);
    assertThat(configured(Map.of("mode", "duty")).timetable().farewell()).hasSize(1);
    assertThat(configured(Map.of("mode", "Active")).timetable().farewell()).isEmpty();
    assertThat(configured(Map.of("mode", "query")).timetable().farewell()).isEmpty();
  }

  // The last two data bytes of a command.
  @Test
  void commandsGoToTheChipThatIsConfigured() throws DeviceException {
    byte[] command = configured(Map.of("chipId", "a160")).timetable().opening().get(0).words();

    assertThat(Arrays.copyOfRange(command, 15, 17)).containsExactly(0xA1, 0x60);
  }

  @Test
  void itsWarmUpIsTheMakersUnlessToldOtherwise() throws DeviceException {
    assertThat(configured(Map.of("mode", "query")).timetable().cyclesFrom()).hasSeconds(30);
    assertThat(configured(Map.of("mode", "query", "warmUpSeconds", "90")).timetable().cyclesFrom())
        .hasSeconds(90);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefusedInWords() {
    assertThatThrownBy(() -> configured(Map.of("mode", "fast")))
        .hasMessageContaining("duty, active or query");
    assertThatThrownBy(() -> configured(Map.of("chipId", "A16")))
        .hasMessageContaining("such as A160");
    assertThatThrownBy(() -> configured(Map.of("chipId", "A16G")))
        .hasMessageContaining("such as A160");
    assertThatThrownBy(() -> configured(Map.of("warmUpSeconds", "-1")))
        .hasMessageContaining("0 to 600");
  }

  private static FrameDevice<?> configured(Map<String, String> options) throws DeviceException {
    DeviceDescription kind = new Sds011().description();
    return new Sds011().device(kind.interval(), DeviceSettings.of(kind, options));
  }

  private static List<Reading> read(Sds011Device sensor, byte[] bytes) throws DeviceException {
    ResultSet results =
        new ResultSet(
            ResultSet.channels(ROOF, new Sds011().description(), sensor.timetable().cycle()));
    sensor.reader().read(sensor.scan(bytes).frames().get(0), results);
    return results.readings();
  }

  private static Sds011Device sensor(int chip, Sds011Device.Mode mode, int intervalSeconds)
      throws DeviceException {
    return new Sds011Device(chip, mode, Duration.ofSeconds(intervalSeconds), Sds011Device.WARM_UP);
  }
}

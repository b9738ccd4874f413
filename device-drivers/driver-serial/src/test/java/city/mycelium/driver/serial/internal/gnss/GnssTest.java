package city.mycelium.driver.serial.internal.gnss;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Positions are invented: a point in the IJsselmeer. */
class GnssTest {

  private static final String RMC = "GNRMC,120000.00,A,5236.00000,N,00524.00000,E,0.1,,231126,,,A";
  private static final String GGA =
      "GNGGA,120000.00,5236.00000,N,00524.00000,E,1,09,0.98,2.5,M,45.6,M,,";
  private static final PhenomenonTime NOON =
      PhenomenonTime.at(Instant.parse("2026-11-23T12:00:00Z").toEpochMilli());

  private final GnssDevice gnss = new GnssDevice(Duration.ofMinutes(1));

  @Test
  void rmcAndGgaTogetherTellPlaceQualityAndTime() {
    List<Reading> readings = only(RMC, GGA);

    assertThat(byChannel(readings))
        .containsExactly(
            Map.entry("position", new Result.Position(52.6, 5.4, 2.5)),
            Map.entry("fix", new Result.Category("gnss")),
            Map.entry("satellites", new Result.Measurement(9)),
            Map.entry("hdop", new Result.Measurement(0.98)),
            Map.entry("time-valid", new Result.Truth(true)));
    assertThat(readings).allSatisfy(r -> assertThat(r.phenomenonTime()).isEqualTo(NOON));
  }

  // Sent within its second, and read at most 200 ms later: the middle, and half of that to each
  // side.
  @Test
  void aSentenceWithAFixTellsTheTime() {
    assertThat(told(RMC)).contains(new FrameDevice.TimeTold("gnss", NOON.from() + 600, 600));
  }

  @Test
  void withoutAFixOrADateOrAReasonableOneNoTimeIsTold() {
    assertThat(told(RMC.replace(",A,5236", ",V,5236").replace(",,,A", ",,,N"))).isEmpty();
    assertThat(told(RMC.replace("231126", ""))).isEmpty();
    assertThat(told(RMC.replace("231126", "090407"))).as("1024 weeks ago").isEmpty();
    assertThat(told(GGA)).isEmpty();
  }

  private Optional<FrameDevice.TimeTold> told(String text) {
    return gnss.timeIn(gnss.scan(Nmea.sentence(text)).frames().get(0));
  }

  // Some receivers send GGA first.
  @Test
  void theirOrderDoesNotMatter() {
    assertThat(only(GGA, RMC)).isEqualTo(only(RMC, GGA));
  }

  @Test
  void eachMomentIsOneSet() {
    assertThat(
            sets(
                RMC,
                GGA,
                RMC.replace("120000", "120001"),
                GGA.replace("120000", "120001"),
                RMC.replace("120000", "120002"),
                GGA.replace("120000", "120002")))
        .hasSize(3);
  }

  // A receiver of two systems may send a sentence for each: the moment is still one.
  @Test
  void furtherSentencesOfTheSameMomentSayNoMore() {
    List<List<Reading>> sets =
        sets(RMC, GGA, GGA.replace("GNGGA", "GLGGA"), RMC.replace("120000", "120001"));

    assertThat(sets).hasSize(1);
  }

  // Noise may take one of the two.
  @Test
  void whatIsLeftOfAMomentIsGivenWhenTheNextBegins() {
    List<List<Reading>> sets =
        sets(RMC, RMC.replace("120000", "120001"), GGA.replace("120000", "120001"));

    assertThat(sets).hasSize(2);
    assertThat(byChannel(sets.get(0)))
        .containsExactly(
            Map.entry("position", new Result.Position(52.6, 5.4, null)),
            Map.entry("fix", new Result.Category("gnss")),
            Map.entry("time-valid", new Result.Truth(true)));
    assertThat(sets.get(1)).hasSize(5);
  }

  // GGA has no date: it would be a guess around midnight.
  @Test
  void withoutRmcThereIsNoTimeAndNothingIsSaidOfIt() {
    List<Reading> readings = sets(GGA, GGA.replace("120000", "120001")).get(0);

    assertThat(byChannel(readings)).containsOnlyKeys("position", "fix", "satellites", "hdop");
    assertThat(readings).allSatisfy(r -> assertThat(r.phenomenonTime()).isNull());
  }

  // Cold start, as a u-blox NEO-6 says it: empty fields, HDOP 99.99.
  @Test
  void withoutAFixThereIsNoPlace() {
    assertThat(byChannel(only("GPRMC,,V,,,,,,,,,,N", "GPGGA,,,,,,0,00,99.99,,,,,,")))
        .containsExactly(
            Map.entry("fix", new Result.Category("none")),
            Map.entry("satellites", new Result.Measurement(0)),
            Map.entry("time-valid", new Result.Truth(false)));
  }

  // Many receivers go on sending the last place and a clock that runs free: both are stale.
  @Test
  void aPlaceRememberedIsNotHandedOver() {
    List<Reading> readings =
        only(
            RMC.replace(",A,5236", ",V,5236").replace(",,,A", ",,,N"),
            GGA.replace("E,1,09", "E,0,00"));

    assertThat(byChannel(readings))
        .doesNotContainKeys("position", "hdop")
        .containsEntry("fix", new Result.Category("none"))
        .containsEntry("time-valid", new Result.Truth(false));
    assertThat(readings).allSatisfy(r -> assertThat(r.phenomenonTime()).isNull());
  }

  // One of the two sentences may lag: the poorer counts.
  @Test
  void bothSentencesMustStandBehindAPlace() {
    assertThat(byChannel(only(RMC.replace(",A,5236", ",V,5236"), GGA)))
        .doesNotContainKey("position");
    assertThat(byChannel(only(RMC, GGA.replace("E,1,09", "E,0,00")))).doesNotContainKey("position");
    assertThat(byChannel(only(RMC, GGA))).as("control").containsKey("position");
  }

  @Test
  void aPlaceThatIsReckonedTypedInOrSimulatedIsNotMeasured() {
    for (Map.Entry<String, String> quality :
        Map.of("6", "estimated", "7", "manual", "8", "simulated").entrySet()) {
      Map<String, Result> results =
          byChannel(only(RMC, GGA.replace("E,1,09", "E," + quality.getKey() + ",09")));
      assertThat(results).as(quality.getValue()).doesNotContainKey("position");
      assertThat(results).containsEntry("fix", new Result.Category(quality.getValue()));
    }
    for (String mode : List.of("E", "M", "S", "N")) {
      Map<String, Result> results = byChannel(only(RMC.replace(",,,A", ",,," + mode), GGA));
      assertThat(results).as("mode " + mode).doesNotContainKey("position");
      assertThat(results).containsEntry("time-valid", new Result.Truth(false));
    }
  }

  @Test
  void aQualityThatIsNotInTheTableIsNoFix() {
    for (String quality : List.of("9", "", "11", "A")) {
      assertThat(byChannel(only(RMC, GGA.replace("E,1,09", "E," + quality + ",09"))))
          .as("quality " + quality)
          .doesNotContainKey("position")
          .containsEntry("fix", new Result.Category("none"));
    }
  }

  @Test
  void aBetterFixIsCalledByItsName() {
    for (Map.Entry<String, String> quality :
        Map.of("2", "differential", "3", "precise", "4", "rtk", "5", "rtk-float").entrySet()) {
      Map<String, Result> results =
          byChannel(only(RMC, GGA.replace("E,1,09", "E," + quality.getKey() + ",09")));
      assertThat(results).containsKey("position");
      assertThat(results).containsEntry("fix", new Result.Category(quality.getValue()));
    }
  }

  // Before NMEA 2.3 there was no mode.
  @Test
  void anOldReceiverWithoutModeIsBelieved() {
    assertThat(byChannel(only(RMC.replace(",,,A", ",,"), GGA)))
        .containsEntry("time-valid", new Result.Truth(true))
        .containsKey("position");
  }

  // NMEA 4.10 adds the navigational status, V when the receiver gives none.
  @Test
  void aNewReceiverWithNavigationalStatusIsBelieved() {
    assertThat(byChannel(only(RMC + ",V", GGA))).containsKey("position");
  }

  // The week counter of GPS begins again every 1024 weeks: old firmware then lives in the past.
  @Test
  void aReceiverThatLivesInThePastIsBelievedForItsPlaceOnly() {
    List<Reading> readings = only(RMC.replace("231126", "090407"), GGA);

    assertThat(byChannel(readings))
        .containsKey("position")
        .containsEntry("time-valid", new Result.Truth(false));
    assertThat(readings).allSatisfy(r -> assertThat(r.phenomenonTime()).isNull());
  }

  @Test
  void southAndWestAreNegative() {
    assertThat(
            byChannel(
                only(
                    RMC.replace(",N,", ",S,").replace(",E,", ",W,"),
                    GGA.replace(",N,", ",S,").replace(",E,", ",W,"))))
        .containsEntry("position", new Result.Position(-52.6, -5.4, 2.5));
  }

  // Without its unit a number is no altitude.
  @Test
  void anAltitudeWithoutMetresIsAbsent() {
    assertThat(byChannel(only(RMC, GGA.replace("2.5,M", "2.5,"))))
        .containsEntry("position", new Result.Position(52.6, 5.4, null));
  }

  @Test
  void otherSentencesAreNotItsBusiness() {
    assertThat(sets("GPGSV,1,1,00", "GPVTG,,T,,M,0.1,N,0.2,K,A", "PUBX,00,120000.00")).isEmpty();
  }

  @Test
  void eachOpeningBeginsWithAFreshMemory() {
    FrameDevice.FrameReader<NmeaSentence> first = gnss.reader();
    read(first, RMC);

    assertThat(read(gnss.reader(), GGA)).isEmpty();
    assertThat(read(first, GGA)).as("control").hasSize(5);
  }

  @Test
  void itIsListenedToEachMinute() {
    assertThat(gnss.timetable().cycle()).isEqualTo(Duration.ofMinutes(1));
    assertThat(gnss.timetable().opening()).isEmpty();
    assertThat(new Gnss().line().baud()).isEqualTo(9600);
    assertThat(new Gnss().description().interval()).isEqualTo(Duration.ofMinutes(1));
  }

  private List<Reading> only(String... sentences) {
    List<List<Reading>> sets = sets(sentences);
    assertThat(sets).hasSize(1);
    return sets.get(0);
  }

  private List<List<Reading>> sets(String... sentences) {
    FrameDevice.FrameReader<NmeaSentence> reader = gnss.reader();
    List<List<Reading>> sets = new ArrayList<>();
    for (String sentence : sentences) {
      List<Reading> set = read(reader, sentence);
      if (!set.isEmpty()) {
        sets.add(set);
      }
    }
    return sets;
  }

  private static List<Reading> read(FrameDevice.FrameReader<NmeaSentence> reader, String text) {
    ResultSet results =
        new ResultSet(
            ResultSet.channels(
                new DeviceId("gnss.boat"), new Gnss().description(), Duration.ofMinutes(1)));
    try {
      reader.read(sentence(text), results);
    } catch (DeviceException e) {
      throw new AssertionError("a receiver never complains", e);
    }
    return results.readings();
  }

  private static NmeaSentence sentence(String text) {
    return NmeaSentence.scan(Nmea.sentence(text)).frames().get(0);
  }

  private static Map<String, Result> byChannel(List<Reading> readings) {
    Map<String, Result> results = new LinkedHashMap<>();
    readings.forEach(r -> results.put(r.channel().name(), r.result()));
    return results;
  }
}

package city.mycelium.driver.serial.internal.dsmr;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TelegramTest {

  private static final String WRITTEN = "0-0:1.0.0(261123120000W)";

  // The control of all telegrams that are made here.
  @Test
  void theCrcOfTheTestsIsThatOfTheCatalogue() {
    assertThat(P1Examples.crc("123456789")).isEqualTo(0xBB3D);
    assertThat(P1Examples.crc(P1Examples.body() + "!")).isEqualTo(0xE47C);
  }

  // Whatever is handed over, logged or kept of a frame: it is not in it.
  @Test
  void noIdentifierAndNoMessageLeavesTheDecoder() {
    Telegram telegram = only(P1Examples.dsmr5());
    String all = telegram.toString() + readings(telegram);

    for (String personal : P1Examples.PERSONAL) {
      assertThat(new String(P1Examples.dsmr5(), StandardCharsets.US_ASCII))
          .as("control")
          .contains(personal);
      assertThat(all.toLowerCase(Locale.ROOT)).doesNotContain(personal.toLowerCase(Locale.ROOT));
    }
    assertThat(all).doesNotContain("8EG004046395507", "2222ABCD123456789");
  }

  // 11:30:20 in winter is 10:30:20 UTC.
  @Test
  void electricityHasTheTimeOfTheTelegramAndGasItsOwn() {
    Map<String, Reading> readings = byOutput(only(P1Examples.dsmr5()));

    assertThat(readings.get("power-import").phenomenonTime()).isEqualTo(at("2010-12-09T10:30:20Z"));
    assertThat(readings.get("gas").phenomenonTime()).isEqualTo(at("2010-12-09T10:25:00Z"));
  }

  // The hour that comes twice, on 25 October 2026.
  @Test
  void summerAndWinterTellTheHourThatComesTwiceApart() {
    assertThat(only(P1Examples.telegram("0-0:1.0.0(261025023000S)")).time())
        .isEqualTo(at("2026-10-25T00:30:00Z"));
    assertThat(only(P1Examples.telegram("0-0:1.0.0(261025023000W)")).time())
        .isEqualTo(at("2026-10-25T01:30:00Z"));
  }

  @Test
  void aClockThatIsNotSetTellsNoTime() {
    for (String time :
        List.of("700101010000W", "000101010000W", "261301000000W", "261123250000W")) {
      assertThat(only(P1Examples.telegram("0-0:1.0.0(" + time + ")")).time()).as(time).isNull();
    }
  }

  // DSMR 4.2: gas by the hour; P1 4.2, 6.12.
  @Test
  void aTelegramOfDsmr4IsReadAsWell() {
    Map<String, Reading> readings =
        byOutput(
            only(
                P1Examples.telegram(
                    "1-3:0.2.8(42)",
                    WRITTEN,
                    "1-0:1.8.1(000001.001*kWh)",
                    "1-0:1.7.0(00.016*kW)",
                    "0-1:24.1.0(003)",
                    "0-1:24.2.1(261123110000W)(00008.001*m3)")));

    assertThat(readings).containsOnlyKeys("energy-import-t1", "power-import", "gas");
    assertThat(readings.get("energy-import-t1").result()).isEqualTo(new Result.Counter(1001));
    assertThat(readings.get("gas").result()).isEqualTo(new Result.Counter(8001));
  }

  @Test
  void waterIsToldApartFromGasByItsTypeAndHeatIsNotRead() {
    Map<String, Reading> readings =
        byOutput(
            only(
                P1Examples.telegram(
                    WRITTEN,
                    "0-1:24.2.1(261123115500W)(00001.000*m3)",
                    "0-1:24.1.0(007)",
                    "0-2:24.1.0(003)",
                    "0-2:24.2.1(261123115500W)(00002.000*m3)",
                    "0-3:24.1.0(012)",
                    "0-3:24.2.1(261123115500W)(00003.000*GJ)",
                    "0-4:24.2.1(261123115500W)(00004.000*m3)")));

    assertThat(readings).containsOnlyKeys("water", "gas");
    assertThat(readings.get("water").result()).isEqualTo(new Result.Counter(1000));
    assertThat(readings.get("gas").result()).isEqualTo(new Result.Counter(2000));
  }

  // Seen in the field: the old meter stays on its channel, with a clock of 1970 or of its last day.
  @Test
  void ofTwoGasMetersTheOneThatGoesOnCounts() {
    Map<String, Reading> readings =
        byOutput(
            only(
                P1Examples.telegram(
                    "0-1:24.1.0(003)",
                    "0-1:24.2.1(700101010000W)(00000000)",
                    "0-2:24.1.0(003)",
                    "0-2:24.2.1(261123115500W)(00246.138*m3)",
                    "0-3:24.1.0(003)",
                    "0-3:24.2.1(250101000000W)(09999.000*m3)")));

    assertThat(readings.get("gas").result()).isEqualTo(new Result.Counter(246_138));
  }

  @Test
  void whatIsMalformedOrSaidTwiceIsAbsent() {
    assertThat(
            byOutput(
                only(
                    P1Examples.telegram(
                        "1-0:1.8.1(12,5*kWh)",
                        "1-0:1.8.2(*kWh)",
                        "1-0:2.8.1(1.0*kWh",
                        "1-0:2.8.2(9999999999.000*kWh)",
                        "1-0:1.7.0(00.016*kW)",
                        "1-0:1.7.0(00.017*kW)"))))
        .containsOnlyKeys("power-import");
  }

  // In small letters it is the same number; with one digit less it is none.
  @Test
  void theCrcHasFourDigits() {
    String good = new String(P1Examples.dsmr5(), StandardCharsets.US_ASCII);
    assertThat(scan(good.replace("!E47C", "!e47c"))).hasSize(1);
    assertThat(scan(good.replace("!E47C", "!E47"))).isEmpty();
    assertThat(scan(good.replace("!E47C", "!EF2F"))).isEmpty();
    assertThat(scan(good.replace("!E47C", "!"))).as("DSMR 2 and 3 have none").isEmpty();
  }

  private static Telegram only(byte[] bytes) {
    List<Telegram> telegrams = FrameSearch.scan(bytes, Telegram::at).frames();
    assertThat(telegrams).hasSize(1);
    return telegrams.get(0);
  }

  private static List<Telegram> scan(String text) {
    return FrameSearch.scan(text.getBytes(StandardCharsets.US_ASCII), Telegram::at).frames();
  }

  private static Map<String, Reading> byOutput(Telegram telegram) {
    return readings(telegram).stream()
        .collect(Collectors.toMap(r -> r.channel().name(), reading -> reading));
  }

  private static List<Reading> readings(Telegram telegram) {
    ResultSet results =
        new ResultSet(
            ResultSet.channels(
                new DeviceId("meter.1"), new DsmrP1().description(), Duration.ofMinutes(1)));
    telegram.put(results);
    return results.readings();
  }

  private static PhenomenonTime at(String instant) {
    return PhenomenonTime.at(Instant.parse(instant).toEpochMilli());
  }
}

package city.mycelium.driver.push.internal.kit;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.push.internal.Kits;
import city.mycelium.driver.push.internal.line.Line;
import city.mycelium.driver.push.internal.line.LineProtocol;
import city.mycelium.driver.push.internal.line.TimePrecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddenstoelPointTest {

  private static final KitSettings WITH_POSITIONS =
      new KitSettings(Duration.ofSeconds(120), Duration.ofSeconds(145), true);

  private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  private static Heard heard(String text, KitSettings settings) {
    return heard(text, settings, TimePrecision.SECONDS);
  }

  private static KitMessage heard(String text, TimePrecision precision) {
    return heard(text, KitSettings.DEFAULT, precision)
        .either(message -> message, why -> Assertions.fail(why));
  }

  private static Heard heard(String text, KitSettings settings, TimePrecision precision) {
    Line line = LineProtocol.parse(text, precision).get(0);
    return line.either(
        good -> PaddenstoelPoint.read(good, good.point().tags().get("id"), settings),
        why -> Assertions.fail(why));
  }

  private static KitMessage message(String text) {
    return heard(text, KitSettings.DEFAULT).either(message -> message, why -> Assertions.fail(why));
  }

  private static String unclear(String text) {
    return heard(text, KitSettings.DEFAULT)
        .either(message -> Assertions.fail("heard " + message), why -> why);
  }

  private static List<String> said(KitMessage message) {
    return message.results().stream().map(PaddenstoelPointTest::inWords).toList();
  }

  static String inWords(Reading reading) {
    return reading.channel().name()
        + " "
        + reading.channel().property().name()
        + " "
        + (reading.result() instanceof Measurement number ? number.value() : reading.result())
        + " "
        + reading.channel().unit().code();
  }

  @Test
  void readsTheFirmwaresLine() {
    KitMessage message = message(Kits.body("paddenstoel-firmware.txt"));
    assertThat(message.device()).hasToString("paddenstoel.123");
    assertThat(message.complaints()).isEmpty();
    assertThat(said(message))
        .containsExactly(
            "Temp air-temperature 12.5 Cel",
            "Pres air-pressure 1013.2 hPa",
            "Hum relative-humidity 81.4 %",
            "PM25 PM2.5 8.1 ug/m3",
            "PM10 PM10 14.3 ug/m3",
            "NO2 NO2 21.7 ug/m3",
            "RSSI signal-strength -67.0 dB{mW}");
    assertThat(message.ignored()).containsExactly("ERROR", "ECOUNT", "SMPLS");
    assertThat(message.timed()).isFalse();
    assertThat(message.results())
        .allSatisfy(
            reading -> {
              assertThat(reading.phenomenonTime()).isNull();
              assertThat(reading.channel().samplingPeriod()).isEqualTo(Duration.ofSeconds(120));
              assertThat(reading.sourceKey()).isNull();
            });
  }

  /** RIVM's sketch writes -1.00 for what is not fitted, and starts from -999.999. */
  @Test
  void leavesOutWhatIsNotFittedOrNotYetRead() {
    assertThat(said(message(Kits.body("paddenstoel-firmware-dust-only.txt"))))
        .containsExactly("PM25 PM2.5 8.1 ug/m3", "RSSI signal-strength -67.0 dB{mW}");
  }

  /** Temperature, humidity and pressure come from one chip: where the others are, it is frost. */
  @ParameterizedTest
  @ValueSource(strings = {"Temp=-1.00,Hum=81.40", "Pres=1013.2,Temp=-1.00", "temp=-1.00,hum=81.40"})
  void keepsFrostOfAThermometerThatIsThere(String fields) {
    assertThat(said(message("paddenstoel,id=1 " + fields)))
        .anyMatch(words -> words.endsWith("air-temperature -1.0 Cel"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Temp=-1.00",
        "Temp=-1.00,Hum=-1.00,PM25=8.1",
        "Temp=-1,PM25=8.1",
        "NO2=-1.00,Hum=80"
      })
  void takesMinusOneOtherwiseForNotFitted(String fields) {
    assertThat(said(message("paddenstoel,id=1 " + fields)))
        .noneMatch(words -> words.contains("-1.0 "));
  }

  @ParameterizedTest
  @CsvSource({"Temp=-0.99", "Temp=-1.01", "Temp=-17.5", "NO2=-3.2"})
  void keepsEveryOtherNegativeResult(String field) {
    assertThat(said(message("paddenstoel,id=1 " + field))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEMP=1",
        "temp=1",
        "T=1",
        "temperature=1",
        "PM2.5=1",
        "pm2_5=1",
        "pm25=1i",
        "PM25=1u"
      })
  void knowsAFieldInAllItsSpellingsAndCallsItAsTheKitDoes(String field) {
    KitMessage message = message("paddenstoel,id=1 " + field);
    assertThat(message.results()).hasSize(1);
    assertThat(message.results().get(0).channel().name())
        .isEqualTo(field.substring(0, field.indexOf('=')));
  }

  @Test
  void ignoresWhatIsNoResultAndSaysSo() {
    KitMessage message = message("paddenstoel,id=1 PM10=5,fanspeed=3,door=t,note=\"x\"");
    assertThat(said(message)).containsExactly("PM10 PM10 5.0 ug/m3");
    assertThat(message.ignored()).containsExactly("fanspeed", "door", "note");
    assertThat(message.complaints()).isEmpty();
  }

  /** There it is a share of time, by RIVM's own sketch; a paddenstoel's PM10 is a concentration. */
  @Test
  void doesNotTakeTheFireworksKitsProxyForDust() {
    assertThat(said(message("vuurwerk,id=1 PM10=3.5,PM25=8")))
        .containsExactly("PM25 PM2.5 8.0 ug/m3");
  }

  @Test
  void readsThePortalsLine() {
    KitMessage message = message(Kits.body("paddenstoel-portal.txt"));
    assertThat(message.device()).hasToString("m_senshagen.7");
    assertThat(said(message))
        .containsExactly(
            "PM10 PM10 13.4 ug/m3",
            "PM2.5 PM2.5 8.1 ug/m3",
            "T air-temperature -1.0 Cel",
            "P air-pressure 101320.0 Pa");
    assertThat(message.timed()).isTrue();
    assertThat(message.complaints()).isEmpty();
    assertThat(message.ignored()).isEmpty();
    assertThat(message.results())
        .allSatisfy(
            reading -> {
              assertThat(reading.phenomenonTime())
                  .isEqualTo(PhenomenonTime.between(NOON, NOON + 60_000));
              assertThat(reading.channel().samplingPeriod()).isEqualTo(Duration.ofSeconds(60));
            });
  }

  @Test
  void saysWhichSensorMeasures() {
    assertThat(message(Kits.body("paddenstoel-portal.txt")).setups())
        .extracting(
            reading -> reading.channel().datastreamId().value(),
            reading -> reading.channel().property(),
            Reading::result)
        .containsExactly(
            Assertions.tuple(
                "m_senshagen.7/PM10-meetopstelling",
                Vocabulary.MEASURING_SETUP,
                new Result.Text("SDS011")),
            Assertions.tuple(
                "m_senshagen.7/PM2.5-meetopstelling",
                Vocabulary.MEASURING_SETUP,
                new Result.Text("SDS011")));
  }

  @Test
  void keepsAPlaceOnlyWhenAsked() {
    String line = Kits.body("paddenstoel-portal.txt");
    KitMessage asked = heard(line, WITH_POSITIONS).either(m -> m, why -> Assertions.fail(why));
    assertThat(asked.results())
        .anyMatch(reading -> reading.result().equals(new Result.Position(52.80, 5.35, null)));
    assertThat(message(line).results())
        .noneMatch(reading -> reading.result() instanceof Result.Position);
  }

  @Test
  void takesTheTimeOfTheLine() {
    KitMessage message = message("paddenstoel,id=1 PM10=5 " + NOON / 1000);
    assertThat(message.timed()).isTrue();
    assertThat(message.results().get(0).phenomenonTime()).isEqualTo(PhenomenonTime.at(NOON));
  }

  @Test
  void readsAnIntervalWithAnyZone() {
    KitMessage message =
        message(
            "g,id=1 timestamp_from=\"2026-11-23T13:00:00+01:00\",timestamp_to=\"2026-11-23T12:00:07Z\",PM10=5");
    Reading reading = message.results().get(0);
    assertThat(reading.phenomenonTime()).isEqualTo(PhenomenonTime.between(NOON, NOON + 7_000));
    assertThat(reading.channel().samplingPeriod()).as("7 s is no schedule").isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g,id=1 timestamp_from=\"noon\",PM10=5|zone",
        "g,id=1 timestamp_from=\"2026-11-23T12:00:00\",PM10=5|zone",
        "g,id=1 timestamp_from=12,PM10=5|quotes",
        "g,id=1 timestamp_from=\"+999999999-01-01T00:00:00Z\",PM10=5|zone",
        "g,id=1 timestamp_from=\"2026-11-23T12:00:00Z\",timestamp_to=\"2026-11-23T11:59:00Z\",PM10=5|before",
        "g,id=1 PM10=5 1700|precision",
        "g,id=1 PM10=5 -5|precision",
        "g,id=1 PM10=5 999999999999|year 10000",
        "g\\ h,id=1 PM10=5|device id",
        "g,id=a/b PM10=5|device id",
        "g,id=\u00e9 PM10=5|device id",
      })
  void saysWhyALineMeansNothing(String line, String reason) {
    assertThat(unclear(line)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g,id=1 PM10=\"5\"|field PM10 must be a number",
        "g,id=1 PM10=t|field PM10 must be a number",
        "g,id=1 PM10=5,PM10-eenheid=\"bananas\"|field PM10-eenheid names no unit",
        "g,id=1 PM10=5,PM10-eenheid=7|field PM10-eenheid names no unit",
        "g,id=1 NO2=5,NO2-eenheid=\"ppb\"|field NO2 cannot be given in [ppb], only in ug/m3",
        "g,id=1 PM10=5,PM10-meetopstelling=7|field PM10-meetopstelling must be a text",
      })
  void complainsOfAValueThatShouldBeAResult(String line, String reason) {
    assertThat(message(line).complaints()).singleElement().asString().contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ug/m3, MICROGRAM_PER_CUBIC_METRE",
    "µg/m³, MICROGRAM_PER_CUBIC_METRE",
    "μg/m3, MICROGRAM_PER_CUBIC_METRE",
    "UG/M3, MICROGRAM_PER_CUBIC_METRE",
    "C, DEGREE_CELSIUS",
    "°C, DEGREE_CELSIUS",
    "Cel, DEGREE_CELSIUS",
    "K, KELVIN",
    "graden Celsius, DEGREE_CELSIUS",
    "%, PERCENT",
    "%RH, PERCENT",
    "hPa, HECTOPASCAL",
    "mbar, HECTOPASCAL",
    "Pa, PASCAL",
    "ppb, PPB",
    "dB(A), DECIBEL",
    "dBm, DECIBEL_MILLIWATT",
  })
  void knowsAUnitByTheWordsThatPeopleUse(String words, Unit unit) {
    assertThat(UnitWords.unit(words)).contains(unit);
  }

  /** A guess about a unit would be a wrong value that looks right. */
  @ParameterizedTest
  @ValueSource(strings = {"", "ug", "graden", "m3/ug"})
  void guessesNoUnit(String words) {
    assertThat(UnitWords.unit(words)).isEmpty();
  }

  /** The same digits in seconds and in milliseconds are two times, and so two messages. */
  @Test
  void tellsEqualLinesOfDifferentTimesApart() {
    String line = "g,id=1 PM10=5 1790000000";
    assertThat(heard(line, TimePrecision.SECONDS).fingerprint())
        .isNotEqualTo(heard(line, TimePrecision.MINUTES).fingerprint())
        .isEqualTo(heard(line, TimePrecision.SECONDS).fingerprint());
  }

  @Test
  void neverFailsWhateverComes() {
    Random random = new Random(20261123);
    int results = 0;
    for (int i = 0; i < 10_000; i++) {
      String body = Kits.damaged(Kits.body(Kits.LINES.get(i % 3)), random);
      for (Line line : LineProtocol.parse(body, TimePrecision.NANOSECONDS)) {
        results +=
            line.either(
                good ->
                    PaddenstoelPoint.read(
                            good, good.point().tags().getOrDefault("id", ""), WITH_POSITIONS)
                        .either(message -> message.results().size(), why -> 0),
                why -> 0);
      }
    }
    // The control: with a reader that hears nothing this test would prove nothing.
    assertThat(results).isGreaterThan(1_000);
  }
}

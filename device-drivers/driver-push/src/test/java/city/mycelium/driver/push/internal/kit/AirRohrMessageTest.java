package city.mycelium.driver.push.internal.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.push.internal.Kits;
import city.mycelium.driver.push.internal.line.Line;
import city.mycelium.driver.push.internal.line.LineProtocol;
import city.mycelium.driver.push.internal.line.TimePrecision;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AirRohrMessageTest {

  private static final String NODE = "esp8266-1234567";
  private static final KitSettings WITH_POSITIONS =
      new KitSettings(Duration.ofSeconds(120), Duration.ofSeconds(145), true);

  private static KitMessage json(String body, String node, String pin) {
    return AirRohrMessage.read(body, node, pin, KitSettings.DEFAULT)
        .either(message -> message, why -> Assertions.fail(why));
  }

  private static String unclear(String body, String node, String pin) {
    return AirRohrMessage.read(body, node, pin, KitSettings.DEFAULT)
        .either(message -> Assertions.fail("heard " + message), why -> why);
  }

  private static KitMessage values(String... typesAndValues) {
    StringBuilder body = new StringBuilder("{\"sensordatavalues\":[");
    for (int i = 0; i < typesAndValues.length; i += 2) {
      body.append(i == 0 ? "" : ",")
          .append("{\"value_type\":\"")
          .append(typesAndValues[i])
          .append("\",\"value\":\"")
          .append(typesAndValues[i + 1])
          .append("\"}");
    }
    return json(body.append("]}").toString(), NODE, "");
  }

  private static List<String> said(KitMessage message) {
    return message.results().stream().map(PaddenstoelPointTest::inWords).toList();
  }

  @Test
  void readsTheBodyOfTheKitsOwnApi() {
    KitMessage message = json(Kits.body("airrohr-own-api.json"), "", "");
    assertThat(message.device()).hasToString("airrohr.esp8266-1234567");
    assertThat(said(message))
        .containsExactly(
            "SDS_P1 PM10 24.1 ug/m3",
            "SDS_P2 PM2.5 9.6 ug/m3",
            "temperature air-temperature 11.3 Cel",
            "BME280_temperature air-temperature 10.8 Cel",
            "BME280_pressure air-pressure 101325.25 Pa",
            "DNMS_noise_LAeq LAeq 48.2 dB",
            "DNMS_noise_LA_min LAmin 41.0 dB",
            "DNMS_noise_LA_max LAmax 66.7 dB",
            "SCD30_co2_ppm CO2 431.0 [ppm]",
            "SPS30_P4 PM4 12.0 ug/m3",
            "SPS30_N05 particle-number 55.1 /cm3",
            "signal signal-strength -71.0 dB{mW}");
    // The bare P1 is a PPD42NS: particles per 0.01 cubic foot, which nobody must take for PM10.
    assertThat(message.ignored())
        .containsExactly("SPS30_TS", "P1", "samples", "min_micro", "max_micro", "interval");
    assertThat(message.complaints()).isEmpty();
    assertThat(message.timed()).isFalse();
  }

  @Test
  void takesTheKitsWordForItsInterval() {
    KitMessage message = json(Kits.body("airrohr-own-api.json"), "", "");
    assertThat(message.period()).isEqualTo(Duration.ofSeconds(300));
    assertThat(message.results())
        .allMatch(reading -> Duration.ofSeconds(300).equals(reading.channel().samplingPeriod()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1e12", "soon", "nan"})
  void trustsItsOwnPeriodRatherThanAnImpossibleOne(String interval) {
    assertThat(values("SDS_P1", "5", "interval", interval).period())
        .isEqualTo(Duration.ofSeconds(145));
  }

  @Test
  void readsWhatIsMeantForSensorCommunityPinByPin() {
    KitMessage dust = json(Kits.body("airrohr-push-sds011.json"), NODE, "1");
    KitMessage weather = json(Kits.body("airrohr-push-bme280.json"), NODE, "11");
    assertThat(dust.device()).isEqualTo(weather.device()).hasToString("airrohr." + NODE);
    assertThat(said(dust)).containsExactly("P1 PM10 24.1 ug/m3", "P2 PM2.5 9.6 ug/m3");
    assertThat(said(weather))
        .containsExactly(
            "BME280_temperature air-temperature 10.8 Cel",
            "BME280_pressure air-pressure 101325.25 Pa",
            "BME280_humidity relative-humidity 64.5 %");
  }

  /** Whichever way it comes, it is the same Datastream; and two thermometers are two. */
  @Test
  void callsAChipTheSameInEveryFormat() {
    String body = Kits.body("airrohr-push-bme280.json");
    assertThat(json(body, NODE, "11").results().get(0).channel().name())
        .isEqualTo(values("BME280_temperature", "10.80").results().get(0).channel().name());
    assertThat(json(body, NODE, "7").results().get(0).channel().name())
        .isEqualTo(values("temperature", "10.80").results().get(0).channel().name())
        .isEqualTo("temperature");
  }

  @ParameterizedTest
  @CsvSource({
    "3, pressure, BMP_pressure", "13, temperature, DS18B20_temperature",
    "15, noise_LAeq, DNMS_noise_LAeq", "17, co2_ppm, SCD30_co2_ppm",
  })
  void knowsTheSensorByItsPin(String pin, String type, String name) {
    String body = "{\"sensordatavalues\":[{\"value_type\":\"" + type + "\",\"value\":\"50\"}]}";
    assertThat(json(body, NODE, pin).results().get(0).channel().name()).isEqualTo(name);
  }

  @Test
  void takesParticlesPerCubicFootForNoDust() {
    KitMessage message = json(Kits.body("airrohr-push-sds011.json"), NODE, "5");
    assertThat(message.results()).isEmpty();
    assertThat(message.ignored()).containsExactly("P1", "P2");
  }

  @Test
  void readsThePointOfTheKitsInfluxDb() {
    Line line =
        LineProtocol.parse(Kits.body("airrohr-influx.txt"), TimePrecision.NANOSECONDS).get(0);
    KitMessage message =
        line.either(
            good ->
                AirRohrMessage.read(good, good.point().tags().get("node"), KitSettings.DEFAULT)
                    .either(m -> m, why -> Assertions.fail(why)),
            why -> Assertions.fail(why));
    assertThat(message.device()).hasToString("airrohr.esp8266-1234567");
    assertThat(said(message))
        .containsExactly(
            "SDS_P1 PM10 24.1 ug/m3",
            "SDS_P2 PM2.5 9.6 ug/m3",
            "BME280_temperature air-temperature -1.0 Cel",
            "BME280_pressure air-pressure 101325.25 Pa",
            "BME280_humidity relative-humidity 64.5 %",
            "signal signal-strength -71.0 dB{mW}");
    assertThat(message.period()).isEqualTo(Duration.ofSeconds(145));
  }

  /** The firmware's own ways to say that there is nothing. */
  @ParameterizedTest
  @CsvSource({
    "SDS_P1, nan",
    "SDS_P1, -1",
    "SDS_P1, -1.00",
    "SDS_P1, ''",
    "humidity, -1.00",
    "BME280_pressure, -1",
    "temperature, -128",
    "DS18B20_temperature, -127.00",
    "temperature, -999.999",
    "temperature, inf",
    "DNMS_noise_LAeq, -1",
    "signal, -1",
  })
  void leavesOutWhatWasNotMeasured(String type, String value) {
    KitMessage message = values(type, value, "SDS_P2", "5");
    assertThat(said(message)).containsExactly("SDS_P2 PM2.5 5.0 ug/m3");
    assertThat(message.complaints()).isEmpty();
  }

  @Test
  void keepsFrost() {
    assertThat(said(values("BME280_temperature", "-1.00")))
        .containsExactly("BME280_temperature air-temperature -1.0 Cel");
  }

  @Test
  void complainsOfABadValueAndKeepsTheOthers() {
    KitMessage message = values("SDS_P1", "many", "SDS_P2", "9.60");
    assertThat(message.complaints()).containsExactly("value SDS_P1 must be a number");
    assertThat(said(message)).containsExactly("SDS_P2 PM2.5 9.6 ug/m3");
  }

  @Test
  void complainsOfAnEntryThatIsNone() {
    KitMessage message =
        json(
            "{\"sensordatavalues\":[7,{\"value_type\":\"SDS_P1\"},{\"value\":\"1\"},"
                + "{\"value_type\":\"SDS_P2\",\"value\":9.6}]}",
            NODE,
            "");
    assertThat(message.complaints()).hasSize(3);
    assertThat(said(message)).containsExactly("SDS_P2 PM2.5 9.6 ug/m3");
  }

  /** An ESP32 writes its id under the old name as well; what Sensor.Community calls it counts. */
  @Test
  void believesTheHeaderMoreThanTheBody() {
    assertThat(json(Kits.body("airrohr-own-api.json"), "esp32-a1b2c3d4e5f6", "").device())
        .hasToString("airrohr.esp32-a1b2c3d4e5f6");
  }

  @Test
  void keepsAPlaceOnlyWhenAsked() {
    String body = Kits.body("airrohr-own-api.json");
    List<Reading> asked =
        AirRohrMessage.read(body, "", "", WITH_POSITIONS)
            .either(KitMessage::results, why -> Assertions.fail(why));
    assertThat(asked)
        .anyMatch(reading -> reading.result().equals(new Result.Position(52.8, 5.35, -0.4)));
    assertThat(json(body, "", "").results())
        .noneMatch(reading -> reading.result() instanceof Result.Position);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|esp8266-1||no JSON",
        "[]|esp8266-1||sensordatavalues",
        "{}|esp8266-1||sensordatavalues",
        "{\"sensordatavalues\":{}}|esp8266-1||sensordatavalues",
        "{\"sensordatavalues\":[]}|||X-Sensor",
        "{\"sensordatavalues\":[],\"esp8266id\":null}|||X-Sensor",
        "{\"sensordatavalues\":[]}|esp8266 1||device id",
        "{\"sensordatavalues\":[]}|esp8266-1|2|X-PIN 2",
      })
  void saysWhyABodyMeansNothing(String body, String node, String pin, String reason) {
    assertThat(unclear(body, node == null ? "" : node, pin == null ? "" : pin)).contains(reason);
  }

  /** Bodies that a lenient reader might take; the whole one is the control. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"sensordatavalues\":[]",
        "{\"sensordatavalues\":[]}{}",
        "{\"sensordatavalues\":[]}x",
        "{\"sensordatavalues\":[],}",
        "{\"sensordatavalues\":[],\"a\":01}",
        "{\"sensordatavalues\":[],\"a\":NaN}",
        "{\"sensordatavalues\":[],\"a\":[1 2]}",
        "{\"sensordatavalues\":[],\"a\":[1}}",
        "{\"sensordatavalues\":[],\"a\":[1,]}",
        "{\"sensordatavalues\":[],\"a\":\"\\x\"}",
        "{\"sensordatavalues\":[],\"a\":\"\t\"}",
        "{\"sensordatavalues\":[],a:1}",
      })
  void refusesWhatIsNoJson(String body) {
    assertThat(json("{\"sensordatavalues\":[],\"a\":[{\"b\":[1]}]}\r\n", NODE, "").results())
        .isEmpty();
    assertThat(unclear(body, NODE, "")).startsWith("the body is no JSON: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sensordatavalues", "something else"})
  void refusesABottomlessPit(String name) {
    String pit = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(unclear("{\"" + name + "\":" + pit + "}", NODE, "")).contains("nested");
  }

  /** BigDecimal has no room for the second; the first, written out, would fill the memory. */
  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e9999999999", "-1e-999999999"})
  void doesNotComputeAnAbsurdNumber(String number) {
    String body =
        "{\"a\":"
            + number
            + ",\"sensordatavalues\":[{\"value_type\":\"SDS_P1\",\"value\":"
            + number
            + "},{\"value_type\":\"SDS_P2\",\"value\":9.60}]}";
    KitMessage message =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> json(body, NODE, ""));
    assertThat(said(message)).contains("SDS_P2 PM2.5 9.6 ug/m3");
    assertThat(message.complaints()).isEmpty();
  }

  @Test
  void complainsOfALongRunOfDigitsAtOnce() {
    String body =
        "{\"sensordatavalues\":[{\"value_type\":\"SDS_P1\",\"value\":" + "1".repeat(60_000) + "}]}";
    KitMessage message =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> json(body, NODE, ""));
    assertThat(message.complaints()).containsExactly("value SDS_P1 must be a number");
  }

  @Test
  void takesTheLastOfTwoWithOneName() {
    KitMessage message =
        json(
            "{\"esp8266id\":1,\"esp8266id\":2,\"sensordatavalues\":[7],\"sensordatavalues\":["
                + "{\"value_type\":\"SDS_P2\",\"value\":1,\"value\":2},"
                + "{\"value_type\":\"SDS_P1\",\"value_type\":\"SDS_P2\",\"value\":9.6}]}",
            "",
            "");
    assertThat(message.device()).hasToString("airrohr.esp8266-2");
    assertThat(said(message)).containsExactly("SDS_P2 PM2.5 9.6 ug/m3");
    assertThat(message.complaints()).isEmpty();
  }

  /** As a number it would be 1E+1 or 1.0E1, which is another kit. */
  @Test
  void keepsTheDigitsOfANumberAsTheyWereWritten() {
    assertThat(json("{\"esp8266id\":1e1,\"sensordatavalues\":[]}", "", "").device())
        .hasToString("airrohr.esp8266-1e1");
  }

  @Test
  void readsEscapes() {
    assertThat(said(values("\\u0053DS_P2", "\\u0039.6", "signal", "-71\\t", "\\\"\\/\\b", "1")))
        .containsExactly("SDS_P2 PM2.5 9.6 ug/m3", "signal signal-strength -71.0 dB{mW}");
  }

  @Test
  void neverFailsWhateverComes() {
    Random random = new Random(20261123);
    int results = 0;
    for (int i = 0; i < 10_000; i++) {
      String body = Kits.damaged(Kits.body(Kits.JSON.get(i % Kits.JSON.size())), random);
      String pin = List.of("", "1", "11", "x").get(random.nextInt(4));
      results +=
          AirRohrMessage.read(body, i % 5 == 0 ? Kits.noise(random) : NODE, pin, WITH_POSITIONS)
              .either(message -> message.results().size(), why -> 0);
    }
    // The control: with a reader that hears nothing this test would prove nothing.
    assertThat(results).isGreaterThan(1_000);
  }
}

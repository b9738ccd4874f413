package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class LastValuesTest {

  private final LastValues values = new LastValues();

  @Test
  void showsWhatPeopleKnowInAFixedOrder() {
    values.take(number("NO2", "ug/m3", "6.66"));
    values.take(number("air-pressure", "Pa", "101412.3"));
    values.take(number("air-temperature", "Cel", "5.72"));

    assertThat(values).hasToString("5.7°C 1014hPa NO2 6.7");
  }

  @Test
  void passesOverTheStrengthOfTheWiFiAndAggregates() {
    assertThat(values.take(number("signal-strength", "dB[mW]", "-61"))).isFalse();
    assertThat(
            values.take(
                json(
                    "{\"property\":\"NO2\",\"window\":\"PT1M\",\"observation\":{\"kind\":\"summary\"}}")))
        .isFalse();
    assertThat(values.toString()).isEmpty();
  }

  @Test
  void aBayIsOccupiedOrFreeAndABinHasRoom() {
    values.take(number("distance", "cm", "37.0"));
    values.take(
        json(
            "{\"property\":\"parking-spot-status\","
                + "\"observation\":{\"kind\":\"category\",\"result\":\"occupied\"}}"));

    assertThat(values).hasToString("occupied 37 cm to the waste");
  }

  @Test
  void aPlaceIsSaidNorthFirst() {
    values.take(
        json(
            """
            {"property":"position","observation":{"kind":"position",
              "result":{"type":"Point","coordinates":[5.35,52.8,1.2]}}}
            """));

    assertThat(values).hasToString("52.80000° N 5.35000° E");
  }

  private static JsonObject number(String property, String unit, String value) {
    return json(
        "{\"property\":\"%s\",\"unit\":\"%s\",\"observation\":{\"kind\":\"number\",\"result\":%s}}"
            .formatted(property, unit, value));
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}

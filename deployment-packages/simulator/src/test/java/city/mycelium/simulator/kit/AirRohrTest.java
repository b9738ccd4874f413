package city.mycelium.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AirRohrTest {

  private final AirRohr kit =
      new AirRohr("4711", Duration.ofSeconds(145), Kits.probes(Kits.WITHOUT_NO2));

  private final AirRohrCustomApi custom =
      new AirRohrCustomApi(
          "4712", Duration.ofSeconds(145), Kits.probes(Kits.WITHOUT_NO2), new Random(1));

  @Test
  void postsOncePerPhysicalSensorAndNamesItByPin() {
    List<Post> posts = kit.measure(Kits.NOW);

    assertThat(posts).extracting(post -> post.headers().get("X-PIN")).containsExactly("1", "11");
    assertThat(posts)
        .allSatisfy(post -> assertThat(post.headers()).containsEntry("X-Sensor", "esp8266-4711"));
    assertThat(posts.get(0).body())
        .matches(
            "\\{\"software_version\":\"NRZ-2020-133\",\"sensordatavalues\":\\["
                + "\\{\"value_type\":\"P1\",\"value\":\"\\d+\\.\\d\\d\"},"
                + "\\{\"value_type\":\"P2\",\"value\":\"\\d+\\.\\d\\d\"}]}");
  }

  /** Its bodies carry no counter: equal ones could not be told from a repeat. */
  @Test
  void neverPostsTheSameBodyForTwoMeasurements() {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      kit.measure(Kits.NOW).forEach(post -> bodies.add(post.body()));
    }

    assertThat(bodies).doesNotHaveDuplicates();
  }

  @Test
  void theCustomApiPutsEverythingIntoOneBodyWithTheNameOfTheChipInFront() {
    List<Post> posts = custom.measure(Kits.NOW);

    assertThat(posts).hasSize(1);
    assertThat(posts.get(0).path()).isEqualTo("/data.php");
    assertThat(posts.get(0).body())
        .startsWith("{\"esp8266id\":\"4712\",\"software_version\"")
        .contains("\"BME280_temperature\"", "\"SDS_P1\"", "\"signal\"");
  }

  @Test
  void houseKeepingValuesAreNotPromised() {
    assertThat(custom.measure(Kits.NOW).get(0).values())
        .extracting(PostedValue::datastream)
        .containsExactly(
            "airrohr.esp8266-4712/BME280_temperature",
            "airrohr.esp8266-4712/BME280_pressure",
            "airrohr.esp8266-4712/BME280_humidity",
            "airrohr.esp8266-4712/SDS_P2",
            "airrohr.esp8266-4712/SDS_P1");
  }

  /** The firmware sends pascal. */
  @Test
  void pressureIsInPascal() {
    assertThat(kit.measure(Kits.NOW).get(1).values())
        .filteredOn(value -> value.datastream().endsWith("/BME280_pressure"))
        .singleElement()
        .satisfies(value -> assertThat(value.value()).isBetween(90_000.0, 110_000.0));
  }
}

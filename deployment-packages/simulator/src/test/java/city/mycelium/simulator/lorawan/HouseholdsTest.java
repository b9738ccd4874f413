package city.mycelium.simulator.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.simulator.lorawan.Sensor.Report;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/** The devices of the neighbourhood, against what the gateway has for them. */
class HouseholdsTest {

  private final List<Household> households = Households.of(1, time -> time);

  @TempDir private Path data;

  @Test
  void areTwoBaysAndABinAndTheSameForTheSameSeed() {
    assertThat(households)
        .extracting(Household::kind)
        .containsExactly(Households.PARKING, Households.PARKING, Households.BIN);
    assertThat(households)
        .extracting(Household::identity)
        .isEqualTo(Households.of(1, time -> time).stream().map(Household::identity).toList())
        .doesNotContainAnyElementsOf(
            Households.of(2, time -> time).stream().map(Household::identity).toList());
  }

  @Test
  void gatewayTakesTheListOfThemAndHidesTheirKeys() throws IOException {
    Path file = data.resolve(DeviceFile.NAME);
    Files.writeString(file, Households.deviceFile(households).toString());
    DeviceFile gateways = new DeviceFile(data);

    assertThat(gateways.look()).isEqualTo(DeviceFile.Look.IN_FORCE);
    assertThat(gateways.mistakes()).isEmpty();
    assertThat(gateways.all())
        .extracting(RegisteredDevice::id)
        .extracting(Object::toString)
        .containsExactlyElementsOf(
            households.stream().map(household -> household.identity().device()).toList());
    assertThat(Files.readString(file)).doesNotContainPattern("\"[0-9a-f]{32}\"");
  }

  @Test
  void whatBaysSayIsWhatTheGatewaysCodecReads() throws Exception {
    Codec codec = codec(households.get(0).identity().profile());
    Set<Integer> ports = new HashSet<>();
    Set<Double> states = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Report report = households.get(i % 2).sensor().report();
      JsonObject read = decoded(codec, report);
      ports.add(report.fPort());
      states.add(value(report, "bay"));
      assertThat(read.getBoolean("occupied")).isEqualTo(value(report, "bay") == 1.0);
      if (report.values().size() > 1) {
        assertThat(read.getJsonNumber("temperature").doubleValue())
            .isEqualTo(value(report, "temperature"));
      }
      assertThat(report.confirmed()).isEqualTo(i % 2 == 0 || report.fPort() == 1);
    }
    assertThat(ports).containsExactlyInAnyOrder(1, 2);
    assertThat(states).containsExactlyInAnyOrder(0.0, 1.0);
  }

  @Test
  void whatTheBinSaysIsWhatTheGatewaysCodecReads() throws Exception {
    Codec codec = codec(households.get(2).identity().profile());
    Set<Double> distances = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Report report = households.get(2).sensor().report();
      JsonObject read = decoded(codec, report);
      distances.add(value(report, "distance"));
      assertThat(read.getBoolean("valid")).isTrue();
      assertThat(read.getJsonNumber("distance").doubleValue()).isEqualTo(value(report, "distance"));
      assertThat(read.getJsonNumber("temperature").doubleValue()).isBetween(11.0, 11.5);
      assertThat(read.getJsonNumber("relativeHumidity").doubleValue()).isBetween(75.0, 78.0);
    }
    assertThat(distances)
        .hasSizeGreaterThan(20)
        .allSatisfy(d -> assertThat(d).isBetween(15.0, 140.0));
  }

  @Test
  void speakAtThePaceOfTheNeighbourhood() {
    assertThat(Households.of(1, time -> Duration.ofSeconds(7)))
        .allSatisfy(household -> assertThat(household.sensor().period()).hasSeconds(7));
  }

  private static double value(Report report, String channel) {
    return report.values().stream()
        .filter(value -> value.datastream().endsWith("/" + channel))
        .mapToDouble(PostedValue::value)
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject decoded(Codec codec, Report report) {
    Decoded decoded = codec.decode(new CodecInput(report.payload(), report.fPort(), 0));
    assertThat(decoded).isInstanceOf(Decoded.Fields.class);
    return ((Decoded.Fields) decoded).data();
  }

  /** Out of the driver's bundle. */
  private static Codec codec(String profile) throws Exception {
    try (InputStream script =
        TrustedEngine.class.getResourceAsStream(
            "/city/mycelium/driver/lorawan/devices/" + profile + "/codec.js")) {
      return TrustedEngine.inGateway(new SystemClock(), NOPLogger.NOP_LOGGER)
          .install(profile, new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}

package city.mycelium.driver.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each built-in profile against numbers from its manual, or worked out here by hand. */
class BuiltInProfilesTest {

  private static Iterable<String> names() {
    return Profiles.builtIn();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsReadableAndNamesItsSource(String name) throws Exception {
    Profile profile = Profiles.named(name);

    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.source()).hasSizeGreaterThan(20);
  }

  // 43 66 33 34 is the example of Eastron's manuals, "230.2": 0x663334 / 2^23 = 0.79843760, so it
  // is
  // 1.79843760 * 2^7 = 230.20001. The others as binary32 by hand:
  // 1.5 = 1.1b * 2^0 -> 3FC00000; 345 = 1.34765625 * 2^8 -> exponent 135, fraction .34765625 * 2^23
  // = 0x2C8000 -> 43AC8000; 12.5 = 1.5625 * 2^3 -> 41480000; 0.25 = 2^-2 -> 3E800000.
  @Test
  void sdm120() throws Exception {
    FakeUnit unit = new FakeUnit();
    unit.put(4, 0x00, "43663334 00000000 00000000 3FC00000 00000000 00000000 43AC8000");
    unit.put(4, 0x48, "41480000 3E800000");

    assertThat(read("sdm120", unit))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "voltage", new Result.Measurement(230.20001),
                "current", new Result.Measurement(1.5),
                "power", new Result.Measurement(345),
                "import", new Result.Counter(12_500),
                "export", new Result.Counter(250)));
    assertThat(unit.asked).containsExactly("4 0+14", "4 72+4");
  }

  @Test
  void sdm630() throws Exception {
    FakeUnit unit = new FakeUnit();
    unit.put(
        4,
        0x00,
        "43663334 43663334 43663334 3FC00000 3FC00000 3E800000 43AC8000 43AC8000 C1480000");
    unit.put(4, 0x34, "43AC8000");
    unit.put(4, 0x48, "41480000 3E800000");

    Map<String, Result> results = read("sdm630", unit);

    assertThat(results)
        .hasSize(12)
        .containsEntry("voltage-L3", new Result.Measurement(230.20001))
        .containsEntry("current-L3", new Result.Measurement(0.25))
        .containsEntry("power-L3", new Result.Measurement(-12.5))
        .containsEntry("power", new Result.Measurement(345))
        .containsEntry("import", new Result.Counter(12_500));
    assertThat(unit.asked).containsExactly("4 0+18", "4 52+2", "4 72+4");
  }

  // The manual's own examples, 5.3: 0702H is 17.94 degrees, 071DH is 18.21 %, and FF05H is
  // FF05H - FFFFH - 1 = -251 hundredths.
  @Test
  void seeedSoilProbe() throws Exception {
    FakeUnit unit = new FakeUnit().put(3, 0x21, "0000").put(4, 0, "0702 071D");

    assertThat(read("seeed-s-soil-mtec-02", unit))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "soil-temperature", new Result.Measurement(17.94),
                "soil-moisture", new Result.Measurement(18.21)));
    assertThat(read("seeed-s-soil-mtec-02", unit.put(4, 0, "FF05")))
        .containsEntry("soil-temperature", new Result.Measurement(-2.51));
  }

  @Test
  void aSoilProbeThatSaysFahrenheitIsNotTakenForCelsius() {
    FakeUnit unit = new FakeUnit().put(3, 0x21, "0001").put(4, 0, "0702 071D");

    assertThatThrownBy(() -> read("seeed-s-soil-mtec-02", unit))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CONFIG))
        .hasMessageContaining("should be 0 and is 1");
  }

  // 490.3 mbar are 49030 Pa: of fresh water at 9.80665 m/s2, 49030 / 9806.65 = 4.99966859 m.
  // 4903 = 0x1327; 12.34 degrees are 1234 = 0x04D2; 512 uS/cm = 0x200.
  @Test
  void leveLine() throws Exception {
    FakeUnit unit = new FakeUnit().put(4, 0, "04D2 00001327").put(4, 7, "00000200");

    Map<String, Result> results = read("aquaread-leveline-ctd", unit);

    assertThat(results)
        .containsEntry("water-temperature", new Result.Measurement(12.34))
        .containsEntry("water-conductivity", new Result.Measurement(512));
    assertThat(((Result.Measurement) results.get("water-level")).value())
        .isCloseTo(49_030 / (1_000 * 9.80665), org.assertj.core.data.Offset.offset(1e-6));
  }

  // 6.1: type 34 = 0x22 in the low byte, the version in the high one; MSB first: 1 * 65536 + 2.
  @Test
  void loopDetector() throws Exception {
    FakeUnit unit = loop();

    assertThat(read("proconel-ld120", unit))
        .containsExactly(Map.entry("vehicles", new Result.Counter(65_538)));
  }

  @Test
  void aLoopWithABrokenWireCountsNothing() {
    FakeUnit unit = loop().bit(2, 4, true);

    assertThatThrownBy(() -> read("proconel-ld120", unit))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT))
        .hasMessageContaining("broken wire");
  }

  @Test
  void anotherModuleIsNoLoopDetector() {
    FakeUnit unit = loop().put(4, 0, "1223");

    assertThatThrownBy(() -> read("proconel-ld120", unit))
        .hasMessageContaining("its module type")
        .hasMessageContaining("should be 34 and is 35")
        .hasMessageContaining("check unitId");
  }

  private static FakeUnit loop() {
    return new FakeUnit()
        .put(4, 0, "1222")
        .bit(2, 4, false)
        .bit(2, 5, false)
        .put(3, 9, "0001 0002");
  }

  private static Map<String, Result> read(String profile, FakeUnit unit) throws Exception {
    ProfileDevice device = new ProfileDevice(Profiles.named(profile));
    Taken taken = new Taken();
    device.connect(unit, DeviceSettings.preset(device.description())).read(taken);
    assertThat(device.description().outputs())
        .extracting("name")
        .as("every output is described")
        .containsAll(taken.results.keySet());
    return taken.results;
  }
}

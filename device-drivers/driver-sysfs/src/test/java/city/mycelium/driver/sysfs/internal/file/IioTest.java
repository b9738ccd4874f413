package city.mycelium.driver.sysfs.internal.file;

import static city.mycelium.driver.sysfs.internal.file.SysfsFilesTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Vocabulary;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IioTest {

  /** The kernel's bmp280 driver over Bosch's example calibration (BST-BMP280-DS001, 3.12). */
  private static final Map<String, String> BMP280 =
      Map.of("in_temp_input", "25080\n", "in_pressure_input", "100.653253906\n");

  private final Iio iio = new Iio();

  @TempDir Path root;
  private KernelTree tree;

  @BeforeEach
  void plant() {
    tree = new KernelTree(root);
  }

  @Test
  void channelsComeInOurUnits() throws DeviceException {
    tree.iio(0, "1-0076", "bmp280", BMP280);

    Map<String, Double> results = tree.read(iio, "name", "bmp280");

    assertThat(results).containsOnlyKeys("temp", "pressure").containsEntry("temp", 25.08);
    assertThat(results.get("pressure")).isCloseTo(1006.53253906, within(1e-9));
  }

  // Which number a device gets is decided by who was faster at this start.
  @Test
  void aDeviceIsFoundUnderWhateverNumberItHas() throws DeviceException {
    tree.iio(0, "1-0048", "ads1015", Map.of("in_voltage0_raw", "1\n"));
    tree.iio(7, "1-0076", "bmp280", BMP280);

    assertThat(tree.read(iio, "name", "bmp280")).containsEntry("temp", 25.08);
  }

  @Test
  void ofTwoWithOneNameTheAddressTells() throws DeviceException {
    tree.iio(0, "1-0076", "bmp280", BMP280);
    tree.iio(1, "1-0077", "bmp280", Map.of("in_temp_input", "19500\n"));

    assertThat(tree.read(iio, "name", "bmp280", "at", "1-0077")).containsEntry("temp", 19.5);
    assertState(
        () -> tree.read(iio, "name", "bmp280"),
        DeviceState.CONFIG,
        "bmp280 at 1-0076, bmp280 at 1-0077",
        "\"at\": \"1-0076\"");
  }

  @Test
  void theDeviceTreeAndTheLabelTellToo() throws DeviceException {
    tree.iio(0, "1-0076", "bmp280", BMP280);
    tree.iio(1, "1-0077", "bmp280", Map.of("in_temp_input", "19500\n", "label", "attic\n"));
    tree.link(
        KernelTree.I2C + "1-0076/iio:device0/of_node",
        "/sys/firmware/devicetree/base/soc/i2c@7e804000/bmp280@76");

    assertThat(tree.read(iio, "name", "bmp280", "at", "bmp280@76")).containsEntry("temp", 25.08);
    assertThat(tree.read(iio, "name", "bmp280", "at", "attic")).containsEntry("temp", 19.5);
  }

  @Test
  void aDeviceThatIsNotThereIsToldWithThoseThatAre() {
    tree.iio(0, "1-0048", "ads1015", Map.of("in_voltage0_raw", "1\n"));

    assertState(
        () -> tree.read(iio, "name", "bmp280"),
        DeviceState.CONFIG,
        "no IIO device is called bmp280; there are ads1015 at 1-0048",
        "dtoverlay=");
  }

  @Test
  void noDeviceAtAllIsToldAsSuch() {
    assertState(
        () -> tree.read(iio, "name", "bmp280"), DeviceState.UNREACHABLE, "there is none at all");
  }

  // ABI: "offset to be added to <type>[Y]_raw prior to scaling". Calculated
  // apart: (26214 - 15887.515151) * 2.517700195 = 25998.9929 milli °C; 32768 * 1.525878906 = 50000.
  @Test
  void rawValuesAreOffsetAndThenScaled() throws DeviceException {
    tree.iio(
        0,
        "1-0040",
        "hdc1000",
        Map.of(
            "in_temp_raw", "26214\n",
            "in_temp_offset", "-15887.515151\n",
            "in_temp_scale", "2.517700195\n",
            "in_humidityrelative_raw", "32768\n",
            "in_humidityrelative_scale", "1.525878906\n"));

    Map<String, Double> results = tree.read(iio, "name", "hdc1000");

    assertThat(results.get("temp")).isCloseTo(25.9989929, within(1e-7));
    assertThat(results.get("humidityrelative")).isCloseTo(50.0, within(1e-4));
  }

  // The scale of an ADC is one for all of its inputs; ads1015 at 2.048 V: 1 mV to a step.
  @Test
  void aScaleMayBeThatOfTheWholeType() throws DeviceException {
    tree.iio(
        0,
        "1-0048",
        "ads1015",
        Map.of(
            "in_voltage0_raw", "1023\n",
            "in_voltage0-voltage1_raw", "-12\n",
            "in_voltage_scale", "1.000000000\n",
            "in_voltage-voltage_scale", "0.500000000\n"));

    assertThat(tree.read(iio, "name", "ads1015"))
        .containsExactly(Map.entry("voltage0", 1023.0), Map.entry("voltage0-voltage1", -6.0));
  }

  // A number of unknown unit is no measurement.
  @Test
  void rawValuesWithoutAScaleAreNotGiven() {
    tree.iio(0, "1-0048", "adc", Map.of("in_voltage0_raw", "1023\n"));

    assertState(
        () -> tree.read(iio, "name", "adc"),
        DeviceState.CONFIG,
        "no channel that is known here; it has in_voltage0_raw");
  }

  @Test
  void aDeviceThatVanishesBetweenTwoOfItsFilesGivesNothing() throws DeviceException {
    tree.iio(0, "1-0076", "bmp280", BMP280);
    Poll poll = tree.connect(iio, "name", "bmp280");
    tree.remove(KernelTree.I2C + "1-0076/iio:device0/in_pressure_input");

    assertState(
        () -> KernelTree.read(iio, poll, "name", "bmp280"), DeviceState.UNREACHABLE, "unplugged");
  }

  // Another device may get the number that ours had: ours is where it is plugged in.
  @Test
  void aNumberThatWentToAnotherDeviceIsNotFollowed() throws DeviceException {
    tree.iio(0, "1-0076", "bmp280", BMP280);
    Poll poll = tree.connect(iio, "name", "bmp280");
    tree.remove("/sys/bus/iio/devices/iio:device0");
    tree.file(KernelTree.I2C + "1-0023/iio:device0/in_temp_input", "99000\n");
    tree.link("/sys/bus/iio/devices/iio:device0", KernelTree.I2C + "1-0023/iio:device0");

    assertThat(KernelTree.read(iio, poll, "name", "bmp280")).containsEntry("temp", 25.08);
  }

  @Test
  void halfAValueIsNoValue() {
    tree.iio(
        0, "1-0076", "bmp280", Map.of("in_temp_input", "25080\n", "in_pressure_input", "100.65"));

    assertState(() -> tree.read(iio, "name", "bmp280"), DeviceState.CORRUPT, "in_pressure_input");
  }

  @Test
  void whatIsMeasuredIsWhatTheConfigurationSays() throws DeviceException {
    var settings = KernelTree.settings(iio, "name", "tmp117", "temperatureOf", "water");

    assertThat(iio.description(settings).outputs())
        .anySatisfy(
            output -> {
              assertThat(output.name()).isEqualTo("temp");
              assertThat(output.property()).isEqualTo(Vocabulary.WATER_TEMPERATURE);
            });
  }

  // Linux up to 6.9 gave hPa and percent, newer ones give the ABI's kPa.
  @Test
  void bme680IsReadOfOldAndNewKernels() throws DeviceException {
    tree.iio(
        0,
        "1-0076",
        "bme680",
        Map.of("in_pressure_input", "1014.350000000\n", "in_humidityrelative_input", "41.074\n"));
    tree.iio(1, "1-0077", "bme680", Map.of("in_pressure_input", "101.435000000\n"));

    assertThat(tree.read(iio, "name", "bme680", "at", "1-0076"))
        .hasEntrySatisfying("pressure", p -> assertThat(p).isCloseTo(1014.35, within(1e-9)))
        .hasEntrySatisfying("humidityrelative", h -> assertThat(h).isCloseTo(41.074, within(1e-9)));
    assertThat(tree.read(iio, "name", "bme680", "at", "1-0077"))
        .hasEntrySatisfying("pressure", p -> assertThat(p).isCloseTo(1014.35, within(1e-9)));
  }

  // sps30 of the kernel, and a sensor of CO2: 0.0431 percent are 431 ppm.
  @Test
  void airQualityComesInItsUsualUnits() throws DeviceException {
    tree.iio(
        0,
        "1-0062",
        "scd4x",
        Map.of(
            "in_massconcentration_pm2p5_input", "12.340000000\n",
            "in_concentration_co2_raw", "431\n",
            "in_concentration_co2_scale", "0.000100000\n"));

    assertThat(tree.read(iio, "name", "scd4x"))
        .containsEntry("massconcentration_pm2p5", 12.34)
        .hasEntrySatisfying("concentration_co2", c -> assertThat(c).isCloseTo(431, within(1e-9)));
  }
}

package city.mycelium.driver.sysfs.internal.file;

import static city.mycelium.driver.sysfs.internal.file.SysfsFilesTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units: Linux, Documentation/hwmon/sysfs-interface.rst. */
class HwmonTest {

  private static final String LM75 = KernelTree.I2C + "1-0048/hwmon/hwmon2";

  private final Hwmon hwmon = new Hwmon();

  @TempDir Path root;
  private KernelTree tree;

  @BeforeEach
  void plant() {
    tree =
        new KernelTree(root)
            .file(LM75 + "/name", "lm75\n")
            .file(LM75 + "/temp1_input", "25000\n")
            .link("/sys/class/hwmon/hwmon2", LM75);
  }

  @Test
  void aThermometerIsInMilliDegrees() throws DeviceException {
    assertThat(tree.read(hwmon, "name", "lm75")).containsExactly(Map.entry("temp1", 25.0));
  }

  // ina219: the shunt in mV, the bus in mV, current in mA, power in microwatt.
  @Test
  void aPowerMonitorIsInVoltAmpereWatt() throws DeviceException {
    String ina = KernelTree.I2C + "1-0040/hwmon/hwmon0";
    tree.file(ina + "/name", "ina219\n")
        .file(ina + "/in0_input", "5\n")
        .file(ina + "/in1_input", "12016\n")
        .file(ina + "/curr1_input", "-512\n")
        .file(ina + "/power1_input", "6140000\n")
        .link("/sys/class/hwmon/hwmon0", ina);

    assertThat(tree.read(hwmon, "name", "ina219"))
        .containsExactly(
            Map.entry("in0", 5.0),
            Map.entry("in1", 12016.0),
            Map.entry("curr1", -0.512),
            Map.entry("power1", 6.14));
  }

  @Test
  void aHygrometerIsInMilliPercent() throws DeviceException {
    String sht = KernelTree.I2C + "1-0044/hwmon/hwmon3";
    tree.file(sht + "/name", "sht3x\n")
        .file(sht + "/humidity1_input", "41230\n")
        .link("/sys/class/hwmon/hwmon3", sht);

    assertThat(tree.read(hwmon, "name", "sht3x")).containsExactly(Map.entry("humidity1", 41.23));
  }

  @Test
  void aBrokenSensorIsNoMeasurement() {
    tree.file(LM75 + "/temp1_fault", "1\n");

    assertState(
        () -> tree.read(hwmon, "name", "lm75"), DeviceState.CORRUPT, "temp1 is open or shorted");
  }

  @Test
  void aWholeSensorIsAMeasurement() throws DeviceException {
    tree.file(LM75 + "/temp1_fault", "0\n");

    assertThat(tree.read(hwmon, "name", "lm75")).containsEntry("temp1", 25.0);
  }

  @Test
  void theAddressTellsWhichOne() throws DeviceException {
    String other = KernelTree.I2C + "1-0049/hwmon/hwmon4";
    tree.file(other + "/name", "lm75\n")
        .file(other + "/temp1_input", "-5500\n")
        .link("/sys/class/hwmon/hwmon4", other);

    assertThat(tree.read(hwmon, "name", "lm75", "at", "1-0049")).containsEntry("temp1", -5.5);
    assertState(
        () -> tree.read(hwmon, "name", "lm75"),
        DeviceState.CONFIG,
        "lm75 at 1-0048, lm75 at 1-0049");
  }
}

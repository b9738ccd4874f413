package city.mycelium.driver.sysfs.internal.file;

import static city.mycelium.driver.sysfs.internal.file.SysfsFilesTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The CRCs were calculated apart from the driver, by the polynomial of the data sheet; the bytes 72
 * 01 … 57 with t=23125 are the output of a kernel with a DS18B20 that many guides print.
 */
class Ds18b20Test {

  private static final String ID = "28-0316a2795bff";
  private static final String SENSOR = "/sys/devices/w1_bus_master1/" + ID;
  private static final String GOOD = w1Slave("72 01 4b 46 7f ff 0e 10 57", "YES", 23125);
  private static final String NOT_MEASURED = w1Slave("50 05 4b 46 7f ff 0c 10 1c", "YES", 85000);

  private final Ds18b20 ds18b20 = new Ds18b20();

  @TempDir Path root;
  private KernelTree tree;

  @BeforeEach
  void plant() {
    tree =
        new KernelTree(root)
            .link("/sys/bus/w1/devices/w1_bus_master1", "/sys/devices/w1_bus_master1")
            .link("/sys/bus/w1/devices/" + ID, SENSOR);
  }

  static String w1Slave(String bytes, String verdict, int milliCelsius) {
    return bytes
        + " : crc="
        + bytes.substring(24)
        + " "
        + verdict
        + "\n"
        + bytes
        + " t="
        + milliCelsius
        + "\n";
  }

  private KernelTree says(String content) {
    return tree.file(SENSOR + "/w1_slave", content);
  }

  private double celsius() throws DeviceException {
    return tree.read(ds18b20, "id", ID).getOrDefault("temperature", Double.NaN);
  }

  // DS18B20 data sheet, Table 1: -10.125 °C is FF5E, -55 °C is FC90, +25.0625 °C is 0191.
  @ParameterizedTest
  @CsvSource({
    "72 01 4b 46 7f ff 0e 10 57, 23125, 23.125",
    "5e ff 4b 46 7f ff 02 10 b6, -10125, -10.125",
    "90 fc 4b 46 7f ff 10 10 ee, -55000, -55",
    "91 01 4b 46 7f ff 0f 10 25, 25062, 25.062",
    "50 05 4b 46 7f ff 10 10 bd, 85000, 85" // byte 6 tells that it was measured
  })
  void temperaturesOfTheDataSheetAreRead(String bytes, int milli, double celsius)
      throws DeviceException {
    says(w1Slave(bytes, "YES", milli));

    assertThat(celsius()).isEqualTo(celsius);
  }

  @Test
  void theVerdictOfTheDriverIsHeeded() {
    says(w1Slave("72 01 4b 46 7f ff 0e 10 57", "NO", 23125));

    assertState(this::celsius, DeviceState.CORRUPT, "the CRC is wrong", "pull-up");
  }

  @Test
  void theCrcIsCheckedHereAsWell() {
    says(w1Slave("72 01 4b 46 7f ff 0e 10 56", "YES", 23125));

    assertState(this::celsius, DeviceState.CORRUPT, "the CRC is wrong");
  }

  @Test
  void theValueAfterPowerOnIsNoTemperature() {
    says(NOT_MEASURED);

    assertState(this::celsius, DeviceState.CORRUPT, "85.0 °C", "lost its power");
  }

  // w1_therm.rst, features: 127.94 °C is what too little power makes.
  @Test
  void theValueOfTooLittlePowerIsNoTemperature() {
    says(w1Slave("ff 07 4b 46 7f ff 0c 10 a6", "YES", 127937));

    assertState(this::celsius, DeviceState.CORRUPT, "lost its power");
  }

  // Copies of the chip leave byte 6 as it is: then what was measured before decides.
  @Test
  void eightyFiveDegreesAreBelievedOnTheWayThere() throws DeviceException {
    says(w1Slave("4f 05 4b 46 7f ff 01 10 3b", "YES", 84937));
    Poll poll = tree.connect(ds18b20, "id", ID);
    KernelTree.read(ds18b20, poll, "id", ID);
    says(NOT_MEASURED);

    assertThat(KernelTree.read(ds18b20, poll, "id", ID)).containsEntry("temperature", 85.0);
  }

  @Test
  void eightyFiveDegreesOutOfNowhereAreNotBelieved() throws DeviceException {
    says(GOOD);
    Poll poll = tree.connect(ds18b20, "id", ID);
    KernelTree.read(ds18b20, poll, "id", ID);
    says(NOT_MEASURED);

    assertState(() -> KernelTree.read(ds18b20, poll, "id", ID), DeviceState.CORRUPT, "85.0");
  }

  // The CRC of zeros is zero: the kernel says YES, and 0 °C.
  @Test
  void aShortedWireIsNotZeroDegrees() {
    says(w1Slave("00 00 00 00 00 00 00 00 00", "YES", 0));

    assertState(this::celsius, DeviceState.CORRUPT, "shorted to ground");
  }

  @Test
  void anAbsentSensorIsUnreachable() {
    says(w1Slave("ff ff ff ff ff ff ff ff ff", "NO", 23125));

    assertState(this::celsius, DeviceState.UNREACHABLE, "does not answer");
  }

  @Test
  void aTemperatureOfOtherBytesIsNotTaken() {
    says(w1Slave("72 01 4b 46 7f ff 0e 10 57", "YES", 23187));

    assertState(this::celsius, DeviceState.CORRUPT, "t=23187");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n",
        "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=231",
        "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=99999999999\n"
      })
  void halfAFileIsNoTemperature(String content) {
    says(content);

    assertState(this::celsius, DeviceState.CORRUPT);
  }

  @Test
  void theFileWithTheTemperatureAloneIsReadToo() throws DeviceException {
    tree.file(SENSOR + "/temperature", "23125\n");

    assertThat(celsius()).isEqualTo(23.125);
  }

  @Test
  void itsEightyFiveDegreesAreNotBelievedEither() {
    tree.file(SENSOR + "/temperature", "85000\n");

    assertState(this::celsius, DeviceState.CORRUPT, "lost its power");
  }

  // w1_therm.rst: "may return empty if conversion is still in progress".
  @Test
  void anEmptyTemperatureIsNone() {
    tree.file(SENSOR + "/temperature", "");

    assertState(this::celsius, DeviceState.CORRUPT, "is empty");
  }

  @Test
  void aMissingSensorIsToldWithThoseThatAreThere() {
    tree.link("/sys/bus/w1/devices/28-00000623003b", "/sys/devices/w1_bus_master1/28-00000623003b");
    tree.remove("/sys/bus/w1/devices/" + ID);

    assertState(
        this::celsius, DeviceState.UNREACHABLE, "there are 28-00000623003b", "4.7 kOhm pull-up");
  }

  @Test
  void aMissingBusIsMendedByALineOfConfiguration() {
    tree.remove("/sys/bus/w1/devices/" + ID).remove("/sys/bus/w1/devices/w1_bus_master1");

    assertState(this::celsius, DeviceState.CONFIG, "dtoverlay=w1-gpio,gpiopin=4");
  }

  @Test
  void aMissingDriverIsMendedByACommand() {
    tree.file(SENSOR + "/rw", "");

    assertState(this::celsius, DeviceState.CONFIG, "sudo modprobe w1-therm");
  }

  @Test
  void anIdOfAnotherFamilyIsRefused() {
    assertState(
        () -> tree.connect(ds18b20, "id", "10-0316a2795bff"), DeviceState.CONFIG, "28- and 12");
  }
}

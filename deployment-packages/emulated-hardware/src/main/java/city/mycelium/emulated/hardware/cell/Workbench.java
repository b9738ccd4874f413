package city.mycelium.emulated.hardware.cell;

import city.mycelium.emulated.hardware.cell.Expectation.Agree;
import city.mycelium.emulated.hardware.cell.Expectation.Reads;
import city.mycelium.emulated.hardware.cell.Expectation.Says;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The machines that cells are proved on, and the cells of each. They share one gateway. */
public enum Workbench {
  /** User-mode Linux: buses that know SMBus only. */
  SMBUS {
    @Override
    public List<Cell> cells(Path folder) {
      return List.of(smbusBmp280(), smbusMistakes(), iioTmp006());
    }
  },
  /** A PC of QEMU: what only a whole kernel has. */
  PC {
    @Override
    public List<Cell> cells(Path folder) {
      return List.of(iioBme280(), hwmonTmp102(), plainI2c(), usbSerial());
    }
  },
  /** The programs of a 64-bit Raspberry Pi, translated by qemu-user. */
  AARCH64 {
    @Override
    public List<Cell> cells(Path folder) {
      return List.of(aarch64Natives(), aarch64Gateway(tty(folder)));
    }
  };

  /** The cell whose adapter is pulled out and plugged in by the host. */
  public static final String USB_SERIAL = "usb-serial";

  /** The cell that needs no gateway: it asks the libraries themselves. */
  public static final String NATIVES = "aarch64-natives";

  private static final int INTERVAL_SECONDS = 5;

  /**
   * Calibration and raw values of Bosch's worked example (BST-BMP280-DS001, 3.12): 25.08 °C and
   * 100,653 Pa. A BME280 has the same registers (BST-BME280-DS002, 4.2.2, 5.4).
   */
  private static final String BOSCH_CALIBRATION =
      "706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017";

  private static final String BOSCH_MEASURED = "655ac07eed00";

  /** The kernel's bmp280 driver, for the same: in_pressure_input 100.653253906 kPa. */
  private static final double BOSCH_PASCAL = 100_653.253906;

  private static final double BOSCH_CELSIUS = 25.08;

  /**
   * The cells.
   *
   * @param folder of the workbench
   */
  public abstract List<Cell> cells(Path folder);

  private static Cell smbusBmp280() {
    return new Cell(
        "smbus-bmp280",
        "Linux i2c-dev and its SMBus calls, the packaged gateway, driver-i2c",
        "the chip: registers of i2c-stub with Bosch's example",
        List.of("bmp280.smbus"),
        Map.of("city.mycelium.driver.i2c~smbus", i2c(0, 0x76, "bmp280", "bmp280.smbus")),
        new StubChip(0x76, Map.of(0xD0, "58", 0x88, BOSCH_CALIBRATION, 0xF7, BOSCH_MEASURED))
            .lines(),
        List.of(
            List.of(
                new Reads("bmp280.smbus/temperature", BOSCH_CELSIUS, 0.005),
                new Reads("bmp280.smbus/pressure", BOSCH_PASCAL, 1))));
  }

  private static Cell smbusMistakes() {
    return new Cell(
        "smbus-mistakes",
        "Linux i2c-dev and its errors, the packaged gateway, driver-i2c",
        "the chips: registers of i2c-stub",
        List.of("bh1750.smbus", "bmp280.elsewhere", "bmp280.wrong"),
        Map.of(
            "city.mycelium.driver.i2c~plain", i2c(0, 0x23, "bh1750", "bh1750.smbus"),
            "city.mycelium.driver.i2c~elsewhere", i2c(0, 0x77, "bmp280", "bmp280.elsewhere"),
            "city.mycelium.driver.i2c~nobus", i2c(7, 0x76, "bmp280", "bmp280.wrong")),
        List.of(),
        List.of(
            List.of(
                new Says("bh1750.smbus", "plain transfers"),
                new Says("bmp280.elsewhere", "0x77"),
                new Says("bmp280.wrong", "/dev/i2c-7"))));
  }

  private static Cell iioTmp006() {
    // TI SBOS518, table 1: 0x0C80 is 25 °C; the word's bytes are swapped on the wire (SMBus 2.0,
    // 5.5.5: low byte first). 0x5449 and 0x0067 are maker and part, 0x0080 of the configuration
    // says that a conversion has ended.
    return new Cell(
        "iio-tmp006",
        "Linux IIO and its tmp006 driver, sysfs, the packaged gateway, driver-sysfs",
        "the chip: registers of i2c-stub with an example of its datasheet",
        List.of("tmp006.kernel"),
        Map.of("city.mycelium.driver.sysfs~tmp006", sysfs("iio:device0", "tmp006.kernel")),
        with(
            List.of(
                "i2cset -y 0 0x40 0xfe 0x4954 w",
                "i2cset -y 0 0x40 0xff 0x6700 w",
                "i2cset -y 0 0x40 0x02 0x8000 w",
                "i2cset -y 0 0x40 0x01 0x800c w"),
            "echo tmp006 0x40 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(List.of(new Reads("tmp006.kernel/temperature", 25, 0.0005))));
  }

  private static Cell iioBme280() {
    // Calibration of the humidity: invented, plausible; the oracle is the kernel.
    Map<Integer, String> registers =
        Map.of(
            0xD0, "60",
            0x88, BOSCH_CALIBRATION,
            0xA1, "4b",
            0xE1, "6a01001424031e",
            0xF7, BOSCH_MEASURED + "6e80");
    List<String> setUp = new ArrayList<>(new StubChip(0x76, registers).lines());
    setUp.addAll(new StubChip(0x77, registers).lines());
    return new Cell(
        "iio-bme280",
        "Linux IIO and its bmp280 driver, sysfs, i2c-dev, the packaged gateway with driver-sysfs"
            + " and driver-i2c: our compensation against the kernel's",
        "the two chips: registers of i2c-stub with Bosch's example",
        List.of("bme280.kernel", "bme280.own"),
        Map.of(
            "city.mycelium.driver.sysfs~bme280", sysfs("iio:device0", "bme280.kernel"),
            "city.mycelium.driver.i2c~bme280", i2c(0, 0x76, "bme280", "bme280.own")),
        with(setUp, "echo bme280 0x77 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(
            List.of(
                new Reads("bme280.kernel/temperature", BOSCH_CELSIUS, 0.0005),
                new Reads("bme280.kernel/pressure", BOSCH_PASCAL, 0.01),
                new Agree("bme280.own/temperature", "bme280.kernel/temperature", 0.01),
                new Agree("bme280.own/pressure", "bme280.kernel/pressure", 1),
                new Agree("bme280.own/humidity", "bme280.kernel/humidity", 0.02))));
  }

  private static Cell hwmonTmp102() {
    // TI SBOS397: 0x190 is 25 °C (table 5), left-justified in the 13 bits of the extended mode that
    // the kernel chooses; the configuration begins as 0x60A0
    // (table 7); bytes swapped as above.
    return new Cell(
        "hwmon-tmp102",
        "Linux hwmon and its tmp102 driver, sysfs, the packaged gateway, driver-sysfs",
        "the chip: registers of i2c-stub with an example of its datasheet",
        List.of("tmp102.kernel"),
        Map.of("city.mycelium.driver.sysfs~tmp102", sysfs("hwmon0", "tmp102.kernel")),
        with(
            List.of("i2cset -y 0 0x48 0x00 0x800c w", "i2cset -y 0 0x48 0x01 0xa060 w"),
            "echo tmp102 0x48 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(List.of(new Reads("tmp102.kernel/temperature", 25, 0.0005))));
  }

  private static Cell plainI2c() {
    return new Cell(
        "i2c-mcp2221",
        "Linux i2c-dev and its plain transfers (I2C_RDWR), hid-mcp2221, the packaged gateway,"
            + " driver-i2c",
        "the USB bridge MCP2221A behind /dev/uhid, and the chips behind it, with the examples of"
            + " their datasheets",
        List.of("sht3x.bridge", "bh1750.bridge"),
        Map.of(
            "city.mycelium.driver.i2c~sht3x", i2c(1, 0x44, "sht3x", "sht3x.bridge"),
            "city.mycelium.driver.i2c~bh1750", i2c(1, 0x23, "bh1750", "bh1750.bridge")),
        List.of(),
        // SHT3x-DIS, 4.13: -45 + 175 * 0xBEEF / 65535 and 100 * 0xBEEF / 65535.
        List.of(
            List.of(
                new Reads("sht3x.bridge/temperature", 85.5230, 0.001),
                new Reads("sht3x.bridge/humidity", 74.5846, 0.001),
                new Reads("bh1750.bridge/illuminance", 28_066.67, 1))));
  }

  private static Cell usbSerial() {
    String device = "sds011.usb";
    List<Expectation> values = sds011Values(device);
    return new Cell(
        USB_SERIAL,
        "Linux USB and its ftdi_sio driver, an enumerated /dev/ttyUSB0, the packaged gateway,"
            + " driver-serial; pulled out and plugged in again",
        "the USB adapter: QEMU's usb-serial; the sensor behind it: a socket",
        List.of(device),
        Map.of("city.mycelium.driver.serial~usb", sds011("0403:6001", device)),
        List.of(),
        List.of(values, List.of(new Says(device, "plugged in|not there")), values));
  }

  /** Where the sensor of {@link #AARCH64} is plugged in. */
  public static Path tty(Path folder) {
    return folder.resolve("tty");
  }

  private static Cell aarch64Natives() {
    return new Cell(
        NATIVES,
        "the native libraries in the gateway's bundles, loaded by Debian's Java for aarch64",
        "the processor: qemu-user; the kernel is this machine's",
        List.of(),
        Map.of(),
        List.of(),
        List.of(
            List.of(
                new Says("os.arch", "aarch64"),
                new Says("sqlite", "loaded"),
                new Says("jserialcomm", "loaded"),
                new Says("jna", "loaded"),
                new Says("pi4j-linuxfs", "loaded"))));
  }

  private static Cell aarch64Gateway(Path tty) {
    String device = "sds011.aarch64";
    return new Cell(
        "aarch64-gateway",
        "the packaged gateway and the natives in it (SQLite, jSerialComm), Debian's Java for"
            + " aarch64",
        "the processor: qemu-user; the kernel is this machine's; the serial line: a"
            + " pseudo-terminal",
        List.of(device),
        Map.of("city.mycelium.driver.serial~aarch64", sds011(tty.toString(), device)),
        List.of(),
        List.of(sds011Values(device)));
  }

  /** See {@link city.mycelium.emulated.hardware.QuotedSds011}. */
  private static List<Expectation> sds011Values(String device) {
    return List.of(
        new Reads(device + "/PM2.5", 123.6, 1e-9), new Reads(device + "/PM10", 261.8, 1e-9));
  }

  private static JsonObject i2c(int bus, int address, String type, String device) {
    return Json.createObjectBuilder()
        .add("bus", "/dev/i2c-" + bus)
        .add("address", String.format("0x%02x", address))
        .add("type", type)
        .add("deviceId", device)
        .add("intervalSeconds", INTERVAL_SECONDS)
        .build();
  }

  private static JsonObject sysfs(String name, String device) {
    return Json.createObjectBuilder()
        .add("path", "/sys/bus/iio/devices/" + name)
        .add("deviceId", device)
        .add("intervalSeconds", INTERVAL_SECONDS)
        .build();
  }

  private static JsonObject sds011(String port, String device) {
    return Json.createObjectBuilder()
        .add("port", port)
        .add("type", "sds011")
        .add("deviceId", device)
        .add("mode", "query")
        .add("warmUpSeconds", 3)
        .add("intervalSeconds", INTERVAL_SECONDS)
        .build();
  }

  private static List<String> with(List<String> lines, String last) {
    List<String> longer = new ArrayList<>(lines);
    longer.add(last);
    return longer;
  }
}

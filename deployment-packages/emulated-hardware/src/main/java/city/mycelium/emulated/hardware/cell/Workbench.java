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
      return List.of(smbusIna226(), smbusMistakes(), iioTmp006());
    }
  },
  /** A PC of QEMU: what only a whole kernel has. */
  PC {
    @Override
    public List<Cell> cells(Path folder) {
      return List.of(iioBme280(), hwmonTmp102(), plainI2c(), gpioLevel(), usbSerial());
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

  /** The pin of the emulated bridge at which there is a voltage; at the others there is none. */
  public static final int HIGH_PIN = 1;

  /** A bus that no machine has. */
  private static final int NO_BUS = 99;

  /** The kernel's number of the emulated bridge's bus. */
  private static final int BRIDGE = 1;

  /**
   * The cells.
   *
   * @param folder of the workbench
   */
  public abstract List<Cell> cells(Path folder);

  private static Cell smbusIna226() {
    // TI SBOS547, table 1: 20 mV over 2 mOhm and 11.98 V, with steps of 1 mA. Words are sent high
    // byte first, and SMBus takes them for low byte first (SMBus 2.0, 5.5.5): swapped here.
    String device = "ina226.smbus";
    JsonObject configuration =
        Json.createObjectBuilder(i2c(0, 0x40, "ina226", device))
            .add("shuntMilliohms", 2)
            .add("maxAmperes", 32.768)
            .build();
    return new Cell(
        "smbus-ina226",
        "Linux i2c-dev and its SMBus calls, the packaged gateway, driver-i2c",
        "the chip: registers of i2c-stub with the example of its datasheet",
        List.of(device),
        Map.of("city.mycelium.driver.i2c~ina226", configuration),
        List.of(
            "i2cset -y 0 0x40 0xff 0x6022 w",
            "i2cset -y 0 0x40 0x06 0x0800 w",
            "i2cset -y 0 0x40 0x01 0x401f w",
            "i2cset -y 0 0x40 0x02 0x7025 w",
            "i2cset -y 0 0x40 0x03 0xb812 w",
            "i2cset -y 0 0x40 0x04 0x1027 w"),
        List.of(
            List.of(
                new Reads(device + "/voltage", 11.98, 1e-9),
                new Reads(device + "/current", 10, 1e-9),
                new Reads(device + "/power", 119.8, 1e-9))));
  }

  private static Cell smbusMistakes() {
    return new Cell(
        "smbus-mistakes",
        "Linux i2c-dev and its errors, the packaged gateway, driver-i2c: what cannot be is said in"
            + " words, and nothing is made up",
        "the chips: registers of i2c-stub, which hold what is written and measure nothing",
        List.of(
            "bh1750.plain", "bmp280.absent", "bmp280.no-bus", "bmp280.dead", "ina226.of-kernel"),
        Map.of(
            "city.mycelium.driver.i2c~plain", i2c(0, 0x23, "bh1750", "bh1750.plain"),
            "city.mycelium.driver.i2c~absent", i2c(0, 0x77, "bmp280", "bmp280.absent"),
            "city.mycelium.driver.i2c~no-bus", i2c(NO_BUS, 0x76, "bmp280", "bmp280.no-bus"),
            "city.mycelium.driver.i2c~dead", i2c(0, 0x76, "bmp280", "bmp280.dead"),
            "city.mycelium.driver.i2c~of-kernel",
                Json.createObjectBuilder(i2c(0, 0x41, "ina226", "ina226.of-kernel"))
                    .add("shuntMilliohms", 2)
                    .add("maxAmperes", 10)
                    .build()),
        new StubChip(0x76, BoschExample.BMP280).lines(),
        List.of(
            List.of(
                new Says("bh1750.plain", "SMBus controller and cannot do a plain read"),
                new Says("bmp280.absent", "nothing answers at 0x77"),
                new Says("bmp280.no-bus", "the bus /dev/i2c-99 is not there"),
                new Says("bmp280.dead", "has not done its measurement"),
                new Says("ina226.of-kernel", "the kernel's driver tmp006 has the chip at 0x41"))));
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
        // What this driver calls itself is its place: bus and address.
        Map.of("city.mycelium.driver.sysfs~tmp006", sysfs("iio", "0-0041", "tmp006.kernel")),
        with(
            List.of(
                "i2cset -y 0 0x41 0xfe 0x4954 w",
                "i2cset -y 0 0x41 0xff 0x6700 w",
                "i2cset -y 0 0x41 0x02 0x8000 w",
                "i2cset -y 0 0x41 0x01 0x800c w"),
            "echo tmp006 0x41 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(List.of(new Reads("tmp006.kernel/temp", 25, 0.0005))));
  }

  private static Cell iioBme280() {
    return new Cell(
        "iio-bme280",
        "Linux IIO and its bmp280 driver, sysfs, i2c-dev, the packaged gateway with driver-sysfs"
            + " and driver-i2c: our compensation against the kernel's",
        "two chips with the same registers and Bosch's example in them: the kernel's in i2c-stub,"
            + " ours behind the emulated bridge",
        List.of("bme280.kernel", "bme280.own"),
        Map.of(
            "city.mycelium.driver.sysfs~bme280", sysfs("iio", "bme280", "bme280.kernel"),
            "city.mycelium.driver.i2c~bme280", i2c(BRIDGE, 0x76, "bme280", "bme280.own")),
        with(
            new StubChip(0x77, BoschExample.BME280).lines(),
            "echo bme280 0x77 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(
            List.of(
                new Reads("bme280.kernel/temp", BoschExample.CELSIUS, 1e-9),
                new Reads("bme280.kernel/pressure", BoschExample.HECTOPASCAL, 1e-6),
                new Agree("bme280.own/temperature", "bme280.kernel/temp", 0.01),
                new Agree("bme280.own/pressure", "bme280.kernel/pressure", 0.01),
                new Agree("bme280.own/humidity", "bme280.kernel/humidityrelative", 0.02))));
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
        Map.of("city.mycelium.driver.sysfs~tmp102", sysfs("hwmon", "tmp102", "tmp102.kernel")),
        with(
            List.of("i2cset -y 0 0x48 0x00 0x800c w", "i2cset -y 0 0x48 0x01 0xa060 w"),
            "echo tmp102 0x48 > /sys/bus/i2c/devices/i2c-0/new_device"),
        List.of(List.of(new Reads("tmp102.kernel/temp1", 25, 0.0005))));
  }

  private static Cell plainI2c() {
    return new Cell(
        "i2c-mcp2221",
        "Linux i2c-dev and its plain transfers (I2C_RDWR), hid-mcp2221, the packaged gateway,"
            + " driver-i2c",
        "the USB bridge MCP2221A behind /dev/uhid, and the chips behind it, with the examples of"
            + " their datasheets",
        List.of("sht3x.bridge", "bh1750.bridge", "sht3x.absent"),
        Map.of(
            "city.mycelium.driver.i2c~sht3x", i2c(BRIDGE, 0x44, "sht3x", "sht3x.bridge"),
            "city.mycelium.driver.i2c~bh1750",
                Json.createObjectBuilder(i2c(BRIDGE, 0x23, "bh1750", "bh1750.bridge"))
                    .add("measurementTime", 69)
                    .build(),
            "city.mycelium.driver.i2c~absent", i2c(BRIDGE, 0x45, "sht3x", "sht3x.absent")),
        List.of(),
        // SHT3x-DIS, 4.13: -45 + 175 * 0xBEEF / 65535 and 100 * 0xBEEF / 65535.
        List.of(
            List.of(
                new Reads("sht3x.bridge/temperature", 85.5230, 0.001),
                new Reads("sht3x.bridge/humidity", 74.5846, 0.001),
                new Reads("bh1750.bridge/illuminance", 28_066.67, 0.01),
                new Says("sht3x.absent", "nothing answers at 0x45"))));
  }

  private static Cell gpioLevel() {
    return new Cell(
        "gpio-level",
        "Linux' GPIO character device with hid-mcp2221, the packaged gateway, driver-sysfs",
        "the USB bridge MCP2221A behind /dev/uhid, and what its pins are wired to",
        List.of("door.bridge"),
        Map.of("city.mycelium.driver.sysfs~door", level(HIGH_PIN, "door.bridge")),
        List.of(),
        List.of(List.of(new Reads("door.bridge/closed", 1, 0))));
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
        "the packaged gateway and the natives in it (SQLite, jSerialComm, Pi4J), Debian's Java for"
            + " aarch64",
        "the processor: qemu-user; the kernel is this machine's; the serial line: a"
            + " pseudo-terminal",
        List.of(device, "bmp280.aarch64"),
        Map.of(
            "city.mycelium.driver.serial~aarch64",
            sds011(tty.toString(), device),
            "city.mycelium.driver.i2c~aarch64",
            i2c(NO_BUS, 0x76, "bmp280", "bmp280.aarch64")),
        List.of(),
        List.of(with(sds011Values(device), new Says("I2C buses", "Pi4J linuxfs"))));
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

  private static JsonObject sysfs(String type, String name, String device) {
    return Json.createObjectBuilder()
        .add("type", type)
        .add("name", name)
        .add("deviceId", device)
        .add("intervalSeconds", INTERVAL_SECONDS)
        .build();
  }

  /**
   * The bridge has no resistors of its own, and without interrupts nothing that debounces. Its
   * driver in the kernel notes what is asked for before it takes its lock, and so mixes up what is
   * asked at one moment: one contact only, and not at the interval of the chips.
   */
  private static JsonObject level(int pin, String device) {
    return Json.createObjectBuilder()
        .add("type", "level")
        .add("chip", "mcp2221_gpio")
        .add("line", Integer.toString(pin))
        .add("active", "high")
        .add("bias", "as-is")
        .add("debounceMillis", 0)
        .add("means", "closed")
        .add("deviceId", device)
        .add("intervalSeconds", INTERVAL_SECONDS - 2)
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

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}

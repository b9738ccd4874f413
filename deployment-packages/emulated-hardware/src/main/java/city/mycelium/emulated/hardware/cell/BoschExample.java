package city.mycelium.emulated.hardware.cell;

import java.util.Map;

/**
 * Registers of a BMP280 and a BME280 with the calibration and the raw values of Bosch's worked
 * example (BST-BMP280-DS001, 3.12). The BME280 has the same (BST-BME280-DS002, 4.2.2, 5.4) and
 * humidity beside it, whose calibration is invented.
 */
public final class BoschExample {

  private static final int ID = 0xD0;
  private static final int CALIBRATION = 0x88;
  private static final int MEASURED = 0xF7;
  private static final String CALIBRATED = "706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017";
  private static final String PRESSURE_AND_TEMPERATURE = "655ac07eed00";

  static final Map<Integer, String> BMP280 =
      Map.of(ID, "58", CALIBRATION, CALIBRATED, MEASURED, PRESSURE_AND_TEMPERATURE);

  /** First register and the bytes from there on, as hexadecimal digits. */
  public static final Map<Integer, String> BME280 =
      Map.of(
          ID,
          "60",
          CALIBRATION,
          CALIBRATED,
          0xA1,
          "4b",
          0xE1,
          "6a01001424031e",
          MEASURED,
          PRESSURE_AND_TEMPERATURE + "6e80");

  /** Of the example, and of the kernel's bmp280 driver: in_temp_input 25080. */
  static final double CELSIUS = 25.08;

  /** Of the kernel's bmp280 driver: in_pressure_input 100.653253906 kPa. */
  static final double HECTOPASCAL = 1_006.53253906;

  private BoschExample() {}
}

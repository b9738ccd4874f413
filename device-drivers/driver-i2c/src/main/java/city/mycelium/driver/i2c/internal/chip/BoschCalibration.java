package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;

/**
 * What the factory has measured of one BME280 or BMP280, and the results that follow from it, in
 * double precision (data sheets BST-BME280-DS002, 4.2 and Appendix A; BST-BMP280-DS001, 3.11 and
 * 8.1). Immutable.
 */
final class BoschCalibration {

  private static final int BEGIN = 0x88;
  private static final int COMMON_BYTES = 24;
  private static final int H1 = 0xA1;
  private static final int H2 = 0xE1;
  private static final int HUMIDITY_BYTES = 7;

  private final double[] t = new double[4];
  private final double[] p = new double[10];
  private final double[] h = new double[7];

  /** Reads it; {@code humidity} of a BME280 only. */
  BoschCalibration(I2c bus, boolean humidity) throws DeviceException {
    int[] b = bus.readRegisters(BEGIN, COMMON_BYTES);
    for (int i = 1; i <= 3; i++) {
      t[i] = i == 1 ? Words.little(b, 0) : Words.littleSigned(b, 2 * i - 2);
    }
    for (int i = 1; i <= 9; i++) {
      p[i] = i == 1 ? Words.little(b, 6) : Words.littleSigned(b, 2 * i + 4);
    }
    if (humidity) {
      h[1] = bus.readRegisters(H1, 1)[0];
      int[] c = bus.readRegisters(H2, HUMIDITY_BYTES);
      h[2] = Words.littleSigned(c, 0);
      h[3] = c[2];
      // Twelve bits each: the byte between them holds the low four of both.
      h[4] = (byte) c[3] * 16 + (c[4] & 0x0F);
      h[5] = (byte) c[5] * 16 + (c[4] >> 4);
      h[6] = (byte) c[6];
    }
    if (t[1] == 0 || p[1] == 0 || t[1] == 0xFFFF || (humidity && h[2] == 0)) {
      throw DeviceException.corrupt(
          "its calibration is empty: the chip is damaged, a copy, or its bus is stuck");
    }
  }

  /** The temperature as the other two quantities want it: 1/5120 °C. */
  double fine(int raw) {
    double coarse = raw / 16_384.0 - t[1] / 1_024.0;
    double small = raw / 131_072.0 - t[1] / 8_192.0;
    return coarse * t[2] + small * small * t[3];
  }

  double celsius(double fine) {
    return fine / 5_120.0;
  }

  double hectopascal(int raw, double fine) {
    double x = fine / 2.0 - 64_000.0;
    double offset = (x * x * p[6] / 32_768.0 + x * p[5] * 2.0) / 4.0 + p[4] * 65_536.0;
    double slope = (p[3] * x * x / 524_288.0 + p[2] * x) / 524_288.0;
    double gain = (1.0 + slope / 32_768.0) * p[1];
    double pascal = (1_048_576.0 - raw - offset / 4_096.0) * 6_250.0 / gain;
    double square = p[9] * pascal * pascal / 2_147_483_648.0;
    return (pascal + (square + pascal * p[8] / 32_768.0 + p[7]) / 16.0) / 100.0;
  }

  /** Cut to 0 to 100, as the maker's formula does. */
  double percent(int raw, double fine) {
    double x = fine - 76_800.0;
    double bend = 1.0 + h[6] / 67_108_864.0 * x * (1.0 + h[3] / 67_108_864.0 * x);
    double y = (raw - (h[4] * 64.0 + h[5] / 16_384.0 * x)) * (h[2] / 65_536.0 * bend);
    return Math.max(0.0, Math.min(100.0, y * (1.0 - h[1] * y / 524_288.0)));
  }
}

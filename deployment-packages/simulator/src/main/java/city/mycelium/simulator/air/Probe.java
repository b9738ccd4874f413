package city.mycelium.simulator.air;

import java.util.Locale;
import java.util.Random;

/**
 * One sensor's view of one quantity: slightly off from the day it was made, drifting, and noisy.
 * For one thread at a time; the same seed and the same calls give the same readings.
 */
public final class Probe {

  private static final double MILLIS_PER_DAY = 86_400_000.0;

  private final TownAir air;
  private final Quantity quantity;
  private final Random random;
  private final double gain;
  private final double driftPerDay;
  private final double noise;
  private final long installedAt;

  /**
   * A new sensor.
   *
   * @param installedAt when the sensor had not yet drifted, epoch milliseconds
   * @param seed makes this sensor different from its neighbours
   */
  public Probe(TownAir air, Quantity quantity, long installedAt, long seed) {
    this.air = air;
    this.quantity = quantity;
    this.installedAt = installedAt;
    // Random's first numbers of neighbouring seeds resemble each other: spread the seeds first.
    this.random = new Random((seed + quantity.name().hashCode()) * 0x9E3779B97F4A7C15L);
    this.noise = noiseOf(quantity);
    this.gain = gainOf(quantity, random);
    this.driftPerDay = noise * 0.2 * random.nextGaussian();
  }

  /** What the sensor says now, with as many decimals as its firmware sends. */
  public String read(long epochMillis, int decimals) {
    return read(epochMillis, decimals, 1);
  }

  /** The same in another unit of the sender's choice, such as 100 for pascal. */
  public String read(long epochMillis, int decimals, double factor) {
    double days = (epochMillis - installedAt) / MILLIS_PER_DAY;
    double seen =
        air.at(quantity, epochMillis) * gain + driftPerDay * days + noise * random.nextGaussian();
    return String.format(Locale.ROOT, "%." + decimals + "f", factor * withinRange(seen));
  }

  private double withinRange(double seen) {
    return switch (quantity) {
      case TEMPERATURE, PRESSURE -> seen;
      case HUMIDITY -> Math.max(1, Math.min(100, seen));
      case PM10, PM2_5, NO2 -> Math.max(0.1, seen);
    };
  }

  private static double noiseOf(Quantity quantity) {
    return switch (quantity) {
      case TEMPERATURE -> 0.12;
      case HUMIDITY -> 0.6;
      case PRESSURE -> 0.15;
      case PM10 -> 0.9;
      case PM2_5 -> 0.6;
      case NO2 -> 2;
    };
  }

  /** Dust and gas sensors of one type differ by a tenth or so; thermometers hardly. */
  private static double gainOf(Quantity quantity, Random random) {
    double spread =
        switch (quantity) {
          case TEMPERATURE, HUMIDITY -> 0.01;
          case PRESSURE -> 0.0005;
          case PM10, PM2_5, NO2 -> 0.1;
        };
    return 1 + spread * Math.max(-2, Math.min(2, random.nextGaussian()));
  }
}

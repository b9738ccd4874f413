package city.mycelium.simulator.lorawan;

import city.mycelium.simulator.kit.PostedValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A bin's filling degree sensor that speaks like Teneo IoT's: battery in tenths of a volt above 2
 * V, the distance to the waste in cm, a status, temperature in hundredths of °C and humidity in
 * hundredths of a percent (shared data {@code device-payloads.jsonl}, from the device repository of
 * The Things Network).
 */
final class WasteBin implements Sensor {

  private static final int PORT = 1;
  private static final byte BATTERY = 13; // 3.3 V
  private static final int EMPTY_CM = 140;
  private static final int FULL_CM = 15;
  private static final int MOST_AT_ONCE_CM = 9;

  private final String device;
  private final Duration period;
  private final Random random;
  private int distanceCm = EMPTY_CM;

  /**
   * A bin, empty.
   *
   * @param device as the gateway names it
   */
  WasteBin(String device, Duration period, Random random) {
    this.device = device;
    this.period = period;
    this.random = random;
  }

  @Override
  public Duration period() {
    return period;
  }

  @Override
  public Report report() {
    distanceCm -= 1 + random.nextInt(MOST_AT_ONCE_CM);
    if (distanceCm < FULL_CM) {
      distanceCm = EMPTY_CM; // somebody has emptied it
    }
    byte[] payload =
        ByteBuffer.allocate(8)
            .put(BATTERY)
            .putShort((short) distanceCm)
            .put((byte) 0)
            .putShort((short) (1_100 + random.nextInt(50)))
            .putShort((short) (7_500 + random.nextInt(300)))
            .array();
    return new Report(
        PORT, payload, true, List.of(new PostedValue(device + "/distance", distanceCm, null)));
  }
}

package city.mycelium.simulator.lorawan;

import city.mycelium.simulator.kit.PostedValue;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A parking sensor that speaks like Bosch's TPS110: under port 1 one byte, 01 for occupied and 00
 * for free; under port 2 a heartbeat with the temperature in °C besides (shared data {@code
 * device-payloads.jsonl}, from the device repository of The Things Network).
 */
final class ParkingBay implements Sensor {

  private static final int STATUS_PORT = 1;
  private static final int HEARTBEAT_PORT = 2;
  private static final int WARM = 11;

  private final String device;
  private final Duration period;
  private final boolean confirmsAll;
  private final Random random;
  private boolean occupied;

  /**
   * A bay, free.
   *
   * @param device as the gateway names it
   * @param confirmsAll whether it wants heartbeats confirmed, too
   */
  ParkingBay(String device, Duration period, boolean confirmsAll, Random random) {
    this.device = device;
    this.period = period;
    this.confirmsAll = confirmsAll;
    this.random = random;
  }

  @Override
  public Duration period() {
    return period;
  }

  @Override
  public Report report() {
    PostedValue bay;
    if (random.nextInt(3) > 0) {
      occupied = !occupied;
      bay = bay();
      return new Report(STATUS_PORT, new byte[] {state()}, true, List.of(bay));
    }
    bay = bay();
    int degrees = WARM + random.nextInt(3);
    return new Report(
        HEARTBEAT_PORT,
        new byte[] {state(), (byte) degrees},
        confirmsAll,
        List.of(bay, new PostedValue(device + "/temperature", degrees, null)));
  }

  private byte state() {
    return (byte) (occupied ? 1 : 0);
  }

  private PostedValue bay() {
    return new PostedValue(device + "/bay", state(), null);
  }
}

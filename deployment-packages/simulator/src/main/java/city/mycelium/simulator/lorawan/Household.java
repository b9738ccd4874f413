package city.mycelium.simulator.lorawan;

import java.util.List;

/**
 * A LoRaWAN device of the neighbourhood.
 *
 * @param kind what sort of device it is
 * @param snrDb at which each concentrator hears it, dB
 * @param batteryChangedEvery after so many reports it starts anew; 0 for never
 */
public record Household(
    Identity identity, String kind, Sensor sensor, List<Double> snrDb, int batteryChangedEvery) {

  public Household {
    snrDb = List.copyOf(snrDb);
  }
}

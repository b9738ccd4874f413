package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.Random;

/**
 * What is printed on a device, and what its owner tells the gateway.
 *
 * @param profile the gateway's word for this sort of device
 * @param countsJoins whether its DevNonces count up, as since LoRaWAN 1.0.4; before they are random
 */
public record Identity(
    Eui devEui, Eui joinEui, AesKey appKey, String profile, boolean countsJoins) {

  private static final Eui JOIN_EUI = Eui.parse("0000000000000001");
  private static final int KEY_BYTES = 16;

  /** One with a key out of a hat. */
  static Identity of(Eui devEui, String profile, boolean countsJoins, Random random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new Identity(devEui, JOIN_EUI, AesKey.of(key), profile, countsJoins);
  }

  /** As the gateway will name it. */
  public String device() {
    return "lorawan." + devEui;
  }
}

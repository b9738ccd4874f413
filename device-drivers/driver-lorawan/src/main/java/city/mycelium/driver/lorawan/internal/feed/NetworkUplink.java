package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a network has received from a device, checked and decrypted by it.
 *
 * @param devEui which device
 * @param deviceName as the network calls it; empty if it does not
 * @param sourceKey the same for every copy of this uplink, and for no other
 * @param receivedAtMillis when the network received it, UTC epoch milliseconds; also of messages
 *     that come late
 * @param fPort 1 to 255; 0 if there is no application payload
 * @param bytes the payload; not copied, must not change
 * @param decoded what the network's own codec made of it; null if it has none
 * @param fCnt the uplink's counter, 32 bits
 * @param rssiDbm of the gateway that heard it best, dBm; NaN if the network does not say
 * @param snrDb of that gateway, dB; NaN if the network does not say
 * @param gateways how many heard it; 0 if the network does not say
 * @param batteryPercent 0 to 100; NaN if the network does not say
 * @param marginDb how far the network's last status request stood out of the noise at the device,
 *     dB (LoRaWAN 1.0.3, 5.5); NaN if the network does not say
 * @param isStatusOnly whether this tells of battery and margin only: the frame that they came in is
 *     told of by a message of its own, if it carried anything else
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the message to the listener
public record NetworkUplink(
    Eui devEui,
    String deviceName,
    String sourceKey,
    long receivedAtMillis,
    int fPort,
    byte[] bytes,
    @Nullable JsonObject decoded,
    long fCnt,
    double rssiDbm,
    double snrDb,
    int gateways,
    double batteryPercent,
    double marginDb,
    boolean isStatusOnly) {

  public NetworkUplink {
    if (sourceKey.isEmpty()) {
      throw new IllegalArgumentException("an uplink needs a source key");
    }
    if (fPort < 0 || fPort > 255) {
      throw new IllegalArgumentException("an FPort is 0 to 255, not " + fPort);
    }
  }
}

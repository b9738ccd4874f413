package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.lorawan.internal.radio.Eui;

/**
 * A device that somebody has entrusted to this gateway.
 *
 * @param devEui its own name
 * @param joinEui whom it asks to join; in 1.0.x also called AppEUI
 * @param activation its keys
 * @param version which counters it keeps
 * @param profile name of the profile that knows its payload
 * @param adr whether the network may choose its data rate and power
 * @param resetsCounters whether it starts from 0 after a power cut without joining anew (ABP): then
 *     a counter that goes back is believed, which lets old frames be replayed
 */
public record RegisteredDevice(
    Eui devEui,
    Eui joinEui,
    Activation activation,
    Version version,
    String profile,
    boolean adr,
    boolean resetsCounters) {

  /** The revisions of LoRaWAN whose counters differ. */
  public enum Version {
    /** 1.0 to 1.0.3: a DevNonce is random, a gap in the frame counter is less than 16384. */
    V1_0_3,
    /** 1.0.4: a DevNonce counts up, a gap in the frame counter may be of any size. */
    V1_0_4
  }

  /** What it is called on the gateway: {@code lorawan.<DevEUI>}. */
  public DeviceId id() {
    return new DeviceId("lorawan." + devEui);
  }
}

package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.JsonObject;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a device said, over our own radio or another network's.
 *
 * @param devEui who said it
 * @param profile name of the profile that knows its payload
 * @param sourceKey what makes a repeat recognisable, 1 to 128 characters
 * @param fPort application port; 0 if there was none
 * @param bytes the payload in plain; empty if there was none; not copied
 * @param decoded what the network made of it; null if it did not, or none was asked
 * @param receivedAt when the network heard it, UTC epoch milliseconds; empty if we did ourselves,
 *     just now
 * @param rssiDbm received power where it was heard best, dBm
 * @param snrDb signal to noise there, dB
 * @param framesLost how many frames before this one never arrived
 * @param battery percent, if this frame said so
 * @param downlinkSnrDb signal to noise of our last status request at the device, dB, if this frame
 *     said so
 * @param isFrame whether it is a frame of its own; otherwise a network tells more of one that it
 *     has brought, or that carried nothing else
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the network to the codec
public record Said(
    Eui devEui,
    String profile,
    String sourceKey,
    int fPort,
    byte[] bytes,
    @Nullable JsonObject decoded,
    OptionalLong receivedAt,
    OptionalDouble rssiDbm,
    OptionalDouble snrDb,
    OptionalLong framesLost,
    OptionalDouble battery,
    OptionalDouble downlinkSnrDb,
    boolean isFrame) {

  /** What it is called on the gateway: {@code lorawan.<DevEUI>}. */
  DeviceId id() {
    return new DeviceId("lorawan." + devEui);
  }
}

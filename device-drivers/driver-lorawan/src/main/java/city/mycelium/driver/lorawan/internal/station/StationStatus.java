package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.time.Duration;

/**
 * How one station is; for people.
 *
 * @param eui which one
 * @param isConnected whether it is now
 * @param version what it says of itself: program, firmware, model
 * @param silentFor since its last message
 * @param uplinks frames that it reported and that could be used
 * @param downlinksTaken frames that it confirmed to have sent
 * @param downlinksFailed frames that it did not
 */
public record StationStatus(
    Eui eui,
    boolean isConnected,
    String version,
    Duration silentFor,
    long uplinks,
    long downlinksTaken,
    long downlinksFailed) {}

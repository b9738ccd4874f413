package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one concentrator is; for people.
 *
 * @param eui which one
 * @param protocolVersion that it speaks
 * @param silentFor since its last datagram
 * @param canAnswer whether it has said where downlinks go to
 * @param uplinks frames that it reported and that could be used
 * @param downlinksTaken frames that it said it would send
 * @param downlinksFailed frames that it refused, or did not answer for
 * @param stat what it last said of itself; null if nothing yet
 */
public record ForwarderStatus(
    Eui eui,
    int protocolVersion,
    Duration silentFor,
    boolean canAnswer,
    long uplinks,
    long downlinksTaken,
    long downlinksFailed,
    @Nullable ForwarderStat stat) {}

package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.util.List;

/**
 * An uplink that is proven, and whose counter is stored.
 *
 * @param by whose it is
 * @param match its counter
 * @param commands what the device says to the network
 * @param heard by whom, the best first
 */
record Accepted(
    Roster.Candidate by,
    DataFrame frame,
    CounterMatch match,
    List<MacCommand> commands,
    List<Heard> heard) {

  Reception best() {
    return heard.get(0).reception();
  }
}

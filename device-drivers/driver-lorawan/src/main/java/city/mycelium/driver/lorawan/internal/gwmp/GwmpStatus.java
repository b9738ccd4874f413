package city.mycelium.driver.lorawan.internal.gwmp;

import java.util.List;
import java.util.Map;

/**
 * How the listening to packet forwarders is; for people.
 *
 * @param datagrams that came, good or bad
 * @param refused datagrams and frames, by reason
 * @param forwarders those that were heard, by EUI
 */
public record GwmpStatus(
    long datagrams, Map<Refusal, Long> refused, List<ForwarderStatus> forwarders) {

  public GwmpStatus {
    refused = Map.copyOf(refused);
    forwarders = List.copyOf(forwarders);
  }
}

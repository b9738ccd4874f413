package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.feed.FeedStatus;
import city.mycelium.driver.lorawan.internal.gwmp.ForwarderStatus;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpStatus;
import city.mycelium.driver.lorawan.internal.station.StationStatus;
import city.mycelium.driver.lorawan.internal.station.StationsStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How front ends are, as rows of {@code lorawan status}. */
final class FrontStatus {

  private FrontStatus() {}

  static Map<String, Object> of(GwmpStatus status) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("messages", status.datagrams());
    row.put("refused", refused(status.refused()));
    row.put("concentrators", words(status.forwarders().stream().map(FrontStatus::word).toList()));
    return row;
  }

  static Map<String, Object> of(StationsStatus status) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("messages", status.messages());
    row.put("refused", refused(status.refused()));
    row.put("concentrators", words(status.stations().stream().map(FrontStatus::word).toList()));
    return row;
  }

  static Map<String, Object> of(FeedStatus status) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("messages", status.messages());
    row.put("refused", refused(status.refused()));
    row.put("uplinks", status.uplinks());
    row.put("waiting", (long) status.waiting());
    row.put("state", status.isConnected() ? "connected" : "not connected: " + status.trouble());
    return row;
  }

  private static String word(ForwarderStatus forwarder) {
    return forwarder.eui()
        + " ("
        + forwarder.uplinks()
        + " uplinks, "
        + forwarder.downlinksTaken()
        + " downlinks"
        + (forwarder.downlinksFailed() > 0 ? ", " + forwarder.downlinksFailed() + " failed" : "")
        + (forwarder.canAnswer() ? "" : ", cannot answer: no PULL_DATA")
        + ", silent for "
        + forwarder.silentFor().toSeconds()
        + " s)";
  }

  private static String word(StationStatus station) {
    return station.eui()
        + " ("
        + (station.isConnected() ? "connected" : "not connected")
        + ", "
        + station.uplinks()
        + " uplinks, "
        + station.downlinksTaken()
        + " downlinks"
        + (station.downlinksFailed() > 0 ? ", " + station.downlinksFailed() + " failed" : "")
        + ")";
  }

  private static String words(List<String> concentrators) {
    return concentrators.isEmpty() ? "none was heard yet" : String.join("; ", concentrators);
  }

  private static <R extends Enum<R>> Map<String, Object> refused(Map<R, Long> counts) {
    Map<String, Object> refused = new TreeMap<>();
    counts.forEach((reason, count) -> refused.put(reason.name(), count));
    return refused;
  }
}

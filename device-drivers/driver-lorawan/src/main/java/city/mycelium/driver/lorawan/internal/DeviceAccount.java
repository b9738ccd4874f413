package city.mycelium.driver.lorawan.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What the gateway remembers of one device since it started, for people. Safe for use by many
 * threads.
 */
final class DeviceAccount {

  private static final int MOST_UNMAPPED = 20;
  private static final int LONGEST = 200;

  private final TreeSet<String> unmapped = new TreeSet<>();
  private OptionalLong lastHeard = OptionalLong.empty();
  private OptionalDouble battery = OptionalDouble.empty();
  private OptionalDouble rssi = OptionalDouble.empty();
  private OptionalDouble snr = OptionalDouble.empty();
  private long framesLost;
  private long uplinks;
  private long undecoded;
  private long refusals;
  private long notKept;
  private String lastProblem = "";

  synchronized void heard(Said said, long epochMillis) {
    uplinks += said.isFrame() ? 1 : 0;
    lastHeard = OptionalLong.of(said.receivedAt().orElse(epochMillis));
    battery = said.battery().isPresent() ? said.battery() : battery;
    rssi = said.rssiDbm().isPresent() ? said.rssiDbm() : rssi;
    snr = said.snrDb().isPresent() ? said.snrDb() : snr;
  }

  synchronized void lost(long frames) {
    framesLost += frames;
  }

  synchronized void undecoded(String why) {
    undecoded++;
    problem(why);
  }

  synchronized void refused(String why) {
    refusals++;
    problem(why);
  }

  synchronized void notKept(String why) {
    notKept++;
    problem(why);
  }

  synchronized void unmapped(Iterable<String> names) {
    for (String name : names) {
      if (unmapped.size() < MOST_UNMAPPED) {
        unmapped.add(name);
      }
    }
  }

  private void problem(String why) {
    lastProblem = why.length() > LONGEST ? why.substring(0, LONGEST) + "…" : why;
  }

  /** As columns of {@code device list}. */
  synchronized Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("uplinks", uplinks);
    lastHeard.ifPresent(at -> columns.put("lastHeard", Instant.ofEpochMilli(at).toString()));
    battery.ifPresent(percent -> columns.put("battery", percent));
    rssi.ifPresent(dbm -> columns.put("rssi", dbm));
    snr.ifPresent(db -> columns.put("snr", db));
    columns.put("framesLost", framesLost);
    count(columns, "undecoded", undecoded);
    count(columns, "refusals", refusals);
    count(columns, "notKept", notKept);
    if (!unmapped.isEmpty()) {
      columns.put("unmapped", String.join(" ", unmapped));
    }
    if (!lastProblem.isEmpty()) {
      columns.put("lastProblem", lastProblem);
    }
    return columns;
  }

  private static void count(Map<String, Object> columns, String name, long count) {
    if (count > 0) {
      columns.put(name, count);
    }
  }
}

package city.mycelium.simulator.demo;

import city.mycelium.simulator.Resident;
import city.mycelium.simulator.demo.Snapshot.DeviceLine;
import city.mycelium.simulator.demo.Snapshot.Figures;
import city.mycelium.simulator.town.Consents;
import city.mycelium.simulator.town.GatewayControl;
import city.mycelium.simulator.town.ReceiverHttp;
import city.mycelium.simulator.town.Town;
import city.mycelium.simulator.town.TownConfiguration;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at gateway and receiver while they run. Whoever does not answer now is shown as last seen.
 * For one thread.
 */
final class Observer {

  private final Town town;
  private final GatewayControl gateway;
  private final ReceiverHttp receiver;
  private final List<Resident> residents;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private long stored;

  /** Last values of one device at the receiver, and when the youngest of them was measured. */
  private record Seen(String values, Instant at) {}

  Observer(Town town) {
    this.town = town;
    gateway = town.control();
    receiver = town.receiver();
    residents = List.copyOf(town.residents());
  }

  Snapshot look(Duration elapsed, Duration planned, String happening, Instant now)
      throws InterruptedException {
    Figures figures = figures();
    lookAtReceiver();
    List<DeviceLine> lines = new ArrayList<>();
    for (Resident resident : residents) {
      lines.add(line(resident.device(), now));
    }
    return new Snapshot(elapsed, planned, lines, figures, stored, further(), happening);
  }

  private DeviceLine line(String device, Instant now) {
    Seen last = seen.get(device);
    if (last != null) {
      return new DeviceLine(device, last.values(), Duration.between(last.at(), now));
    }
    Long waiting = held.get(device);
    return waiting == null
        ? new DeviceLine(device, Consents.of(device).instead(), null)
        : new DeviceLine(device, "not adopted: " + waiting + " readings held", null);
  }

  private @Nullable Figures figures() {
    try {
      for (JsonValue each : gateway.ask("device list").getJsonArray("devices")) {
        JsonObject device = each.asJsonObject();
        if (device.containsKey("held")) {
          held.put(device.getString("device"), number(device, "held"));
        }
      }
      JsonObject ledger = gateway.ask("ledger");
      JsonObject row =
          ledger.getJsonObject("destinations").getJsonObject(TownConfiguration.DESTINATION);
      long heldInAll = held.values().stream().mapToLong(Long::longValue).sum();
      if (row == null) { // nothing has gone out yet: all of it is backlog
        long accepted = number(ledger, "accepted");
        return new Figures(accepted, 0, 0, 0, accepted, heldInAll);
      }
      return new Figures(
          number(row, "accepted"),
          number(row, "delivered"),
          number(row, "withheld"),
          number(row, "dropped"),
          number(row, "pending"),
          heldInAll);
    } catch (IOException e) {
      return null; // being killed and restarted is part of the show
    }
  }

  private String further() {
    try {
      return town.platforms().toWords();
    } catch (IOException e) {
      return ""; // as above
    }
  }

  private void lookAtReceiver() throws InterruptedException {
    try {
      long now = 0;
      for (JsonValue one : receiver.get("/v1/gateways").getJsonArray("gateways")) {
        for (JsonValue epoch : one.asJsonObject().getJsonArray("epochs")) {
          now += number(epoch.asJsonObject(), "stored");
        }
      }
      stored = now;
      note(receiver.get("/v1/datastreams/latest"));
    } catch (IOException e) {
      // it is shown as last seen
    }
  }

  private void note(JsonObject latest) {
    Map<String, LastValues> values = new HashMap<>();
    Map<String, Instant> youngest = new HashMap<>();
    for (JsonValue each : latest.getJsonArray("latest")) {
      JsonObject one = each.asJsonObject();
      String device = one.getString("datastream").split("/", 2)[0];
      if (values.computeIfAbsent(device, name -> new LastValues()).take(one)) {
        Instant end = end(one.getJsonObject("observation"));
        youngest.merge(device, end, (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    youngest.forEach((device, at) -> seen.put(device, new Seen("" + values.get(device), at)));
  }

  /** The end of an interval, or the instant (ISO 8601). */
  private static Instant end(JsonObject observation) {
    String time = observation.getString("phenomenonTime");
    return Instant.parse(time.substring(time.indexOf('/') + 1));
  }

  private static long number(JsonObject object, String name) {
    return object.getJsonNumber(name).longValueExact();
  }
}

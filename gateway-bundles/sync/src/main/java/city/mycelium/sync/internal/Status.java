package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How one Destination stands, in words and numbers for a person. Used on its Scheduler. */
final class Status {

  private final DestinationSync of;

  Status(DestinationSync of) {
    this.of = of;
  }

  Map<String, Object> asMap() {
    Map<String, Object> status = new LinkedHashMap<>();
    List<OffsetRange> ahead = of.progress().ahead();
    long position = of.progress().position();
    status.put("state", of.isPaused() ? "paused" : "running");
    status.put("connected", of.isConnected());
    status.put("position", position);
    status.put("pending", of.journal().lastOffset() - position);
    status.put("inFlight", (long) of.flights().all().size());
    status.put("order", of.destination().policy().order().toString());
    status.put("ahead", Ranges.size(ahead));
    status.put("aheadRanges", (long) ahead.size());
    status.put("urgentWaiting", (long) of.urgent().waiting());
    status.put("budget", budget());
    status.put("quarantine", (long) of.quarantine().all().size());
    status.put("replay", of.replay().describe());
    status.put(
        "lastError",
        of.lastError().isEmpty()
            ? ""
            : Instant.ofEpochMilli(of.lastErrorAt()) + " " + of.lastError());
    return status;
  }

  private String budget() {
    Budget budget = of.budget();
    Limits limits = of.destination().policy().limits();
    StringBuilder text = new StringBuilder();
    Long perHour = budget.usedPerHour();
    if (perHour != null) {
      text.append("hour ").append(perHour).append('/').append(limits.bytesPerHour()).append(" B");
    }
    Long perDay = budget.usedPerDay();
    if (perDay != null) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append("day ").append(perDay).append('/').append(limits.bytesPerDay()).append(" B");
    }
    Budget.Exhausted exhausted = budget.exhausted();
    if (exhausted != null) {
      text.append("; used up since ")
          .append(Instant.ofEpochMilli(exhausted.since()))
          .append(", waits until ")
          .append(Instant.ofEpochMilli(exhausted.until()));
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}

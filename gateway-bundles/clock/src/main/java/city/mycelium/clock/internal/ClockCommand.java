package city.mycelium.clock.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.time.Undated;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code clock}: whether the time is trusted, why, and what to do. */
public final class ClockCommand implements Command {

  private final GatewayClock clock;
  private final Supplier<Optional<Undated>> undated;

  /**
   * The command.
   *
   * @param undated who knows how many Readings wait for their time; empty while nobody does
   */
  public ClockCommand(GatewayClock clock, Supplier<Optional<Undated>> undated) {
    this.clock = clock;
    this.undated = undated;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) {
    var trust = clock.trust();
    long now = clock.epochMillis();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("trusted", trust.isTrusted());
    answer.put("time", Instant.ofEpochMilli(now).toString());
    answer.put("source", trust.source());
    answer.put("why", trust.why());
    answer.put("since", Instant.ofEpochMilli(now - clock.unchangedFor().toMillis()).toString());
    clock.uncertaintyMillis().ifPresent(millis -> answer.put("uncertaintyMillis", millis));
    undated.get().ifPresent(waiting -> answer.put("undated", waiting.readings()));
    if (!trust.isTrusted()) {
      answer.put(
          "whatToDo",
          "give this machine a time server (sudo apt-get install chrony), a GNSS receiver, or, if"
              + " somebody else keeps its clock right, \"city.mycelium.clock\": { \"trust\":"
              + " \"system\" }. What is read meanwhile is kept, and dated then");
    }
    return answer;
  }
}

package city.mycelium.sync.internal;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Reach;
import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code destination test}: what works and what does not, a sentence per layer. Sends nothing of
 * anybody's: whether data arrives is told by what has been sent.
 */
record TestDestination(Destinations destinations) implements Command {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Override
  public String name() {
    return "destination test";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    String name = Arguments.required(arguments, "destination");
    Destinations.Configured configured = destinations.all().get(name);
    if (configured == null) {
      throw new CommandException(
          "there is no destination '" + name + "'; known are " + destinations.all().keySet());
    }
    List<Check> checks = new ArrayList<>();
    boolean runs = configured.running() != null;
    checks.add(
        new Check(
            "configuration",
            runs,
            runs ? "it is configured, its dialect and connector are there" : configured.trouble()));
    checks.addAll(configured.probe(PATIENCE));
    if (runs) {
      checks.add(destinations.ask(name, TestDestination::data));
    }
    List<Object> rows = new ArrayList<>();
    for (Check check : checks) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", check.layer());
      row.put("works", check.ok());
      row.put("found", check.sentence());
      rows.add(row);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("destination", name);
    answer.put("sound", Reach.allOk(checks));
    answer.put("checks", rows);
    return answer;
  }

  private static Check data(DestinationSync sync) {
    if (sync.isPaused()) {
      return new Check("data", false, "it is paused: mycelium destination resume");
    }
    long waiting = sync.journal().lastOffset() - sync.progress().position();
    String far = sync.progress().position() + " offsets are done with, " + waiting + " wait";
    if (!sync.isConnected()) {
      return new Check("data", false, "it is not connected; " + far + ": " + sync.lastError());
    }
    boolean isHeldUp = waiting > 0 && !sync.lastError().isEmpty();
    return new Check(
        "data", !isHeldUp, isHeldUp ? far + "; the last error was: " + sync.lastError() : far);
  }
}

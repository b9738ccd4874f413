package city.mycelium.driver.host.internal;

import city.mycelium.api.control.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code health}: which devices need somebody, and for what. */
public final class HealthCommand implements Command {

  private final StateBoard board;

  public HealthCommand(StateBoard board) {
    this.board = board;
  }

  @Override
  public String name() {
    return "health";
  }

  /** {@code healthy}, how many devices there are, and a row for each that is not well. */
  @Override
  public Map<String, Object> run(Map<String, String> arguments) {
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Map<String, Object>> unwell =
        board.standings().entrySet().stream()
            .filter(standing -> !standing.getValue().state().isWell())
            .map(
                standing -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("device", standing.getKey().value());
                  row.putAll(StateBoard.row(standing.getValue()));
                  return row;
                })
            .toList();
    answer.put("healthy", unwell.isEmpty());
    answer.put("devices", (long) board.standings().size());
    answer.put("unwell", unwell);
    return answer;
  }
}

package city.mycelium.bench.platforms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cells are run: {@code dialect=json,fault=drop}. A word that is given several times lets
 * each of its values through; one that is not given lets everything through.
 */
final class Choice {

  private static final String CONNECTOR = "connector";
  private static final String DIALECT = "dialect";
  private static final String FAULT = "fault";

  private final Map<String, List<String>> wanted = new LinkedHashMap<>();

  private Choice() {}

  /**
   * Reads it; empty for everything.
   *
   * @throws IllegalArgumentException if it makes no sense; says why
   */
  static Choice of(String text) {
    Map<String, List<String>> known =
        Map.of(
            CONNECTOR, Pairing.all().stream().map(Pairing::connector).distinct().toList(),
            DIALECT, Pairing.all().stream().map(Pairing::dialect).distinct().toList(),
            FAULT, Fault.words());
    Choice choice = new Choice();
    for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] parts = each.strip().split("=", 2);
      List<String> values = known.get(parts[0]);
      if (values == null || parts.length < 2) {
        throw new IllegalArgumentException(
            "--only takes connector=…, dialect=… and fault=…, with commas between them, not '"
                + each
                + "'");
      }
      if (!values.contains(parts[1])) {
        throw new IllegalArgumentException(
            "there is no " + parts[0] + " '" + parts[1] + "'; known are " + values);
      }
      choice.wanted.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
    }
    return choice;
  }

  /** In the order of the report. */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Pairing pairing : Pairing.all()) {
      for (Fault fault : Fault.values()) {
        if (pairing.faults().contains(fault)
            && lets(CONNECTOR, pairing.connector())
            && lets(DIALECT, pairing.dialect())
            && lets(FAULT, fault.word())) {
          cells.add(new Cell(pairing, fault));
        }
      }
    }
    return cells;
  }

  private boolean lets(String word, String value) {
    List<String> values = wanted.get(word);
    return values == null || values.contains(value);
  }
}

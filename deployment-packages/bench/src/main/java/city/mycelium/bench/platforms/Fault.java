package city.mycelium.bench.platforms;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What goes wrong in a cell of the matrix. */
enum Fault {
  /** Nothing: the control. */
  NONE("nothing goes wrong"),
  DROP("the line is cut, or datagrams vanish, while something is on its way to the platform"),
  DELAY("everything takes longer, both ways"),
  DUPLICATE("what arrived arrives again: its answer is lost, or the datagram is doubled"),
  REORDER("what was sent later arrives earlier"),
  REFUSE("the platform says that it cannot just now, then cannot be reached"),
  LIE("the platform says that it has something, and has not kept it"),
  HANG("the line stands, and no answer comes"),
  RESTART("the platform restarts, then the gateway");

  private final String meaning;

  Fault(String meaning) {
    this.meaning = meaning;
  }

  /** For a person. */
  String meaning() {
    return meaning;
  }

  /** As it is written on the command line and in reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Fault::word).toList();
  }
}

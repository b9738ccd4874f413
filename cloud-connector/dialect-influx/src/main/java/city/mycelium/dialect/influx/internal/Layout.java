package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import java.util.List;
import java.util.Optional;

/** Which measurement, tags, fields and time an Observation becomes. Safe for many threads. */
interface Layout {

  /** Where the lines are posted to, below the base address. */
  String channel();

  /** What is written of Observations, and what of them cannot be. */
  Written write(List<Described> observations);

  /** How the server can be asked for what it was told; nothing where nobody may ask it. */
  default Optional<Inquiry> inquiry(Described told) {
    return Optional.empty();
  }

  /**
   * What a line tells.
   *
   * @throws UnreadableMessageException if this layout does not write such a line
   */
  List<ToldObservation> read(Point point) throws UnreadableMessageException;

  /**
   * Lines, and for what has none, why.
   *
   * @param rows in the order in which they are written
   * @param rejected one outcome per Observation
   */
  record Written(List<Row> rows, List<Outcome> rejected) {
    public Written {
      rows = List.copyOf(rows);
      rejected = List.copyOf(rejected);
    }
  }
}

package city.mycelium.bench;

import city.mycelium.api.journal.Draft;
import java.util.List;

/** Where a benchmark's observations come from: an endless sequence, cut as it is wanted. */
@FunctionalInterface
public interface Source {

  /** The next so many, in the order in which a gateway would get them. */
  List<Draft> next(int count);
}

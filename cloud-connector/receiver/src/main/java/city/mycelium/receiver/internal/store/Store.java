package city.mycelium.receiver.internal.store;

import city.mycelium.dialect.senml.Acknowledgement;
import java.util.List;

/** Where arrivals are kept. For one thread. */
public interface Store extends AutoCloseable {

  /**
   * Takes all of these in, or none: they are on the medium when this returns. Doing it again with
   * the same arrivals stores nothing twice.
   *
   * @throws StoreException if none of them was taken in, as far as can be known
   */
  Committed commit(List<Arrival> arrivals) throws StoreException;

  @Override
  void close();

  /**
   * What a commit has brought.
   *
   * @param due what may now be told, one per route and epoch that was heard of
   * @param stored Observations that are new
   * @param duplicates Observations that were held already
   */
  record Committed(List<Due> due, long stored, long duplicates) {
    public Committed {
      due = List.copyOf(due);
    }
  }

  /** An acknowledgement and whom it is for. */
  record Due(Route route, Acknowledgement acknowledgement) {}
}

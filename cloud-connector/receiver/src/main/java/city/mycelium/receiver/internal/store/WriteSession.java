package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.dialect.senml.Status.ToldDatastream;
import city.mycelium.receiver.internal.store.Deliveries.Delivery;
import city.mycelium.receiver.internal.store.Journals.Journal;
import city.mycelium.receiver.internal.store.Store.Committed;
import city.mycelium.receiver.internal.store.Store.Due;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One connection that writes, with all that is remembered of what it read and wrote. After any
 * failure memory and database may disagree: then it is closed, and a new one begins with nothing
 * remembered.
 */
final class WriteSession implements AutoCloseable {

  private final Connection connection;
  private final Journals journals;
  private final Deliveries deliveries;
  private final Datastreams datastreams;
  private final Things things;
  private final Observations observations;

  private record Heard(Route route, long epoch) {}

  WriteSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.journals = new Journals(connection);
    this.deliveries = new Deliveries(connection);
    this.datastreams = new Datastreams(connection);
    this.things = new Things(connection);
    this.observations = new Observations(connection, journals);
  }

  Committed commit(List<Arrival> arrivals) throws SQLException {
    long storedBefore = observations.stored();
    long duplicatesBefore = observations.duplicates();
    Set<Heard> heard = new LinkedHashSet<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Pack pack) {
        take(pack.route(), pack.content());
        heard.add(new Heard(pack.route(), pack.content().epoch()));
      } else if (arrival instanceof Arrival.Introduction introduction
          && introduction.content().online()) {
        take(introduction.route(), introduction.content());
        heard.add(new Heard(introduction.route(), introduction.content().epoch()));
      }
    }
    observations.flush();
    deliveries.flush();
    journals.flush();
    List<Due> due = new ArrayList<>();
    for (Heard one : heard) {
      due.add(new Due(one.route(), acknowledgement(one)));
    }
    connection.commit();
    return new Committed(
        due, observations.stored() - storedBefore, observations.duplicates() - duplicatesBefore);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void take(Route route, SenmlPack pack) throws SQLException {
    Journal journal = journals.findOrAdd(pack.gateway(), pack.epoch());
    for (SenmlPack.Entry entry : pack.entries()) {
      observations.add(journal, datastreams.idOf(pack.gateway(), entry), entry.observation());
    }
    deliveries.cover(journal, route.destination(), pack.covers(), pack.dropped());
  }

  private void take(Route route, Status status) throws SQLException {
    things.replace(route, status.things());
    for (ToldDatastream told : status.datastreams()) {
      datastreams.describe(route.gateway(), told);
    }
  }

  private Acknowledgement acknowledgement(Heard heard) throws SQLException {
    OffsetRanges covered = OffsetRanges.NONE;
    long stored = 0;
    Optional<Journal> journal = journals.find(heard.route().gateway(), heard.epoch());
    if (journal.isPresent()) {
      stored = journal.get().stored();
      covered =
          deliveries
              .find(journal.get(), heard.route().destination())
              .map(Delivery::covered)
              .orElse(OffsetRanges.NONE);
    }
    List<OffsetRange> above = covered.above();
    return new Acknowledgement(heard.epoch(), covered.contiguous(), above, stored);
  }
}

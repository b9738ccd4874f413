package city.mycelium.receiver.internal.store;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.dialect.senml.Status.ToldDatastream;
import city.mycelium.receiver.internal.store.Deliveries.Delivery;
import city.mycelium.receiver.internal.store.Journals.Journal;
import city.mycelium.receiver.internal.store.Lineages.Ancestor;
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
  private final Lineages lineages;
  private final Deliveries deliveries;
  private final Refusals refusals;
  private final Datastreams datastreams;
  private final Things things;
  private final Holdings holdings;
  private final Observations observations;

  private record Heard(Route route, long epoch) {}

  WriteSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.journals = new Journals(connection);
    this.lineages = new Lineages(connection, journals);
    this.deliveries = new Deliveries(connection, lineages);
    this.refusals = new Refusals(connection);
    this.datastreams = new Datastreams(connection);
    this.things = new Things(connection);
    this.holdings = new Holdings(connection);
    this.observations = new Observations(connection, journals, holdings);
  }

  Committed commit(List<Arrival> arrivals) throws SQLException {
    long storedBefore = observations.stored();
    long duplicatesBefore = observations.duplicates();
    Set<Heard> heard = new LinkedHashSet<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Pack pack) {
        take(pack.route(), pack.content());
        heard.add(new Heard(pack.route(), pack.content().epoch()));
      } else if (arrival instanceof Arrival.Unacceptable refused) {
        take(refused);
        heard.add(new Heard(refused.route(), refused.coverage().epoch()));
      } else if (arrival instanceof Arrival.Introduction introduction
          && introduction.content().online()) {
        take(introduction.route(), introduction.content());
        heard.add(new Heard(introduction.route(), introduction.content().epoch()));
      }
    }
    observations.flush();
    holdings.flush();
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
    GatewayId gateway = pack.gateway();
    Journal journal = journal(gateway, pack.epoch(), pack.predecessors());
    List<Ancestor> ancestors = lineages.of(gateway, journal);
    for (SenmlPack.Entry entry : pack.entries()) {
      long offset = entry.observation().identity().offset();
      observations.add(
          Lineages.eldest(journal, ancestors, offset),
          journal,
          datastreams.idOf(gateway, entry),
          entry.observation());
    }
    deliveries.cover(gateway, journal, route.destination(), pack.covers(), pack.dropped());
  }

  /** What is covered already, in whatever way, need not be refused. */
  private void take(Arrival.Unacceptable refused) throws SQLException {
    PackCoverage told = refused.coverage();
    String destination = refused.route().destination();
    Journal journal = journal(told.gateway(), told.epoch(), told.predecessors());
    if (deliveries.covered(told.gateway(), journal, destination).missingIn(told.covers()) > 0) {
      Delivery delivery = deliveries.findOrAdd(journal, destination);
      deliveries.countRefused(delivery);
      refusals.add(delivery, refused);
    }
  }

  private Journal journal(GatewayId gateway, long epoch, List<Predecessor> predecessors)
      throws SQLException {
    Journal journal = journals.findOrAdd(gateway, epoch);
    if (!predecessors.isEmpty()) {
      lineages.learn(gateway, journal, predecessors);
    }
    return journal;
  }

  private void take(Route route, Status status) throws SQLException {
    if (!status.predecessors().isEmpty()) {
      journal(route.gateway(), status.epoch(), status.predecessors());
    }
    things.replace(route, status.things());
    for (ToldDatastream told : status.datastreams()) {
      datastreams.describe(route.gateway(), told);
    }
  }

  private Acknowledgement acknowledgement(Heard heard) throws SQLException {
    GatewayId gateway = heard.route().gateway();
    String destination = heard.route().destination();
    Optional<Journal> journal = journals.find(gateway, heard.epoch());
    if (journal.isEmpty()) {
      return new Acknowledgement(heard.epoch(), 0, List.of(), 0);
    }
    OffsetRanges covered = deliveries.covered(gateway, journal.get(), destination);
    Optional<Delivery> delivery = deliveries.find(journal.get(), destination);
    return new Acknowledgement(
        heard.epoch(),
        covered.contiguous(),
        covered.above(),
        journal.get().stored(),
        delivery.isPresent() ? refusals.open(delivery.get(), covered) : List.of());
  }
}

package city.mycelium.journal.internal;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the file knows of itself as a whole: one row per fact. For one thread at a time. */
final class MetaTable {

  static final String GATEWAY = "gateway";
  static final String EPOCH = "epoch";

  /** The epochs that this one goes on from: a line each, the latest first, "epoch through". */
  static final String PREDECESSORS = "predecessors";

  /** Every offset up to this one has been removed from the front. */
  static final String REMOVED_TO = "removed_to";

  /** The {@link Sheet} of those offsets, for cursors that were never moved. */
  static final String REMOVED = "removed";

  /** The {@link AcceptedCounts} as they were saved last; never behind {@link #REMOVED_TO}. */
  static final String ACCEPTED = "accepted";

  /** The {@link NameList}. */
  static final String NAMES = "names";

  /** The checksum of the layout, gateway, epoch and earlier epochs. */
  static final String SEAL = "seal";

  private final Statements statements;

  MetaTable(Statements statements) {
    this.statements = statements;
  }

  String text(String key) throws SQLException {
    try (ResultSet row = row(key)) {
      return row.getString(1);
    }
  }

  /**
   * Which gateway's which epoch this is.
   *
   * @throws SQLException if that is not what was written; the cause says so
   */
  Origin origin() throws SQLException {
    String gateway = text(GATEWAY);
    String epoch = text(EPOCH);
    String earlier = text(PREDECESSORS);
    try {
      Sealed.open(bytes(SEAL), Schema.VERSION, gateway, epoch, earlier);
      return new Origin(new GatewayId(gateway), Identity.parseEpoch(epoch), predecessors());
    } catch (DamagedBlockException | IllegalArgumentException e) {
      throw new DamagedFileException("what it says of its gateway and epoch is damaged", e);
    }
  }

  void put(Origin origin) throws SQLException {
    String gateway = origin.gateway().value();
    String epoch = Identity.epochText(origin.epoch());
    String earlier = text(origin.predecessors());
    put(GATEWAY, gateway);
    put(EPOCH, epoch);
    put(PREDECESSORS, earlier);
    put(SEAL, Sealed.seal(new byte[0], Schema.VERSION, gateway, epoch, earlier));
  }

  /** All names of Datastreams, by their numbers. */
  Map<Integer, DatastreamId> names() throws SQLException {
    try {
      return NameList.fromBytes(bytes(NAMES));
    } catch (DamagedBlockException | IllegalArgumentException e) {
      throw new DamagedFileException("its names of datastreams are damaged: " + e.getMessage(), e);
    }
  }

  private byte[] bytes(String key) throws SQLException {
    try (ResultSet row = row(key)) {
      byte[] bytes = row.getBytes(1);
      return bytes == null ? new byte[0] : bytes;
    }
  }

  long removedTo() throws SQLException {
    try (ResultSet row = row(REMOVED_TO)) {
      return row.getLong(1);
    }
  }

  Sheet removed() throws SQLException {
    try {
      return Sheet.fromBytes(bytes(REMOVED));
    } catch (DamagedBlockException e) {
      throw new DamagedFileException(
          "the sums of what was removed are damaged: " + e.getMessage(), e);
    }
  }

  AcceptedCounts accepted() throws SQLException {
    try {
      return AcceptedCounts.fromBytes(bytes(ACCEPTED));
    } catch (DamagedBlockException e) {
      throw new DamagedFileException(
          "the sums of what was accepted are damaged: " + e.getMessage(), e);
    }
  }

  List<Predecessor> predecessors() throws SQLException {
    List<Predecessor> predecessors = new ArrayList<>();
    for (String line : text(PREDECESSORS).lines().toList()) {
      int space = line.indexOf(' ');
      try {
        predecessors.add(
            new Predecessor(
                Identity.parseEpoch(line.substring(0, space)),
                Long.parseLong(line.substring(space + 1))));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new DamagedFileException("its list of earlier epochs has a line '" + line + "'", e);
      }
    }
    return predecessors;
  }

  static String text(List<Predecessor> predecessors) {
    return predecessors.stream()
        .map(p -> Identity.epochText(p.epoch()) + " " + p.through())
        .collect(Collectors.joining("\n"));
  }

  private ResultSet row(String key) throws SQLException {
    PreparedStatement select = statements.of("SELECT value FROM meta WHERE key = ?");
    select.setString(1, key);
    ResultSet row = select.executeQuery();
    if (!row.next()) {
      row.close();
      throw new DamagedFileException("its meta table has no " + key);
    }
    return row;
  }

  void put(String key, Object value) throws SQLException {
    PreparedStatement put = statements.of("REPLACE INTO meta (key, value) VALUES (?, ?)");
    put.setString(1, key);
    put.setObject(2, value);
    put.executeUpdate();
  }
}

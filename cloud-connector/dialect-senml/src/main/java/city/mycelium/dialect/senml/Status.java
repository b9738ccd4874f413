package city.mycelium.dialect.senml;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.internal.Statuses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway introduces itself (docs/wire.md, 5). Carries what a recipient may know, which is
 * less than the gateway's own registry holds: no owner, no device, no plausible range.
 *
 * @param online false in the last will; then nothing else is said, {@code epoch} is 0 and the lists
 *     are empty
 * @param epoch the journal that it sends
 * @param predecessors epochs that this journal goes on from, the latest first
 * @param things whose data this recipient may have
 * @param datastreams that this recipient may have
 */
public record Status(
    boolean online,
    long epoch,
    List<Predecessor> predecessors,
    List<ToldThing> things,
    List<ToldDatastream> datastreams) {

  /**
   * What is told of a Thing.
   *
   * @param location only as exact as the owner allows; null if it may not be told or is not known
   */
  public record ToldThing(ThingId id, String name, @Nullable Position location) {}

  /**
   * What is told of a Datastream.
   *
   * @param property name of the observed property
   * @param definition URI of what it means
   * @param window length of its windows if it is an aggregate, else null
   */
  public record ToldDatastream(
      DatastreamId id,
      ThingId thing,
      String property,
      URI definition,
      Unit unit,
      @Nullable Duration samplingPeriod,
      @Nullable Duration window) {}

  public Status {
    predecessors = PackCoverage.checked(epoch, predecessors);
    things = List.copyOf(things);
    datastreams = List.copyOf(datastreams);
    if (!online
        && !(epoch == 0 && predecessors.isEmpty() && things.isEmpty() && datastreams.isEmpty())) {
      throw new IllegalArgumentException("a gateway that is offline says nothing else");
    }
  }

  /** Of a journal that was begun afresh. */
  public Status(
      boolean online, long epoch, List<ToldThing> things, List<ToldDatastream> datastreams) {
    this(online, epoch, List.of(), things, datastreams);
  }

  /** What the last will says. */
  public static Status offline() {
    return new Status(false, 0, List.of(), List.of());
  }

  /** What a gateway says when its connection stands. */
  public static Status online(long epoch, List<Predecessor> predecessors, Catalogue catalogue) {
    return new Status(
        true,
        epoch,
        predecessors,
        catalogue.things().stream()
            .map(thing -> new ToldThing(thing.id(), thing.name(), thing.location()))
            .toList(),
        catalogue.datastreams().stream()
            .map(
                stream -> {
                  ObservedProperty property = stream.property();
                  return new ToldDatastream(
                      stream.id(),
                      stream.thing(),
                      property.name(),
                      property.definition(),
                      stream.unit(),
                      stream.samplingPeriod(),
                      stream.window());
                })
            .toList());
  }

  /** As a retained message on the channel {@code status}. */
  public byte[] toJson() {
    return Statuses.write(this);
  }

  /**
   * The reverse of {@link #toJson()}.
   *
   * @throws SenmlException if these are not the bytes of a status of this wire version
   */
  public static Status parse(byte[] json) throws SenmlException {
    return Statuses.read(json);
  }
}

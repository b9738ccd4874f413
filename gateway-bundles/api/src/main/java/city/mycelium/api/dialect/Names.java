package city.mycelium.api.dialect;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.ThingId;
import java.util.Map;
import java.util.Optional;

/**
 * What a platform calls things that are called otherwise here: a Destination's mapping file.
 * Immutable.
 *
 * @param things by the id of a Thing: what the platform calls it, in the form that the dialect's
 *     page in docs/ names (an entity's id, a station's, a device's)
 * @param datastreams by the id of a Datastream: what the platform calls it
 * @param properties by the name of an ObservedProperty: what the platform calls it
 */
public record Names(
    Map<String, String> things, Map<String, String> datastreams, Map<String, String> properties) {

  /** Everything is called what the dialect calls it by itself. */
  public static final Names NONE = new Names(Map.of(), Map.of(), Map.of());

  public Names {
    things = Map.copyOf(things);
    datastreams = Map.copyOf(datastreams);
    properties = Map.copyOf(properties);
  }

  public Optional<String> of(ThingId thing) {
    return Optional.ofNullable(things.get(thing.value()));
  }

  public Optional<String> of(DatastreamId datastream) {
    return Optional.ofNullable(datastreams.get(datastream.value()));
  }

  public Optional<String> of(ObservedProperty property) {
    return Optional.ofNullable(properties.get(property.name()));
  }
}

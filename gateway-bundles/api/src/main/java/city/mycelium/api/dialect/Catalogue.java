package city.mycelium.api.dialect;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.registry.Thing;
import java.util.List;

/**
 * What a platform may know about the sources of its data: only Things and Datastreams that it is
 * sent something of, places only as exactly as their owner allows.
 */
public record Catalogue(List<Thing> things, List<Datastream> datastreams) {

  public Catalogue {
    things = List.copyOf(things);
    datastreams = List.copyOf(datastreams);
  }
}

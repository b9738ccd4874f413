package city.mycelium.api.dialect;

import city.mycelium.api.observation.Datastream;
import java.util.List;

/**
 * What a platform may know about the sources of its data: only Things and Datastreams that it is
 * sent something of, places only as exactly as their owner allows.
 */
public record Catalogue(List<KnownThing> things, List<Datastream> datastreams) {

  public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

  public Catalogue {
    things = List.copyOf(things);
    datastreams = List.copyOf(datastreams);
  }
}

package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;

/**
 * One window of one aggregate Datastream: the logical key of a Summary.
 *
 * @param aggregate the derived Datastream, which tells the length
 */
record WindowKey(DatastreamId aggregate, PhenomenonTime window) {

  /** As a key of the state store: sorts by the end of the window, so that the oldest come first. */
  String stateKey() {
    return String.format("%015d/%015d/%s", window.to(), window.from(), aggregate);
  }

  static WindowKey parse(String stateKey) {
    return new WindowKey(
        new DatastreamId(stateKey.substring(32)),
        PhenomenonTime.between(
            Long.parseLong(stateKey.substring(16, 31)), Long.parseLong(stateKey.substring(0, 15))));
  }
}

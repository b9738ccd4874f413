package city.mycelium.receiver.internal.store;

import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;

/** Something that a gateway said and that was understood. */
public sealed interface Arrival {

  Route route();

  /** A data message (docs/wire.md, 3). */
  record Pack(Route route, SenmlPack content) implements Arrival {
    public Pack {
      if (!content.gateway().equals(route.gateway())) {
        throw new IllegalArgumentException(
            "gateway " + route.gateway() + " may not speak for gateway " + content.gateway());
      }
    }
  }

  /** A status (docs/wire.md, 5). */
  record Introduction(Route route, Status content) implements Arrival {}
}

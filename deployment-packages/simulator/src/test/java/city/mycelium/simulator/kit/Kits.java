package city.mycelium.simulator.kit;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import city.mycelium.simulator.air.TownAir;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What the tests of all kits share. */
final class Kits {

  static final long NOW = 1_795_000_000_000L;
  static final Set<Quantity> ALL = EnumSet.allOf(Quantity.class);
  static final Set<Quantity> WITHOUT_NO2 = EnumSet.complementOf(EnumSet.of(Quantity.NO2));

  private Kits() {}

  static Map<Quantity, Probe> probes(Set<Quantity> quantities) {
    TownAir air = new TownAir(7);
    Map<Quantity, Probe> probes = new EnumMap<>(Quantity.class);
    quantities.forEach(q -> probes.put(q, new Probe(air, q, NOW, 3)));
    return probes;
  }
}

package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import city.mycelium.dialect.senml.internal.SenmlUnits.Registry;
import org.jspecify.annotations.Nullable;

/** SenML's version number, read as a set of features (RFC 9100, 2). */
final class Features {

  /** RFC 8428, 4.4: what a pack has that does not say. */
  static final long PLAIN = 10;

  /** RFC 9100, 4: names out of RFC 8798, 3, may be used in {@code u}. */
  static final long WITH_SECONDARY_UNITS = PLAIN + (1 << 4);

  private Features() {}

  /** Whether this end understands all of them; below 10 are the drafts, read as 10. */
  static boolean understood(long version) {
    return (version >= 1 && version <= PLAIN) || version == WITH_SECONDARY_UNITS;
  }

  static boolean usesSecondaryUnits(SenmlPack pack) {
    for (Entry entry : pack.entries()) {
      SenmlUnits.Name name = unitName(entry);
      if (name != null && name.registry() == Registry.SECONDARY) {
        return true;
      }
    }
    return false;
  }

  static SenmlUnits.@Nullable Name unitName(Entry entry) {
    Unit unit = entry.unit();
    return unit == null ? null : SenmlUnits.nameOf(unit, entry.property());
  }
}

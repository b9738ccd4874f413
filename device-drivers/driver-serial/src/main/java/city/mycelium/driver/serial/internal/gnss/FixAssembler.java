package city.mycelium.driver.serial.internal.gnss;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts the RMC and GGA sentences of one moment together, whichever comes first. Where one is
 * missing, the other is given alone as soon as the next moment begins. For one thread.
 */
final class FixAssembler {

  private @Nullable Rmc rmc;
  private @Nullable Gga gga;

  /** The moment given last: further sentences of it, of another satellite system, say no more. */
  private OptionalLong given = OptionalLong.empty();

  /** Takes the next sentence; the answer is the fix that it completes, or shows to be complete. */
  Optional<GnssFix> add(NmeaSentence sentence) {
    Optional<GnssFix> fix = Rmc.of(sentence).flatMap(this::add);
    return fix.isPresent() ? fix : Gga.of(sentence).flatMap(this::add);
  }

  private Optional<GnssFix> add(Rmc next) {
    if (isGiven(next.timeOfDay())) {
      return Optional.empty();
    }
    if (rmc == null && gga != null && gga.timeOfDay().equals(next.timeOfDay())) {
      return give(new GnssFix(next, gga), next.timeOfDay());
    }
    Optional<GnssFix> alone = remainder();
    rmc = next;
    return alone;
  }

  private Optional<GnssFix> add(Gga next) {
    if (isGiven(next.timeOfDay())) {
      return Optional.empty();
    }
    if (gga == null && rmc != null && rmc.timeOfDay().equals(next.timeOfDay())) {
      return give(new GnssFix(rmc, next), next.timeOfDay());
    }
    Optional<GnssFix> alone = remainder();
    gga = next;
    return alone;
  }

  private Optional<GnssFix> give(GnssFix fix, OptionalLong timeOfDay) {
    rmc = null;
    gga = null;
    given = timeOfDay;
    return Optional.of(fix);
  }

  private Optional<GnssFix> remainder() {
    if (rmc != null) {
      return give(new GnssFix(rmc, null), rmc.timeOfDay());
    }
    return gga == null ? Optional.empty() : give(new GnssFix(null, gga), gga.timeOfDay());
  }

  private boolean isGiven(OptionalLong timeOfDay) {
    return timeOfDay.isPresent() && timeOfDay.equals(given);
  }
}

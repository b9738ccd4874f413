package city.mycelium.api.observation;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * What is observed, with the definition that makes it the same thing for everybody (SensorThings
 * 1.1, 8.2.6). The ones that cities use are in {@link Vocabulary}; an integrator may add another.
 *
 * @param name short name within Mycelium, such as {@code PM2.5}
 * @param definition URI of its definition in a public vocabulary
 * @param unit canonical unit, in which the plausible range is stated
 * @param plausibleMin results below it are kept, but marked {@link Quality#SUSPECT}
 * @param plausibleMax results above it likewise
 */
public record ObservedProperty(
    String name, URI definition, Unit unit, double plausibleMin, double plausibleMax) {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.\\-]{0,47}");

  public ObservedProperty {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a property's name is 1 to 48 of A-Z a-z 0-9 . - and starts with a letter or digit, not '"
              + name
              + "'");
    }
    if (!definition.isAbsolute()) {
      throw new IllegalArgumentException(
          "property " + name + " needs an absolute definition URI, not '" + definition + "'");
    }
    if (!(plausibleMin <= plausibleMax)) {
      throw new IllegalArgumentException("property " + name + ": plausible range is empty");
    }
  }

  /** Whether a value in the given unit lies in the plausible range. */
  public boolean isPlausible(double value, Unit valueUnit) {
    double canonical = valueUnit.convert(value, unit);
    return canonical >= plausibleMin && canonical <= plausibleMax;
  }
}

package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {

  @ParameterizedTest
  @CsvSource({
    "20, DEGREE_CELSIUS, 68, DEGREE_FAHRENHEIT",
    "-40, DEGREE_FAHRENHEIT, -40, DEGREE_CELSIUS",
    "0, DEGREE_CELSIUS, 273.15, KELVIN",
    "1013.25, HECTOPASCAL, 101325, PASCAL",
    "36, KILOMETRE_PER_HOUR, 10, METRE_PER_SECOND",
    "0.25, MILLIGRAM_PER_CUBIC_METRE, 250, MICROGRAM_PER_CUBIC_METRE",
    "45, PERCENT, 0.45, ONE",
    "400, PPM, 400000, PPB",
    "2.5, METRE, 2500, MILLIMETRE",
    "3, KILOMETRE, 300000, CENTIMETRE",
    "1500, WATT_HOUR, 1.5, KILOWATT_HOUR",
    "2, CUBIC_METRE, 2000, LITRE",
    "3300, MILLIVOLT, 3.3, VOLT",
    "2, PER_MINUTE, 120, PER_HOUR",
    "2, MINUTE, 120, SECOND",
  })
  void convertsWithinAKind(double value, Unit from, double expected, Unit to) {
    assertThat(from.convert(value, to)).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void comesBackFromEveryUnitOfItsKind(Unit unit) {
    for (Unit other : Unit.values()) {
      if (unit.convertsTo(other)) {
        assertThat(other.convert(unit.convert(12.5, other), unit)).isCloseTo(12.5, within(1e-9));
      }
    }
  }

  /** The same unit must not cost a digit: most values are stored in the unit they came in. */
  @ParameterizedTest
  @EnumSource(Unit.class)
  void leavesAValueInItsOwnUnitUntouched(Unit unit) {
    assertThat(unit.convert(0.1 + 0.2, unit)).isEqualTo(0.1 + 0.2);
  }

  /** A gas in ppb is no mass concentration: that takes temperature and pressure. */
  @Test
  void refusesToConvertBetweenKinds() {
    assertThat(Unit.PPB.convertsTo(Unit.MICROGRAM_PER_CUBIC_METRE)).isFalse();
    assertThatThrownBy(() -> Unit.PPB.convert(20, Unit.MICROGRAM_PER_CUBIC_METRE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[ppb]")
        .hasMessageContaining("ug/m3");
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void isFoundByItsCode(Unit unit) {
    assertThat(Unit.ofCode(unit.code())).contains(unit);
  }

  @Test
  void knowsOnlyTheCodesOfItsTable() {
    assertThat(Unit.ofCode("furlong")).isEmpty();
    assertThat(Unit.ofCode("CEL")).as("codes are case-sensitive").isEmpty();
  }

  @Test
  void hasACodeOfItsOwn() {
    assertThat(Arrays.stream(Unit.values()).map(Unit::code)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void hasACodeThatUcumCanRead(Unit unit) {
    assertThat(Ucum.isValid(unit.code())).as(unit.code()).isTrue();
  }

  /** Against a checker that says yes to everything. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "dB[mW]", "ug//m3", "kWh", "celsius", "mbar/", "µg/m3", "k%", "m{2", "mmin"})
  void theCheckerRefusesWhatUcumDoesNotHave(String code) {
    assertThat(Ucum.isValid(code)).as(code).isFalse();
  }

  /**
   * The grammar of UCUM 2.2, 2.2 and 2.3 (§2 to §26), with the atoms that a city's sensors need: an
   * optional leading solidus, then components joined by {@code .} or {@code /}; a component is an
   * atom, with a prefix if the atom is metric, an exponent, an annotation; or a number.
   */
  private static final class Ucum {
    private static final Set<String> METRIC =
        Set.of(
            "m", "s", "g", "K", "A", "Pa", "W", "V", "J", "N", "Hz", "T", "L", "l", "lx", "S",
            "mol", "B", "B[W]", "B[kW]", "B[SPL]", "Cel", "bar");
    private static final Set<String> NOT_METRIC =
        Set.of("%", "[ppm]", "[ppb]", "min", "h", "d", "deg", "[degF]", "[pH]", "[NTU]");
    private static final Map<String, Integer> PREFIXES =
        Map.of("k", 3, "h", 2, "d", -1, "c", -2, "m", -3, "u", -6, "n", -9, "M", 6, "G", 9);
    private static final Pattern COMPONENT =
        Pattern.compile(
            "(?<unit>(?:[A-Za-z%]|\\[[^\\]]+\\])+)(?<power>[+-]?\\d+)?(?<note>\\{[^{}]*\\})?");

    static boolean isValid(String code) {
      String term = code.startsWith("/") ? code.substring(1) : code;
      return Arrays.stream(term.split("[./]", -1)).allMatch(Ucum::isComponent);
    }

    private static boolean isComponent(String text) {
      Matcher component = COMPONENT.matcher(text);
      return text.matches("\\d+") || (component.matches() && isAtom(component.group("unit")));
    }

    private static boolean isAtom(String unit) {
      return METRIC.contains(unit)
          || NOT_METRIC.contains(unit)
          || PREFIXES.keySet().stream()
              .anyMatch(p -> unit.startsWith(p) && METRIC.contains(unit.substring(p.length())));
    }
  }
}

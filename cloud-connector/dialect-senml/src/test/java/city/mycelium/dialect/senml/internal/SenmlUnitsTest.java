package city.mycelium.dialect.senml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.dialect.senml.internal.SenmlUnits.Name;
import city.mycelium.dialect.senml.internal.SenmlUnits.Registry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SenmlUnitsTest {

  /** RFC 8428, 12.1, table 6, and RFC 8798, 2, table 1. */
  private static final Set<String> PRIMARY =
      words(
          "m kg g s A K cd mol Hz rad sr N Pa J W C V F Ohm S Wb T H Cel lm lx Bq Gy Sv kat m2 m3 l"
              + " m/s m/s2 m3/s l/s W/m2 cd/m2 bit bit/s lat lon pH dB dBW Bspl count / % %RH %EL EL"
              + " 1/s 1/min beat/min beats S/m B VA VAs var vars J/m kg/m3 deg");

  /** RFC 8798, 3, table 2, as far as cities need it: name, primary unit, scale. */
  private static final Map<String, String> SECONDARY =
      Map.ofEntries(
          Map.entry("ms", "s 1/1000"),
          Map.entry("min", "s 60"),
          Map.entry("h", "s 3600"),
          Map.entry("kW", "W 1000"),
          Map.entry("kVA", "VA 1000"),
          Map.entry("kvar", "var 1000"),
          Map.entry("Ah", "C 3600"),
          Map.entry("Wh", "J 3600"),
          Map.entry("kWh", "J 3600000"),
          Map.entry("mV", "V 1/1000"),
          Map.entry("mA", "A 1/1000"),
          Map.entry("dBm", "dBW 1"),
          Map.entry("ug/m3", "kg/m3 1e-9"),
          Map.entry("mm/h", "m/s 1/3600000"),
          Map.entry("m/h", "m/s 1/3600"),
          Map.entry("ppm", "/ 1e-6"),
          Map.entry("/100", "/ 1/100"),
          Map.entry("/1000", "/ 1/1000"),
          Map.entry("hPa", "Pa 100"),
          Map.entry("mm", "m 1/1000"),
          Map.entry("cm", "m 1/100"),
          Map.entry("km", "m 1000"),
          Map.entry("km/h", "m/s 1/3.6"));

  @ParameterizedTest
  @EnumSource(Unit.class)
  void everyNameIsInTheRegistryThatItClaims(Unit unit) {
    Name name = SenmlUnits.nameOf(unit, "some-property");
    if (name != null) {
      assertThat(name.registry() == Registry.PRIMARY ? PRIMARY : SECONDARY.keySet())
          .contains(name.text());
    }
  }

  // No value is scaled on its way: a name has to mean exactly the unit it stands for.
  @ParameterizedTest
  @EnumSource(Unit.class)
  void aSecondaryNameHasTheScaleOfItsUnit(Unit unit) {
    Name name = SenmlUnits.nameOf(unit, "some-property");
    if (name == null || name.registry() == Registry.PRIMARY) {
      return;
    }
    String[] definition = SECONDARY.getOrDefault(name.text(), "").split(" ");
    SenmlUnits.unitOf(definition[0])
        .filter(unit::convertsTo)
        .ifPresent(
            primary ->
                assertThat(unit.convert(1, primary))
                    .isCloseTo(scale(definition[1]), withPercentage(1e-9)));
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void aNameLeadsBackToItsUnit(Unit unit) {
    Name name = SenmlUnits.nameOf(unit, "some-property");
    if (name != null) {
      assertThat(SenmlUnits.unitOf(name.text())).contains(unit);
    }
  }

  @Test
  void noTwoUnitsShareAName() {
    List<String> names =
        Arrays.stream(Unit.values())
            .map(unit -> SenmlUnits.nameOf(unit, null))
            .filter(Objects::nonNull)
            .map(Name::text)
            .toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
  }

  @Test
  void relativeHumidityHasANameOfItsOwnAndOtherPercentagesAnother() {
    assertThat(text(Unit.PERCENT, Vocabulary.RELATIVE_HUMIDITY.name())).isEqualTo("%RH");
    assertThat(text(Unit.PERCENT, "bin-fill-level")).isEqualTo("/100");
    assertThat(text(Unit.PERCENT, null)).isEqualTo("/100");
    assertThat(SenmlUnits.unitOf("%RH")).contains(Unit.PERCENT);
  }

  // RFC 8428, 12.1, note 1: % is a ratio of 0 to 1 there.
  @Test
  void senmlsPerCentIsNotUsed() {
    assertThat(SenmlUnits.unitOf("%")).isEmpty();
  }

  private static String text(Unit unit, String property) {
    return SenmlUnits.nameOf(unit, property).text();
  }

  private static double scale(String number) {
    String[] parts = number.split("/");
    return parts.length == 1
        ? Double.parseDouble(number)
        : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }

  private static Set<String> words(String words) {
    return Arrays.stream(words.split(" ")).collect(Collectors.toSet());
  }
}

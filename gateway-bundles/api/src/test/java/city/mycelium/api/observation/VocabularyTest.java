package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  static List<ObservedProperty> all() {
    return List.copyOf(Vocabulary.all());
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsEachPropertyByItsName(ObservedProperty property) {
    assertThat(Vocabulary.named(property.name())).containsSame(property);
  }

  @Test
  void doesNotKnowWhatItDoesNotHold() {
    assertThat(Vocabulary.named("phlogiston")).isEmpty();
  }

  /** Two names for one thing would be two things on every platform. */
  @Test
  void givesEachDefinitionToOnePropertyOnly() {
    assertThat(all()).extracting(ObservedProperty::definition).doesNotHaveDuplicates();
  }

  /**
   * Names end up in topics, in file names and on command lines: case alone must not tell them
   * apart.
   */
  @Test
  void givesEachNameOnceWhateverItsCase() {
    assertThat(all())
        .extracting(p -> p.name().toLowerCase(java.util.Locale.ROOT))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void definesEachPropertyInAPublicVocabulary(ObservedProperty property) {
    assertThat(property.definition().toString())
        .matches(
            "http://dd\\.eionet\\.europa\\.eu/vocabulary/aq/pollutant/\\d+"
                + "|http://vocab\\.nerc\\.ac\\.uk/standard_name/[a-z0-9_]+/"
                + "|https://smartdatamodels\\.org/dataModel\\.[A-Z]\\w+/\\w+"
                + "|http://qudt\\.org/vocab/quantitykind/[A-Z]\\w+"
                + "|http://asastandards\\.org/Terms/[a-z-]+/"
                + "|https://loinc\\.org/\\d+-\\d"
                + "|http://inspire\\.ec\\.europa\\.eu/codelist/\\w+/\\w+"
                + "|http://www\\.w3\\.org/(ns/sosa/|2003/01/geo/wgs84_pos#)\\w+");
  }

  /** What the cities of the study measure, facts by case, each by the name it has here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Eersel
        "parking-spot-status",
        "vehicle-count",
        "vehicle-speed",
        "water-pH",
        "water-oxygen",
        "water-conductivity",
        "water-turbidity",
        "water-temperature",
        "water-table",
        "water-level",
        "vegetation-height",
        "soil-moisture",
        "lamp-state",
        "lamp-level",
        "LAeq",
        // Zwolle
        "NO2",
        "PM2.5",
        "PM10",
        "air-temperature",
        "relative-humidity",
        "air-pressure",
        "rain-amount",
        "rain-rate",
        "wind-speed",
        "wind-gust",
        "wind-direction",
        "flood",
        "voltage",
        // Helmond, Utrecht, Rotterdam
        "position",
        "heart-rate",
        "active-power",
        "energy-import",
        "energy-export",
        "current",
        "charge-point-status",
        "charge-points-free",
        "fill-level",
        // Enschede, Den Haag, Kopenhagen
        "people-count",
        "bikes-available",
        "parking-occupancy",
        "parking-free",
        "parking-occupied",
        "travel-time",
        "road-occupancy",
        "CO2",
      })
  void holdsWhatTheCitiesMeasure(String name) {
    assertThat(Vocabulary.named(name)).isPresent();
  }

  @Test
  void knowsWhatIsPlausibleInAnyUnitOfTheKind() {
    assertThat(Vocabulary.AIR_PRESSURE.isPlausible(101_325, Unit.PASCAL)).isTrue();
    assertThat(Vocabulary.AIR_PRESSURE.isPlausible(101_325, Unit.HECTOPASCAL)).isFalse();
  }

  /** A drifting NO2 cell goes below zero: to be calibrated, not to be called broken. */
  @Test
  void takesASlightlyNegativeGasForPlausible() {
    assertThat(Vocabulary.NO2.isPlausible(-4, Unit.MICROGRAM_PER_CUBIC_METRE)).isTrue();
    assertThat(Vocabulary.PM10.isPlausible(-4, Unit.MICROGRAM_PER_CUBIC_METRE)).isFalse();
  }
}

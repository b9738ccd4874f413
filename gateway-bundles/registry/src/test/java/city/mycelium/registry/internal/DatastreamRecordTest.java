package city.mycelium.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatastreamRecordTest {

  @Test
  void aDatastreamComesBackAsItWas() {
    Datastream datastream = datastream(Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);

    assertThat(DatastreamRecord.read(DatastreamRecord.write(datastream))).isEqualTo(datastream);
  }

  @Test
  void whatIsPersonalByNatureComesBackAsSuch() {
    Datastream power =
        new Datastream(
            new DatastreamId("meter.1/power"),
            new ThingId("house"),
            new DeviceId("meter.1"),
            Vocabulary.ACTIVE_POWER,
            Unit.WATT,
            null,
            null,
            true);

    assertThat(DatastreamRecord.read(DatastreamRecord.write(power))).isEqualTo(power);
  }

  // The vocabulary does not know it, so all of it must be in the record.
  @Test
  void aPropertyOfTheIntegratorsOwnComesBackAsItWas() {
    ObservedProperty mood =
        new ObservedProperty(
            "street-mood", URI.create("urn:example:mood"), Unit.PERCENT, -0.1, Double.MAX_VALUE);
    Datastream datastream = datastream(mood, Unit.ONE, Duration.ofMillis(1_500));

    assertThat(DatastreamRecord.read(DatastreamRecord.write(datastream))).isEqualTo(datastream);
  }

  @Test
  void aPropertyForWhichEverythingIsPlausibleComesBackAsItWas() {
    ObservedProperty any =
        new ObservedProperty(
            "any",
            URI.create("urn:example:any"),
            Unit.ONE,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);
    Datastream datastream = datastream(any, Unit.ONE, null);

    assertThat(DatastreamRecord.read(DatastreamRecord.write(datastream))).isEqualTo(datastream);
  }

  @Test
  void aRecordThatWasMendedBadlyIsRefusedInWords() {
    JsonObject good =
        DatastreamRecord.write(datastream(Vocabulary.NO2, Unit.MICROGRAM_PER_CUBIC_METRE, null));

    assertThatThrownBy(() -> DatastreamRecord.read(with(good, "unit", "furlong")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unit 'furlong' is not in the table");
    assertThatThrownBy(() -> DatastreamRecord.read(with(good, "unit", "Cel")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DatastreamRecord.read(with(good, "samplingPeriod", "often")))
        .isInstanceOf(DateTimeParseException.class);
    assertThat(DatastreamRecord.read(with(good, "samplingPeriod", "PT1S")).samplingPeriod())
        .isEqualTo(Duration.ofSeconds(1));
  }

  private static JsonObject with(JsonObject object, String key, String value) {
    return Json.createObjectBuilder(object).add(key, value).build();
  }

  private static Datastream datastream(
      ObservedProperty property, Unit unit, @Nullable Duration samplingPeriod) {
    return new Datastream(
        new DatastreamId("paddenstoel.1/x"),
        new ThingId("front"),
        new DeviceId("paddenstoel.1"),
        property,
        unit,
        samplingPeriod,
        null);
  }
}

package city.mycelium.driver.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultSetTest {

  private static final DeviceDescription METER =
      DeviceDescription.of("meter", "an invented meter")
          .givesPersonal("power", Vocabulary.ACTIVE_POWER, Unit.WATT)
          .givesPersonal("energy", Vocabulary.ENERGY_IMPORT, Unit.WATT_HOUR)
          .gives("voltage", Vocabulary.VOLTAGE, Unit.VOLT);

  private final ResultSet results =
      new ResultSet(ResultSet.channels(new DeviceId("meter.1"), METER, Duration.ofMinutes(1)));

  // Whatever the order in which a device class says it.
  @Test
  void aTimeOfItsOwnGoesBeforeThatOfTheSet() {
    results.put("energy", new Result.Counter(1), PhenomenonTime.at(7));
    results.number("power", 2);
    results.at(PhenomenonTime.at(9));

    assertThat(results.readings())
        .extracting(Reading::phenomenonTime)
        .containsExactly(PhenomenonTime.at(7), PhenomenonTime.at(9));
  }

  @Test
  void whatIsPersonalByNatureIsMarked() {
    results.number("power", 2);
    results.number("voltage", 230);

    assertThat(results.readings())
        .extracting(r -> r.channel().personal())
        .containsExactly(true, false);
    assertThat(METER.isPersonal()).isTrue();
    assertThat(DeviceDescription.of("other", "another").isPersonal()).isFalse();
  }

  @Test
  void oneResultForEachOutput() {
    results.number("power", 2);

    assertThatThrownBy(() -> results.put("power", new Result.Measurement(3), PhenomenonTime.at(7)))
        .hasMessageContaining("two results");
  }
}

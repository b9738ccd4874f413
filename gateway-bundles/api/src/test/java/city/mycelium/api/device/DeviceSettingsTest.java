package city.mycelium.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceSettingsTest {

  private static final DeviceDescription KIND =
      DeviceDescription.of("ina226", "a current monitor")
          .takes("shuntMilliohms", "", "the shunt's resistance in mΩ, 0.1 to 1000")
          .takes("average", "16", "how many conversions make one result");

  @Test
  void whatIsNotSetIsPreset() throws DeviceException {
    DeviceSettings settings = DeviceSettings.of(KIND, Map.of("shuntMilliohms", " 2.5 "));

    assertThat(settings.number("shuntMilliohms", 0.1, 1_000)).isEqualTo(2.5);
    assertThat(settings.whole("average", 1, 1_024)).isEqualTo(16);
  }

  @Test
  void whatHasToBeSetAndIsNotIsNamedWithItsMeaning() {
    assertThatThrownBy(() -> DeviceSettings.of(KIND, Map.of()))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a ina226 needs shuntMilliohms: the shunt's resistance in mΩ, 0.1 to 1000");
  }

  // A typing error must not turn into a preset.
  @Test
  void whatTheKindDoesNotTakeIsRefusedAndWhatItTakesIsSaid() {
    assertThatThrownBy(
            () -> DeviceSettings.of(KIND, Map.of("shuntMilliohms", "2", "shuntMiliohms", "2")))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a ina226 does not take shuntMiliohms; it takes shuntMilliohms, average");
  }

  @Test
  void whatIsNoNumberOrOutOfRangeIsRefusedWithTheRange() throws DeviceException {
    DeviceSettings settings =
        DeviceSettings.of(KIND, Map.of("shuntMilliohms", "NaN", "average", "many"));

    assertThatThrownBy(() -> settings.number("shuntMilliohms", 0.1, 1_000))
        .hasMessage("shuntMilliohms is a number from 0.1 to 1000.0, not 'NaN'")
        .extracting(e -> ((DeviceException) e).state())
        .isEqualTo(DeviceState.CONFIG);
    assertThatThrownBy(() -> settings.whole("average", 1, 1_024))
        .hasMessage("average is a whole number from 1 to 1024, not 'many'");
    assertThatThrownBy(() -> settings.choice("average", List.of("1", "4")))
        .hasMessage("average is one of 1, 4, not 'many'");
  }
}

package city.mycelium.driver.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import org.junit.jupiter.api.Test;

class RegisterDumpTest {

  // The registers of BuiltInProfilesTest; the counter is not there.
  @Test
  void eachRegisterIsShownWithWhatItMeansOrWhyNot() throws Exception {
    FakeUnit unit = new FakeUnit().put(4, 0, "1223").bit(2, 4, false).bit(2, 5, true);

    assertThat(RegisterDump.of(Profiles.named("proconel-ld120"), unit))
        .extracting(RegisterDump.Row::name, RegisterDump.Row::raw, RegisterDump.Row::good)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("identity", "1223", false),
            org.assertj.core.groups.Tuple.tuple("status", "00", true),
            org.assertj.core.groups.Tuple.tuple("status", "01", false),
            org.assertj.core.groups.Tuple.tuple("vehicles", "", false));
  }

  @Test
  void aValueIsShownWithItsUnit() throws Exception {
    FakeUnit unit = new FakeUnit().put(3, 0x21, "0000").put(4, 0, "0702 071D");

    assertThat(RegisterDump.of(Profiles.named("seeed-s-soil-mtec-02"), unit))
        .extracting(RegisterDump.Row::value)
        .containsExactly(
            "as it should be: its unit of temperature, 0 for degrees Celsius",
            "17.94 Cel",
            "18.21 %");
  }

  @Test
  void aDeviceThatIsNotThereShowsNothing() {
    ModbusUnit nobody =
        question -> {
          throw DeviceException.unreachable("nobody answers");
        };

    assertThatThrownBy(() -> RegisterDump.of(Profiles.named("sdm120"), nobody))
        .hasMessage("nobody answers");
  }
}

package city.mycelium.driver.modbus.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.SerialSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTextTest {

  private static final String GOOD =
      """
      { "title": "Acme meter", "source": "Acme, manual 3, 4.2",
        "values": [
          { "name": "voltage", "function": "input", "address": "0x0010", "type": "uint16",
            "scale": 0.1, "property": "voltage", "unit": "V" },
          { "name": "power", "function": "input", "address": 18, "type": "float32",
            "property": "active-power", "unit": "W" } ] }
      """;

  @Test
  void aProfileIsReadAndPresetsHold() throws Exception {
    Profile profile = ProfileText.read("acme-meter", GOOD);

    assertThat(profile.description().name()).isEqualTo("acme-meter");
    assertThat(profile.description().outputs())
        .extracting("name")
        .containsExactly("voltage", "power");
    assertThat(profile.values().get(0).register().address()).isEqualTo(16);
    assertThat(profile.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(profile.limits()).isEqualTo(new Profile.Limits(125, 2000, 0));
    // MODBUS over Serial Line V1.02, 2.5.1 and 3.3: even parity and 19200 bit/s are the defaults.
    assertThat(profile.line())
        .isEqualTo(new SerialSettings(19_200, 8, SerialSettings.Parity.EVEN, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"uint16\"       | \"uint17\"       | values[0].type is one of bit, int16, uint16",
        "\"input\"        | \"inputs\"       | values[0].function is one of coil, discrete,"
            + " holding, input",
        "\"0x0010\"       | 70000            | values[0].address is a whole number from 0 to 65535",
        "\"0x0010\"       | \"0x0013\"       | overlaps",
        "\"scale\": 0.1   | \"scale\": 0     | values[0].scale is not 0",
        "\"scale\": 0.1   | \"skale\": 1     | values[0].skale means nothing; there may be"
            + " address,",
        "\"unit\": \"V\"  | \"unit\": \"W\"  | values[0].unit is one of V, mV, not 'W'",
        "\"voltage\", \"unit\" | \"volts\", \"unit\" | values[0].property is one of",
        "\"voltage\", \"function\" | \"power\", \"function\" | values[1] is called 'power', as"
            + " values[0] is",
        "\"source\"       | \"sauce\"        | sauce means nothing",
        "\"source\": \"Acme, manual 3, 4.2\", | '' | source is missing",
        "[                | {                | is no JSON",
        "\"values\"       | \"gap\": -1, \"values\" | gap is a whole number from 0 to 125",
        "\"values\"       | \"maxRegisters\": 1, \"values\" | maxRegisters is too small for"
            + " 'power'",
        "\"scale\": 0.1   | \"mask\": 0      | values[0].mask picks bits out",
        "\"scale\": 0.1   | \"kind\": \"truth\", \"offset\": 1 | values[0].scale is not 0, and only"
            + " for",
        "\"scale\": 0.1   | \"invalid\": [\"x\"] | values[0].invalid is a list of numbers",
        "\"scale\": 0.1   | \"order\": \"ACBD\" | values[0].order is one of ABCD, CDAB, BADC, DCBA",
        "\"scale\": 0.1   | \"kind\": \"category\" | values[0].words is an object of texts",
        "\"values\"       | \"line\": {\"parity\": \"mark\"}, \"values\" | line.parity is one of"
            + " none, even, odd",
      })
  void aMistakeIsSaidWithItsPlaceAndWhatIsAllowed(String there, String instead, String says) {
    String broken = GOOD.replace(there.strip(), instead.strip());

    assertThat(broken).as("control").isNotEqualTo(GOOD);
    assertThatThrownBy(() -> ProfileText.read("acme-meter", broken))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining(says);
  }

  @Test
  void overlappingRegistersOfDifferentMeaningAreNamed() {
    assertThatThrownBy(() -> ProfileText.read("acme-meter", GOOD.replace("\"0x0010\"", "19")))
        .hasMessage(
            "values[1] 'power' (input register 0x0012 to 0x0013, float32) overlaps values[0]"
                + " 'voltage' (input register 0x0013, uint16): one of the two has a wrong address"
                + " or type");
  }

  @Test
  void twoValuesMayShareTheBitsOfOneRegister() throws Exception {
    String bits =
        """
        { "title": "Acme", "source": "none", "values": [
          { "name": "flood", "function": "holding", "address": 1, "type": "uint16", "mask": "0x0001",
            "kind": "truth", "property": "flood" },
          { "name": "level", "function": "holding", "address": 1, "type": "uint16", "mask": "0xFF00",
            "property": "fill-level" } ] }
        """;

    Profile profile = ProfileText.read("acme", bits);

    assertThat(profile.plan()).containsExactly(new Block(Table.HOLDING, 1, 1));
    Register.Content level = profile.values().get(1).register().content(new byte[] {0x2A, 0x01});
    assertThat(level.number().orElseThrow()).isEqualByComparingTo("42");
  }

  @Test
  void aFileIsNamedInItsMistakes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("acme-meter.json");
    Files.writeString(file, GOOD.replace("float32", "float"));

    assertThatThrownBy(() -> Profiles.file(file.toString()))
        .hasMessageStartingWith(file + ": values[1].type is one of ");
    Files.writeString(file, GOOD);
    assertThat(Profiles.file(file.toString()).name()).isEqualTo("acme-meter");
    assertThatThrownBy(() -> Profiles.file(folder.resolve("gone.json").toString()))
        .hasMessageContaining("is it there");
    assertThatThrownBy(() -> Profiles.file("acme-meter.json")).hasMessageContaining("whole path");
  }

  @Test
  void anUnknownTypeIsAnsweredWithThoseThatThereAre() {
    assertThatThrownBy(() -> Profiles.named("sdm999"))
        .hasMessageContaining("sdm120, sdm630")
        .hasMessageContaining("write a profile");
  }
}

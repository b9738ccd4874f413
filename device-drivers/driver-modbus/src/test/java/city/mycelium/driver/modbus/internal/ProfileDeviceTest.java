package city.mycelium.driver.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileDeviceTest {

  @TempDir private Path folder;

  @Test
  void aDeviceThatRefusesGapsIsReadValueByValueFromThenOn() throws Exception {
    FakeUnit unit = new FakeUnit(); // it has no registers in between
    unit.put(4, 0, "43663334").put(4, 6, "3FC00000").put(4, 12, "43AC8000");
    unit.put(4, 0x48, "41480000 3E800000");
    Poll poll = connect(new ProfileDevice(Profiles.named("sdm120")), unit);

    poll.read(new Taken());
    assertThat(unit.asked)
        .containsExactly("4 0+14", "4 0+2", "4 6+2", "4 12+2", "4 72+2", "4 74+2");
    unit.asked.clear();
    Taken taken = new Taken();
    poll.read(taken);
    assertThat(unit.asked).hasSize(5);
    assertThat(taken.results).hasSize(5);
  }

  @Test
  void aDeviceThatRefusesLongReadsIsReadValueByValue() throws Exception {
    FakeUnit unit = new FakeUnit().put(3, 0, "0001 0002 0003");
    unit.refuseMoreThan = 1;
    Taken taken = new Taken();

    connect(three(""), unit).read(taken);

    assertThat(taken.results).containsEntry("c", new Result.Measurement(3));
  }

  @Test
  void aRegisterThatIsNotThereIsNamed() throws Exception {
    Poll poll = connect(three(""), new FakeUnit().put(3, 0, "0001 0002"));

    assertThatThrownBy(() -> poll.read(new Taken()))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CONFIG))
        .hasMessageContaining("has no holding register 0x0002")
        .hasMessageContaining("is it another model?");
  }

  @Test
  void whatTheDeviceCallsInvalidIsNoResult() throws Exception {
    FakeUnit unit = new FakeUnit().put(3, 0, "8000 0002 0003");
    ProfileDevice device = three(", \"invalid\": [\"0x8000\", 7]");
    Taken taken = new Taken();

    connect(device, unit).read(taken);
    assertThat(taken.results).containsOnlyKeys("b", "c");
    taken.results.clear();
    connect(device, unit.put(3, 0, "0007")).read(taken);
    assertThat(taken.results).as("a number as sentinel").containsOnlyKeys("b", "c");
  }

  @Test
  void aDeviceThatCallsEverythingInvalidIsNotWell() throws Exception {
    FakeUnit unit = new FakeUnit().put(3, 0, "8000 8000 8000");
    Poll poll = connect(three(", \"invalid\": [\"0x8000\"]"), unit);

    assertThatThrownBy(() -> poll.read(new Taken()))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT))
        .hasMessageContaining("is its probe connected?");
  }

  @Test
  void aCounterIsNeverNegative() throws Exception {
    ProfileDevice device = three(", \"kind\": \"counter\", \"offset\": -2");
    Taken taken = new Taken();

    connect(device, new FakeUnit().put(3, 0, "0002 0002 0003")).read(taken);
    assertThat(taken.results).as("control").containsEntry("a", new Result.Counter(0));
    assertThatThrownBy(
            () -> connect(device, new FakeUnit().put(3, 0, "0001 0002 0003")).read(new Taken()))
        .hasMessageContaining("its a (holding register 0x0000) is -1")
        .hasMessageContaining("byte order");
  }

  @Test
  void aCategoryIsOneOfItsWords() throws Exception {
    ProfileDevice device =
        three(", \"kind\": \"category\", \"words\": {\"0\": \"free\", \"10\": \"occupied\"}");
    Taken taken = new Taken();

    connect(device, new FakeUnit().put(3, 0, "000A 0002 0003")).read(taken);
    assertThat(taken.results).containsEntry("a", new Result.Category("occupied"));
    assertThatThrownBy(
            () -> connect(device, new FakeUnit().put(3, 0, "0005 0002 0003")).read(new Taken()))
        .hasMessageContaining("one of the words of its profile");
  }

  private ProfileDevice three(String more) throws Exception {
    String property =
        more.contains("counter")
            ? "vehicle-count"
            : more.contains("category") ? "parking-spot-status" : "voltage";
    String others = more.contains("invalid") ? more : "";
    Path file = folder.resolve("acme-three.json");
    Files.writeString(
        file,
        """
        { "title": "Acme", "source": "made up for this test", "values": [
          { "name": "a", "function": "holding", "address": 0, "type": "int16", "property": "%s" %s },
          { "name": "b", "function": "holding", "address": 1, "type": "int16", "property": "voltage" %s },
          { "name": "c", "function": "holding", "address": 2, "type": "int16", "property": "voltage" %s } ] }
        """
            .formatted(property, more, others, others));
    return new ProfileDevice(Profiles.file(file.toString()));
  }

  private static Poll connect(ProfileDevice device, ModbusUnit unit) throws DeviceException {
    return device.connect(unit, DeviceSettings.preset(device.description()));
  }
}

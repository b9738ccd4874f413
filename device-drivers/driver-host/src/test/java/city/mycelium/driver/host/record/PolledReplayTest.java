package city.mycelium.driver.host.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolledReplayTest {

  private static final DeviceId ROOF = new DeviceId("chip.roof");
  private static final DeviceDescription CHIP =
      DeviceDescription.of("chip", "a chip of no maker")
          .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS);

  private final List<RecordLine.Passed> record = new ArrayList<>();

  // What was read when the chip was connected is part of what it means.
  @Test
  void theDeviceIsConnectedAndReadAsOnSite() throws DeviceException {
    line(Way.OPENED, "");
    line(Way.SAID, "88");
    line(Way.HEARD, "0a"); // calibration: times ten
    line(Way.TURN, "");
    line(Way.SAID, "f7");
    line(Way.HEARD, "02");
    line(Way.TURN, "");
    line(Way.SAID, "f7");
    line(Way.HEARD, "03");

    assertThat(values()).containsExactly(20.0, 30.0);
  }

  @Test
  void aTurnThatFailedOnSiteFailsAgain() throws DeviceException {
    line(Way.OPENED, "");
    line(Way.SAID, "88");
    line(Way.HEARD, "0a");
    line(Way.TURN, "");
    line(Way.SAID, "f7");
    line(Way.FAILED, HexFormat.of().formatHex("no answer".getBytes(StandardCharsets.UTF_8)));
    line(Way.TURN, "");
    line(Way.SAID, "f7");
    line(Way.HEARD, "03");

    assertThat(values()).containsExactly(30.0);
  }

  // The file was full, or the power went.
  @Test
  void aRecordThatWasCutOffGivesWhatIsWhole() throws DeviceException {
    line(Way.OPENED, "");
    line(Way.SAID, "88");
    line(Way.HEARD, "0a");
    line(Way.TURN, "");
    line(Way.SAID, "f7");
    line(Way.HEARD, "02");
    line(Way.TURN, "");
    line(Way.SAID, "f7");

    assertThat(values()).containsExactly(20.0);
  }

  @Test
  void aDeviceThatCouldNotBeConnectedGivesNothing() throws DeviceException {
    line(Way.OPENED, "");
    line(Way.SAID, "88");
    line(Way.FAILED, "");

    assertThat(values()).isEmpty();
  }

  // Else a difference between the versions would pass for a silent device.
  @Test
  void codeThatSaysSomethingElseIsToldSo() {
    line(Way.OPENED, "");
    line(Way.SAID, "89");
    line(Way.HEARD, "0a");

    assertThatThrownBy(this::values)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("the record has SAID 89, but this code says 88");
  }

  private void line(Way way, String hex) {
    record.add(new RecordLine.Passed(record.size(), ROOF, way, hex));
  }

  private List<Double> values() throws DeviceException {
    Opening opening = new Opening("test", "chip", Duration.ofMinutes(1), Map.of(), false);
    return PolledReplay.run(ROOF, CHIP, opening, record, PolledReplayTest::connect).stream()
        .flatMap(set -> set.readings().stream())
        .map(reading -> ((Result.Measurement) reading.result()).value())
        .toList();
  }

  private static Poll connect(Script script) throws DeviceException {
    script.say(new byte[] {(byte) 0x88});
    int factor = script.hear()[0];
    return results -> {
      script.say(new byte[] {(byte) 0xf7});
      results.number("temperature", factor * script.hear()[0]);
    };
  }
}

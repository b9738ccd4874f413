package city.mycelium.driver.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModbusReplayTest {

  private static final DeviceId LOOP = new DeviceId("loop.1");
  private static final Opening OPENING =
      new Opening(
          "modbus", "proconel-ld120", Duration.ofSeconds(10), Map.of("unitId", "254"), false);

  private final List<RecordLine.Passed> record = new ArrayList<>();

  // Identity, two turns, the second of which failed on site: BuiltInProfilesTest says what it
  // means.
  @Test
  void whatWasHeardOnSiteIsHeardAgain() throws Exception {
    pass(Way.OPENED, OPENING.bytes());
    pass("0400000001", "04021222");
    turn("00010002");
    pass(Way.TURN, new byte[0]);
    pass(Way.SAID, HexFormat.of().parseHex("0200040002"));
    pass(Way.FAILED, "nobody answers".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    List<Replayer.Replayed> sets = new ModbusReplay().replay(LOOP, OPENING, record);

    assertThat(sets).hasSize(1);
    assertThat(sets.get(0).readings())
        .extracting(Reading::result)
        .containsExactly(new Result.Counter(65_538));
  }

  @Test
  void aProfileThatIsNotHereIsNamed() {
    Opening other =
        new Opening(
            "modbus",
            "acme",
            Duration.ofSeconds(10),
            Map.of("profile", "/nowhere/acme.json"),
            false);

    assertThatThrownBy(() -> new ModbusReplay().replay(LOOP, other, record))
        .hasMessageContaining("/nowhere/acme.json cannot be read");
  }

  private void turn(String counter) {
    pass(Way.TURN, new byte[0]);
    pass("0200040002", "020100");
    pass("0300090002", "0304" + counter);
  }

  private void pass(String said, String heard) {
    pass(Way.SAID, HexFormat.of().parseHex(said));
    pass(Way.HEARD, HexFormat.of().parseHex(heard));
  }

  private void pass(Way way, byte[] bytes) {
    record.add(
        new RecordLine.Passed(record.size() * 1000L, LOOP, way, HexFormat.of().formatHex(bytes)));
  }
}

package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.testkit.InMemoryJournal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LevelTest {

  private static final DeviceId CELLAR = new DeviceId("cellar.1");

  private final Level kind = new Level();
  private final FakeLines lines = new FakeLines();

  private Poll connect(Map<String, String> set) throws DeviceException {
    return kind.connect(
        new Gpio(CELLAR, lines, new PulseMemory(new InMemoryJournal().state(), CELLAR)),
        DeviceSettings.of(kind.description(), set));
  }

  private Map<String, Result> read(Poll poll) throws DeviceException {
    ResultSet results =
        new ResultSet(ResultSet.channels(CELLAR, kind.description(), Duration.ofSeconds(10)));
    poll.read(results);
    Map<String, Result> byName = new TreeMap<>();
    results.readings().forEach(r -> byName.put(r.channel().name(), r.result()));
    return byName;
  }

  @Test
  void aClosedContactIsTrue() throws DeviceException {
    Poll poll = connect(Map.of("line", "GPIO17"));
    assertThat(read(poll)).containsExactly(Map.entry("closed", new Result.Truth(false)));
    lines.isActive = true;

    assertThat(read(poll)).containsExactly(Map.entry("closed", new Result.Truth(true)));
  }

  @Test
  void aWaterDetectorTellsOfFlood() throws DeviceException {
    lines.isActive = true;

    assertThat(read(connect(Map.of("line", "GPIO17", "means", "flood"))))
        .containsExactly(Map.entry("flood", new Result.Truth(true)));
  }

  @Test
  void theLineIsGivenBack() throws DeviceException {
    connect(Map.of("line", "GPIO17")).close();

    assertThat(lines.isTaken()).isFalse();
  }

  @Test
  void anythingElseThatItShouldMeanIsRefused() {
    assertThatThrownBy(() -> connect(Map.of("line", "GPIO17", "means", "fire")))
        .hasMessageContaining("means is one of closed, flood");
    assertThat(lines.isTaken()).isFalse();
  }
}

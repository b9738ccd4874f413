package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.testkit.InMemoryJournal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PulsesTest {

  private static final DeviceId RAIN = new DeviceId("rain.roof");

  private final Pulses kind = new Pulses();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final CountingStore store = new CountingStore(journal.state());
  private final FakeLines lines = new FakeLines();
  private PulseMemory memory = new PulseMemory(store, RAIN);

  /** Counts the writes: flash wears out. */
  private static final class CountingStore implements StateStore {

    private final StateStore store;
    private int writes;

    CountingStore(StateStore store) {
      this.store = store;
    }

    @Override
    public Optional<byte[]> get(String component, String key) throws JournalException {
      return store.get(component, key);
    }

    @Override
    public List<Entry> scan(String component, String after, int limit) throws JournalException {
      return store.scan(component, after, limit);
    }

    @Override
    public CompletableFuture<Void> write(List<StateChange> changes) {
      writes++;
      return store.write(changes);
    }
  }

  private Poll connect(String... keysAndValues) throws DeviceException {
    Map<String, String> set = new LinkedHashMap<>(Map.of("line", "GPIO17"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      set.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return kind.connect(new Gpio(RAIN, lines, memory), DeviceSettings.of(kind.description(), set));
  }

  private Map<String, Result> read(Poll poll) throws DeviceException {
    ResultSet results =
        new ResultSet(ResultSet.channels(RAIN, kind.description(), Duration.ofMinutes(1)));
    poll.read(results);
    Map<String, Result> byName = new LinkedHashMap<>();
    for (Reading reading : results.readings()) {
      byName.put(reading.channel().name(), reading.result());
    }
    return byName;
  }

  private void killed() {
    memory = new PulseMemory(store, RAIN);
    lines.isGone = false;
  }

  private static Result counter(long value) {
    return new Result.Counter(value);
  }

  private static Result number(double value) {
    return new Result.Measurement(value);
  }

  @Test
  void pulsesAreToldAsATotal() throws DeviceException {
    Poll poll = connect();
    lines.pulses(3, 0, 1000);

    assertThat(read(poll)).containsExactly(Map.entry("pulses", counter(3)));
    lines.pulses(2, 5000, 1000);
    assertThat(read(poll)).containsExactly(Map.entry("pulses", counter(5)));
  }

  // A gauge that says nothing may be broken; one that says that nothing fell is not.
  @Test
  void noPulsesAreTold() throws DeviceException {
    assertThat(read(connect("millimetresPerPulse", "0.2")))
        .containsExactly(Map.entry("pulses", counter(0)), Map.entry("rain", number(0)));
  }

  // 3 tips of 0.2 mm are 0.6 mm, which 3 * 0.2 in binary is not.
  @Test
  void rainIsWhatFellSinceItWasToldLast() throws DeviceException {
    Poll poll = connect("millimetresPerPulse", "0.2");
    lines.pulses(3, 0, 1000);
    assertThat(read(poll)).containsEntry("rain", number(0.6));
    lines.pulses(1, 9000, 1000);

    assertThat(read(poll)).containsEntry("rain", number(0.2)).containsEntry("pulses", counter(4));
  }

  // S0 with 800 pulses for a kilowatt hour: 1.25 W.h each, and no rounding adds up.
  @Test
  void energyIsATotalInWattHours() throws DeviceException {
    Poll poll = connect("pulsesPerKilowattHour", "800", "startAt", "8000");
    lines.pulses(3, 0, 1000);

    assertThat(read(poll)).containsEntry("energy-import", counter(10_003)); // 10003.75
    lines.pulses(1, 9000, 1000);
    assertThat(read(poll)).containsEntry("energy-import", counter(10_005)); // 10005.0
  }

  @Test
  void energyMayFlowBack() throws DeviceException {
    assertThat(read(connect("pulsesPerKilowattHour", "1000", "energyFlow", "export")))
        .containsKey("energy-export")
        .doesNotContainKey("energy-import");
    assertThat(kind.description().outputs())
        .anyMatch(o -> o.name().equals("energy-export") && o.unit() == Unit.WATT_HOUR);
  }

  @Test
  void axlesBecomeVehicles() throws DeviceException {
    Poll poll = connect("pulsesPerVehicle", "2");
    lines.pulses(7, 0, 100);

    assertThat(read(poll)).containsEntry("vehicles", counter(3));
  }

  @Test
  void aPulseStandsForOneThingOnly() {
    assertThatThrownBy(() -> connect("millimetresPerPulse", "0.2", "pulsesPerVehicle", "2"))
        .hasMessageContaining("set only one of");
    assertThat(lines.isTaken()).isFalse();
  }

  @Test
  void theCountGoesOnAfterTheGatewayWasKilled() throws DeviceException {
    Poll poll = connect("millimetresPerPulse", "0.2");
    lines.pulses(3, 0, 1000);
    read(poll);
    lines.pulses(2, 5000, 1000); // lost with the process: as much as comes in one interval
    lines.release(); // the kernel closes what a dead process had open
    killed();
    Poll after = connect("millimetresPerPulse", "0.2");
    lines.pulse(0);

    assertThat(read(after)).containsEntry("pulses", counter(4)).containsEntry("rain", number(0.2));
  }

  // What was counted is written before it is told: a total never goes back, which would look like a
  // meter that began anew.
  @Test
  void nothingIsToldThatIsNotSafe() throws DeviceException {
    Poll poll = connect();
    lines.pulses(3, 0, 1000);
    journal.setFull(true);

    assertThatThrownBy(() -> read(poll))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.STALE))
        .hasMessageContaining("it goes on being counted");
    lines.pulses(1, 9000, 1000);
    journal.setFull(false);
    assertThat(read(poll)).containsEntry("pulses", counter(4));
  }

  @Test
  void aStopInGoodOrderLosesNothing() throws DeviceException {
    Poll poll = connect("millimetresPerPulse", "0.2");
    lines.pulses(3, 0, 1000);
    read(poll);
    lines.pulses(2, 5000, 1000);
    poll.close();
    killed();

    assertThat(read(connect("millimetresPerPulse", "0.2")))
        .containsEntry("pulses", counter(5))
        .containsEntry("rain", number(0.4));
  }

  @Test
  void theFlashIsWrittenOncePerReadingAtMost() throws DeviceException {
    Poll poll = connect();
    lines.pulses(500, 0, 10);
    read(poll);
    assertThat(store.writes).isEqualTo(1);

    read(poll);
    read(poll);
    assertThat(store.writes).as("nothing came").isEqualTo(1);
  }

  // The kernel keeps 1024 events of a line; their numbers tell of the others.
  @Test
  void moreEdgesThanTheKernelKeepsAreCountedAndTold() throws DeviceException {
    Poll poll = connect();
    lines.pulses(1500, 0, 10);

    assertThat(read(poll))
        .containsExactly(
            Map.entry("pulses", counter(1500)), Map.entry("edges-unseen", number(476)));
    lines.pulse(20_000);
    assertThat(read(poll)).containsExactly(Map.entry("pulses", counter(1501)));
  }

  @Test
  void theLineIsAskedForAsItIsSet() throws DeviceException {
    connect("debounceMillis", "30", "active", "high", "bias", "pull-down", "chip", "pinctrl-rp1");

    assertThat(lines.requests)
        .containsExactly(
            new LineRequest(
                "pinctrl-rp1",
                "GPIO17",
                "mycelium:rain.roof",
                false,
                LineRequest.Bias.PULL_DOWN,
                true,
                30_000));
  }

  @Test
  void anExpanderThatWasUnpluggedCountsOnWhenItIsBack() throws DeviceException {
    Poll poll = connect();
    lines.pulses(3, 0, 1000);
    read(poll);
    lines.isGone = true;
    assertThatThrownBy(() -> read(poll)).hasMessageContaining("gone");
    poll.close();
    lines.isGone = false;
    Poll after = connect();
    lines.pulse(0);

    assertThat(read(after)).containsEntry("pulses", counter(4));
  }

  // The old connection of a device that is configured anew counts until it is closed.
  @Test
  void aNewConnectionWaitsForTheOldOne() throws DeviceException {
    Poll old = connect();
    lines.pulses(3, 0, 1000);
    PulseMemory another = new PulseMemory(store, RAIN);
    memory = another;

    assertThatThrownBy(() -> connect()).hasMessageContaining("not been given back");
    old.close();
    assertThat(read(connect())).containsEntry("pulses", counter(3));
  }

  @Test
  void whatIsKeptAndCannotBeReadIsNotTakenForZero() throws DeviceException {
    store.write(List.of(StateChange.put("sysfs.pulses", RAIN.value(), new byte[3]))).join();

    assertThatThrownBy(() -> connect())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CONFIG))
        .hasMessageContaining("startAt");
    assertThat(lines.isTaken()).isFalse();
  }
}

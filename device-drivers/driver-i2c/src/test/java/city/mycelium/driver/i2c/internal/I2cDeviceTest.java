package city.mycelium.driver.i2c.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.internal.PollingHost;
import city.mycelium.driver.i2c.internal.bus.Buses;
import city.mycelium.driver.i2c.internal.bus.Errno;
import city.mycelium.driver.i2c.internal.bus.FakeBus;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
import city.mycelium.driver.i2c.internal.bus.TapLog;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a configuration to Readings, and what a wrong one becomes. */
class I2cDeviceTest {

  private static final DeviceId FRONT = new DeviceId("air.front");
  private static final DeviceId BACK = new DeviceId("air.back");
  private static final String BUS = "/dev/i2c-99";

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler hosting = new HandScheduler(clock);
  private final HandScheduler waiting = new HandScheduler(clock);
  private final RecordingBoard board = new RecordingBoard();
  private final RecordingIntake intake = new RecordingIntake();
  private final FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
  private final Buses buses = new Buses(linux);
  private final ChipCatalogue catalogue = new ChipCatalogue();
  private final TapLog tap = new TapLog();
  private final TestChip chip = new TestChip("thermo", 0x48, 0x49);
  private final PollingHost host =
      new PollingHost(intake, clock, hosting, Runnable::run, board, tap);

  private I2cDevice begin(I2cSettings settings) {
    I2cDevice device =
        new I2cDevice(
            settings,
            catalogue,
            buses,
            host,
            board,
            clock,
            name -> waiting,
            () -> tap,
            new FaultSentences());
    device.begin();
    return device;
  }

  private static I2cSettings front(String bus, String address) {
    return new I2cSettings(FRONT, bus, address, "thermo", 0, Map.of());
  }

  private static I2cSettings back(String bus, String address) {
    return new I2cSettings(BACK, bus, address, "thermo", 0, Map.of());
  }

  private String said(DeviceId device) {
    return String.join("\n", board.lines(device));
  }

  @Test
  void aChipIsReadAtItsUsualAddressInTheIntervalOfItsKind() {
    catalogue.addChip(chip);
    linux.root.chip(0x48).registers[0] = 21;

    begin(front(BUS, ""));
    assertThat(linux.opened()).as("nothing is opened by the configuration itself").isZero();
    hosting.pass(Duration.ofMinutes(5));

    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);
    assertThat(intake.readings())
        .hasSize(6) // at once, and at each of five minutes
        .allSatisfy(r -> assertThat(r.result()).isEqualTo(new Result.Measurement(21)));
    assertThat(linux.opened()).isEqualTo(1);
  }

  @Test
  void itIsReadAtTheAddressAndAsOftenAsConfigured() {
    catalogue.addChip(chip);
    linux.root.chip(0x49).registers[0] = 21;

    begin(new I2cSettings(FRONT, BUS, " 0x49 ", "thermo", 10, Map.of("offset", "-1.5")));
    hosting.pass(Duration.ofSeconds(30));

    assertThat(intake.readings())
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.result()).isEqualTo(new Result.Measurement(19.5)));
  }

  @Test
  void whatComesBackIsReadAgain() {
    catalogue.addChip(chip);
    begin(front(BUS, ""));
    hosting.pass(Duration.ofSeconds(10));
    assertThat(said(FRONT)).startsWith("UNREACHABLE nothing answers at 0x48");
    linux.root.chip(0x48);

    hosting.pass(Duration.ofMinutes(10));

    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);
  }

  @Test
  void aDeviceThatLeavesClosesItsBusAndItsPlace() {
    catalogue.addChip(chip);
    linux.root.chip(0x48);
    I2cDevice device = begin(front(BUS, ""));
    hosting.pass(Duration.ofSeconds(1));
    assertThat(linux.isOpen()).isTrue();

    device.close();
    hosting.runDue();

    assertThat(linux.isOpen()).isFalse();
    assertThat(board.isServed(FRONT)).isFalse();
    begin(back(BUS, ""));
    hosting.pass(Duration.ofSeconds(10));
    assertThat(board.state(BACK)).isEqualTo(DeviceState.OK);
  }

  // The component of a changed configuration comes before the host's thread has run.
  @Test
  void aDeviceThatIsConfiguredAnewIsTakenAtOnce() {
    catalogue.addChip(chip);
    linux.root.chip(0x48);
    linux.root.chip(0x49).registers[0] = 5;
    I2cDevice before = begin(front(BUS, "0x48"));
    hosting.pass(Duration.ofSeconds(1));

    before.close();
    begin(front(BUS, "0x49"));
    hosting.pass(Duration.ofSeconds(10));

    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);
    assertThat(intake.readings()).last().extracting("result").isEqualTo(new Result.Measurement(5));
  }

  // --- bad configurations

  @Test
  void twoDevicesAtOneAddressAreToldOfEachOther() {
    catalogue.addChip(chip);
    linux.root.chip(0x48);
    I2cDevice first = begin(front(BUS, "0x48"));
    hosting.pass(Duration.ofSeconds(1));
    begin(back(BUS, "72"));
    hosting.pass(Duration.ofSeconds(10));

    assertThat(said(BACK))
        .isEqualTo(
            "CONFIG air.front is configured at 0x48 of the same bus: give one of them another"
                + " address, bus or channel");
    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);

    first.close();
    hosting.pass(Duration.ofMinutes(10));
    assertThat(board.state(BACK)).isEqualTo(DeviceState.OK);
  }

  @Test
  void anAddressThatTheKindCannotHaveIsRefusedWithThoseThatItCan() {
    catalogue.addChip(chip);

    begin(front(BUS, "0x76"));
    begin(back(BUS, "front"));
    hosting.pass(Duration.ofSeconds(10));

    assertThat(said(FRONT))
        .isEqualTo("CONFIG a thermo cannot be at address '0x76': it is at 0x48 or 0x49");
    assertThat(said(BACK)).contains("CONFIG a thermo cannot be at address 'front'");
    assertThat(linux.log).isEmpty();
  }

  @Test
  void aBusThatIsNoneIsRefused() {
    catalogue.addChip(chip);

    begin(front("i2c-1", ""));
    hosting.pass(Duration.ofSeconds(1));

    assertThat(said(FRONT)).startsWith("CONFIG 'i2c-1' is no bus: say /dev/i2c-1");
  }

  @Test
  void anOptionOrAnIntervalThatCannotBeIsRefused() {
    catalogue.addChip(chip);

    begin(new I2cSettings(FRONT, BUS, "", "thermo", 0, Map.of("ofset", "1")));
    begin(new I2cSettings(BACK, BUS, "", "thermo", -5, Map.of()));
    hosting.pass(Duration.ofSeconds(10));

    assertThat(said(FRONT)).isEqualTo("CONFIG a thermo does not take ofset; it takes offset");
    assertThat(said(BACK)).startsWith("CONFIG intervalSeconds is a number of seconds");
  }

  @Test
  void aKindThatNobodyKnowsIsSaidAfterAWhile() {
    catalogue.addChip(new TestChip("sht4x", 0x44));
    catalogue.addChip(new TestChip("bme280", 0x76));
    begin(front(BUS, ""));
    assertThat(board.isServed(FRONT)).isTrue();

    waiting.pass(I2cDevice.GRACE.minusMillis(1));
    assertThat(board.lines(FRONT)).as("its bundle may still start").isEmpty();
    waiting.pass(Duration.ofMillis(1));

    assertThat(said(FRONT))
        .isEqualTo(
            "CONFIG no kind of I2C device is called 'thermo': choose one of bme280, sht4x, or"
                + " install the bundle that brings it");
  }

  @Test
  void aKindThatArrivesLaterStartsThenAndOneThatGoesIsWaitedFor() {
    linux.root.chip(0x48);
    begin(front(BUS, ""));
    waiting.runDue();

    catalogue.addChip(chip);
    hosting.pass(Duration.ofSeconds(1));
    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);
    int before = intake.readings().size();

    catalogue.removeChip(chip);
    hosting.pass(Duration.ofMinutes(5));
    assertThat(intake.readings()).hasSize(before);
    assertThat(board.isServed(FRONT)).as("it is still in sight").isTrue();
    assertThat(linux.isOpen()).isFalse();
  }

  // --- what a record sees

  @Test
  void theTapSeesTheOpeningAndEachTurn() {
    catalogue.addChip(chip);
    linux.root.chip(0x48).registers[0] = 21;

    begin(front(BUS, ""));
    hosting.pass(Duration.ofSeconds(60));

    assertThat(tap.lines)
        .containsExactly(
            "OPENED",
            "SAID [-48]",
            "HEARD [0]",
            "TURN",
            "SAID [0]",
            "HEARD [21]",
            "TURN",
            "SAID [0]",
            "HEARD [21]");
  }

  // A record that begins later needs the opening too: calibration is read there.
  @Test
  void aTapThatOpensLaterSeesTheDeviceConnectedAnew() {
    catalogue.addChip(chip);
    linux.root.chip(0x48);
    tap.open = false;
    begin(front(BUS, ""));
    hosting.pass(Duration.ofSeconds(59));
    assertThat(tap.lines).isEmpty();

    tap.open = true;
    hosting.pass(Duration.ofSeconds(1));

    assertThat(tap.lines).startsWith("OPENED", "SAID [-48]", "HEARD [0]", "TURN");
  }

  // One device after the other on a bus that hangs, and after it.
  @Test
  void aBusThatHangsIsOpenedAnewForAllOnIt() {
    catalogue.addChip(chip);
    linux.root.chip(0x48);
    linux.root.chip(0x49);
    begin(front(BUS, "0x48"));
    begin(back(BUS, "0x49"));
    linux.failAlways(Errno.ETIMEDOUT);
    hosting.pass(Duration.ofMinutes(1));
    assertThat(said(FRONT)).contains("UNREACHABLE the bus /dev/i2c-99 hangs");
    assertThat(said(BACK)).contains("UNREACHABLE the bus /dev/i2c-99 hangs");

    linux.failAlways(0);
    hosting.pass(Duration.ofMinutes(10));

    assertThat(board.state(FRONT)).isEqualTo(DeviceState.OK);
    assertThat(board.state(BACK)).isEqualTo(DeviceState.OK);
    assertThat(linux.opened()).isGreaterThan(2);
  }

  @Test
  void whatIsNeitherOursNorOsgisIsAnOptionOfTheKind() {
    assertThat(
            I2cSettings.options(
                Map.of(
                    "bus",
                    BUS,
                    "deviceId",
                    "air.front",
                    "service.pid",
                    "city.mycelium.driver.i2c~front",
                    ":configurator:feature-id",
                    "x",
                    "shuntMilliohms",
                    2L,
                    "offset",
                    -1.5)))
        .containsOnly(Map.entry("shuntMilliohms", "2"), Map.entry("offset", "-1.5"));
  }
}

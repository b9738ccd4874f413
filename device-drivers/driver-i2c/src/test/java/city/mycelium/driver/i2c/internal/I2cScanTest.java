package city.mycelium.driver.i2c.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.CommandException;
import city.mycelium.driver.i2c.internal.bus.BusPath;
import city.mycelium.driver.i2c.internal.bus.Buses;
import city.mycelium.driver.i2c.internal.bus.Errno;
import city.mycelium.driver.i2c.internal.bus.FakeBus;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
import city.mycelium.driver.i2c.internal.bus.Seats.Seat;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class I2cScanTest {

  private static final String BUS = "/dev/i2c-99";

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final ChipCatalogue catalogue = new ChipCatalogue();

  @BeforeEach
  void kinds() {
    catalogue.addChip(new TestChip("bme280", 0x76, 0x77));
    catalogue.addChip(new TestChip("bmp280", 0x76, 0x77));
    catalogue.addChip(new TestChip("sht4x", 0x44));
  }

  private I2cScan scan(FakeBus linux, Buses buses) {
    return new I2cScan(buses, () -> "a fake", catalogue, new FaultSentences(), clock);
  }

  private I2cScan scan(FakeBus linux) {
    return scan(linux, new Buses(linux));
  }

  private static Map<String, Object> row(
      String address, String state, String device, String mayBe) {
    return Map.of("address", address, "state", state, "device", device, "mayBe", mayBe);
  }

  @Test
  void itSaysWhoAnswersAndWhatItMayBe() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.root.chip(0x44);
    linux.root.chip(0x08);
    linux.root.chip(0x76);

    Map<String, Object> answer = scan(linux).run(BUS);

    assertThat(answer)
        .containsEntry("bus", BUS)
        .containsEntry("speaks", "plain I2C and SMBus")
        .containsEntry("through", "a fake")
        .containsEntry(
            "found",
            List.of(
                row("0x08", "answers", "", ""),
                row("0x44", "answers", "", "sht4x"),
                row("0x76", "answers", "", "bme280, bmp280, tca9548a (multiplexer)")));
    assertThat(linux.isOpen()).as("it leaves nothing open").isFalse();
  }

  // i2cdetect(8): an address alone spoils some memories, a read makes others hold the bus.
  @Test
  void memoriesAreAskedByAReadAndOthersByTheirAddressAlone() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);

    scan(linux).run(BUS);

    assertThat(linux.log)
        .hasSize(0x77 - 0x08 + 1)
        .contains("BYTE reads 0x30 0 x1", "BYTE reads 0x57 0 x1", "BYTE reads 0x5f 0 x1")
        .contains(
            "QUICK writes 0x08", "QUICK writes 0x2f", "QUICK writes 0x38", "QUICK writes 0x60");
  }

  @Test
  void whereTheAddressAloneCannotBeSentItIsARead() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI & ~0x0001_0000);
    linux.root.chip(0x76);

    assertThat((List<?>) scan(linux).run(BUS).get("found")).hasSize(1);
    assertThat(linux.log).noneMatch(line -> line.startsWith("QUICK"));
  }

  @Test
  void whoIsConfiguredIsNamedAndLeftInPeace() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    Buses buses = new Buses(linux);
    BusPath bus = BusPath.parse(BUS);
    buses.seats().take(new Seat(bus.root(), bus.way(), 0x44, "air.front"));

    Map<String, Object> answer = scan(linux, buses).run(BUS);

    assertThat(answer)
        .containsEntry(
            "found", List.of(row("0x44", "configured, not asked now", "air.front", "sht4x")));
    assertThat(linux.log).noneMatch(line -> line.contains("0x44"));
  }

  @Test
  void whatTheKernelHasIsSaidToBeItsOwn() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.root.chip(0x76);
    linux.failClaim(0x76, Errno.EBUSY);

    assertThat(scan(linux).run(BUS))
        .containsEntry(
            "found",
            List.of(
                row(
                    "0x76",
                    "has a driver in the kernel",
                    "",
                    "bme280, bmp280, tca9548a (multiplexer)")));
  }

  @Test
  void behindAMultiplexerItLooksThere() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.root.mux(0x70).channel(3).chip(0x44);
    linux.root.mux(0x70).channel(4).chip(0x45);

    assertThat(scan(linux).run(BUS + "/mux@0x70/3"))
        .containsEntry(
            "found",
            List.of(
                row("0x44", "answers", "", "sht4x"),
                row("0x70", "multiplexer on the way", "", "tca9548a (multiplexer)")));
  }

  // A hundred addresses of a second each would keep everybody waiting.
  @Test
  void aBusThatHangsIsGivenUpAfterSeconds() {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.slow(() -> clock.leap(Duration.ofSeconds(1)));
    linux.failAlways(Errno.ETIMEDOUT);

    assertThatThrownBy(() -> scan(linux).run(BUS))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("the bus /dev/i2c-99 hangs");
    assertThat(linux.log).hasSizeLessThan(10);
  }

  // A CP2112 says so of an address without a chip, and at once.
  @Test
  void anAdapterThatSaysTimedOutForNobodyIsScannedToItsEnd() throws CommandException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failAlways(Errno.ETIMEDOUT);

    assertThat(scan(linux).run(BUS)).containsEntry("found", List.of());
  }

  @Test
  void aBusThatIsNotThereOrNoneIsSaid() {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failOpening(Errno.ENOENT);

    assertThatThrownBy(() -> scan(linux).run(BUS))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("raspi-config");
    assertThatThrownBy(() -> scan(linux).run("1")).hasMessageContaining("is no bus");
  }
}

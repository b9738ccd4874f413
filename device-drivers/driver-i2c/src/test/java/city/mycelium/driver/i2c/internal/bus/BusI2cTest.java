package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The means, and the sentences error by error. */
class BusI2cTest {

  private static final DeviceId DEVICE = new DeviceId("air.front");
  private static final BusPath BUS = BusPath.parse("/dev/i2c-1");

  @TempDir private Path sysfs;
  private final List<Duration> pauses = new ArrayList<>();

  private BusI2c on(FakeBus linux, BusPath where) {
    return on(linux, where, FrameTap.NOBODY);
  }

  private BusI2c on(FakeBus linux, BusPath where, FrameTap tap) {
    return new BusI2c(
        new RootBus(where.root().toString(), linux, Duration.ofSeconds(60)),
        where,
        0x44,
        DEVICE,
        () -> tap,
        pauses::add,
        new FaultSentences(sysfs, "mycelium"));
  }

  private static DeviceException failure(ThrowingCallable call) {
    return catchThrowableOfType(DeviceException.class, call);
  }

  // --- means

  @Test
  void aPlainBusDoesEverythingInOneTransfer() throws DeviceException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.root.chip(0x44).registers[0x10] = 0xAB;
    BusI2c chip = on(linux, BUS);

    chip.write(0x24, 0x0B);
    chip.writeRegister(0x20, 0x7F);
    assertThat(chip.writeRead(new int[] {0x10}, 2)).containsExactly(0xAB, 0);
    assertThat(chip.readRegisters(0x20, 40)).hasSize(40).startsWith(0x7F);
    chip.read(3);

    assertThat(linux.log)
        .containsExactly(
            "plain 0x44 [36, 11]",
            "plain 0x44 [32, 127]",
            "plain 0x44 [16] x2",
            "plain 0x44 [32] x40",
            "plain 0x44 x3");
  }

  // Each is the same on the wire (Documentation/i2c/smbus-protocol.rst).
  @Test
  void anSmbusControllerDoesWhatIsSmbusOnTheWire() throws DeviceException {
    FakeBus linux = new FakeBus(FakeBus.STUB);
    linux.root.chip(0x44);
    BusI2c chip = on(linux, BUS);

    chip.write(0x10);
    chip.writeRegister(0x20, 0x7F);
    chip.write(0x05, 0x12, 0x34);
    chip.write(1, 2, 3, 4);
    chip.read(1);
    chip.writeRead(new int[] {0x20}, 1);
    chip.writeRead(new int[] {0x05}, 2);
    chip.writeRead(new int[] {0x20}, 8);

    assertThat(linux.log)
        .containsExactly(
            "BYTE writes 0x44 16",
            "BYTE_DATA writes 0x44 32 [127]",
            "WORD_DATA writes 0x44 5 [18, 52]",
            "I2C_BLOCK_DATA writes 0x44 1 [2, 3, 4]",
            "BYTE reads 0x44 0 x1",
            "BYTE_DATA reads 0x44 32 x1",
            "WORD_DATA reads 0x44 5 x2",
            "I2C_BLOCK_DATA reads 0x44 32 x8");
  }

  // A block has 32 bytes at most (linux/i2c.h, I2C_SMBUS_BLOCK_MAX).
  @Test
  void registersAreReadInBlocks() throws DeviceException {
    FakeBus linux = new FakeBus(FakeBus.STUB);
    FakeBus.Chip inside = linux.root.chip(0x44);
    inside.registers[0x88] = 1;
    inside.registers[0x88 + 39] = 2;

    int[] read = on(linux, BUS).readRegisters(0x88, 40);

    assertThat(read).hasSize(40).startsWith(1).endsWith(2);
    assertThat(linux.log)
        .containsExactly("I2C_BLOCK_DATA reads 0x44 136 x32", "I2C_BLOCK_DATA reads 0x44 168 x8");
  }

  @Test
  void withoutBlocksRegistersAreReadOneByOne() throws DeviceException {
    FakeBus linux = new FakeBus(Functions.READ_BYTE_DATA);
    linux.root.chip(0x44).registers[0xD1] = 9;

    assertThat(on(linux, BUS).readRegisters(0xD0, 2)).containsExactly(0, 9);
    assertThat(linux.log)
        .containsExactly("BYTE_DATA reads 0x44 208 x1", "BYTE_DATA reads 0x44 209 x1");
  }

  @Test
  void whatAnSmbusControllerCannotDoIsAMatterOfConfiguration() throws IOException {
    Path adapter = Files.createDirectories(sysfs.resolve("bus/i2c/devices/i2c-1"));
    Files.writeString(adapter.resolve("name"), "SMBus I801 adapter at efa0\n");
    BusI2c chip = on(new FakeBus(FakeBus.STUB), BUS);

    DeviceException read = failure(() -> chip.read(6));

    assertThat(read.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(read)
        .hasMessage(
            "/dev/i2c-1 (SMBus I801 adapter at efa0) is an SMBus controller and cannot do a plain"
                + " read of 6 bytes, which the chip at 0x44 needs: connect the chip to a bus that"
                + " takes plain I2C, such as a Raspberry Pi's or a USB adapter's");
    assertThat(failure(() -> chip.write(new int[40])).state()).isEqualTo(DeviceState.CONFIG);
    assertThat(failure(() -> chip.writeRead(new int[] {0xE0, 0}, 3)).state())
        .isEqualTo(DeviceState.CONFIG);
  }

  // --- sentences

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENXIO, Errno.EREMOTEIO, Errno.ENODEV})
  void whoDoesNotAcknowledgeIsUnreachable(int errno) {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failNext(errno);

    DeviceException e = failure(() -> on(linux, BUS).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE);
    assertThat(e)
        .hasMessage(
            "nothing answers at 0x44 on /dev/i2c-1: check power, SDA, SCL and the address; `mycelium"
                + " i2c scan --bus /dev/i2c-1` shows who is there");
  }

  @ParameterizedTest
  @CsvSource({
    "110, UNREACHABLE, the bus /dev/i2c-1 hangs: a device holds SDA or SCL low",
    "16,  UNREACHABLE, the bus /dev/i2c-1 hangs",
    "11,  UNREACHABLE, arbitration lost",
    "5,   UNREACHABLE, failed (EIO): check power",
    "95,  CONFIG,      does not do a transfer that the chip at 0x44 needs",
    "71,  CORRUPT,     was incomplete (EPROTO)",
    "74,  CORRUPT,     was incomplete (EBADMSG)",
    "108, UNREACHABLE, the bus /dev/i2c-1 is gone",
    "99,  UNREACHABLE, failed (errno 99)"
  })
  void eachErrorOfATransferHasItsSentence(int errno, DeviceState state, String sentence) {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failNext(errno);

    DeviceException e = failure(() -> on(linux, BUS).read(1));

    assertThat(e.state()).isEqualTo(state);
    assertThat(e).hasMessageContaining(sentence);
  }

  @Test
  void aBusThatIsNotThereIsSaidWithHowToSwitchItOn() {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failOpening(Errno.ENOENT);

    DeviceException e = failure(() -> on(linux, BUS).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE);
    assertThat(e)
        .hasMessageContaining("the bus /dev/i2c-1 is not there")
        .hasMessageContaining("`sudo raspi-config nonint do_i2c 0`")
        .hasMessageContaining("dtparam=i2c_arm=on");
  }

  // The group is that of the file, here one of this machine's own.
  @Test
  void aMissingPermissionIsSaidWithTheCommandThatGivesIt() throws IOException {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failOpening(Errno.EACCES);

    DeviceException e = failure(() -> on(linux, BusPath.parse("/dev/i2c-77")).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(e)
        .hasMessage(
            "the user mycelium may not open /dev/i2c-77: `sudo usermod -aG i2c mycelium`, then start"
                + " the gateway anew");
  }

  @Test
  void aFileThatIsNoBusIsAMatterOfConfiguration() {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failOpening(Errno.ENOTTY);

    DeviceException e = failure(() -> on(linux, BUS).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(e).hasMessageContaining("is no I2C bus").hasMessageContaining("`ls /dev/i2c-*`");
  }

  @Test
  void anAddressThatTheKernelHasIsSaidWithTheDriver() throws IOException {
    Path client = Files.createDirectories(sysfs.resolve("bus/i2c/devices/1-0044"));
    Path driver = Files.createDirectories(sysfs.resolve("bus/i2c/drivers/sht3x"));
    Files.createSymbolicLink(client.resolve("driver"), driver);
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.root.chip(0x44);
    linux.failClaim(0x44, Errno.EBUSY);

    DeviceException e = failure(() -> on(linux, BUS).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(e)
        .hasMessageContaining("the kernel's driver sht3x has the chip at 0x44 on /dev/i2c-1")
        .hasMessageContaining("`echo 1-0044 | sudo tee /sys/bus/i2c/drivers/sht3x/unbind`");
    assertThat(linux.log).as("nothing was said to it").isEmpty();
  }

  @Test
  void aMultiplexerThatDoesNotAnswerIsSaidToBeTheOne() {
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);

    DeviceException e = failure(() -> on(linux, BusPath.parse("/dev/i2c-1/mux@0x71/2")).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE);
    assertThat(e)
        .hasMessageContaining("no multiplexer answers at 0x71 on the way /dev/i2c-1/mux@0x71/2");
  }

  @Test
  void aMultiplexerThatTheKernelDrivesIsSaidWithItsBuses() throws IOException {
    Files.createDirectories(sysfs.resolve("bus/i2c/devices/1-0071"));
    FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
    linux.failClaim(0x71, Errno.EBUSY);

    DeviceException e = failure(() -> on(linux, BusPath.parse("/dev/i2c-1/mux@0x71/2")).read(1));

    assertThat(e.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(e).hasMessageContaining("/sys/bus/i2c/devices/1-0071/channel-*");
  }

  @Test
  void withoutANativeLibraryItIsSaidWhy() {
    BusI2c chip =
        new BusI2c(
            new RootBus(
                "/dev/i2c-1",
                path -> {
                  throw BusFault.of(BusFault.Step.NATIVE, "neither loads");
                },
                Duration.ofSeconds(60)),
            BUS,
            0x44,
            DEVICE,
            () -> FrameTap.NOBODY,
            pauses::add,
            new FaultSentences(sysfs, "mycelium"));

    DeviceException e = failure(() -> chip.read(1));

    assertThat(e.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(e).hasMessageContaining("neither loads");
  }

  // --- pauses, limits, taps

  @Test
  void aPauseIsBoundedAndKeepsNobodyFromTheBus() throws DeviceException {
    BusI2c chip = on(new FakeBus(FakeBus.RASPBERRY_PI), BUS);

    chip.pause(Duration.ofSeconds(2));

    assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    assertThatThrownBy(() -> chip.pause(Duration.ofMillis(2_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoByteIsADefectOfTheChipsClass() {
    BusI2c chip = on(new FakeBus(FakeBus.RASPBERRY_PI), BUS);

    assertThatThrownBy(() -> chip.write(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chip.write()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chip.read(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chip.readRegisters(0xF7, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // By whatever means: a record is replayed without any.
  @ParameterizedTest
  @ValueSource(ints = {FakeBus.RASPBERRY_PI, FakeBus.STUB})
  void theTapSeesWhatTheChipSaw(int functions) throws DeviceException {
    FakeBus linux = new FakeBus(functions);
    linux.root.chip(0x44).registers[0x20] = 0xC8;
    TapLog tap = new TapLog();
    BusI2c chip = on(linux, BUS, tap);

    chip.readRegisters(0x20, 2);
    chip.writeRegister(0x21, 0x7F);
    linux.root.unplug(0x44);
    failure(() -> chip.read(1));

    assertThat(tap.lines)
        .hasSize(4)
        .startsWith("SAID [32]", "HEARD [-56, 0]", "SAID [33, 127]")
        .last()
        .asString()
        .startsWith("FAILED nothing answers at 0x44");
  }
}

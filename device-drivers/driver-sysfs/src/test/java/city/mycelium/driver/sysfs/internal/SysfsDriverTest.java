package city.mycelium.driver.sysfs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.host.internal.PollingHost;
import city.mycelium.driver.kit.ScriptedSysfs;
import city.mycelium.driver.sysfs.internal.file.Iio;
import city.mycelium.driver.sysfs.internal.gpio.Gpio;
import city.mycelium.driver.sysfs.internal.gpio.PulseMemory;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a configuration to readings, with the gateway's own host. */
class SysfsDriverTest {

  private static final DeviceId ROOF = new DeviceId("bmp280.roof");
  private static final String BMP280 = "/sys/devices/i2c-1/1-0076/iio:device0";

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingBoard board = new RecordingBoard();
  private final PollingHost host =
      new PollingHost(intake, clock, scheduler, Runnable::run, board, FrameTap.NOBODY);
  private final ScriptedSysfs sysfs =
      new ScriptedSysfs()
          .file(BMP280 + "/name", "bmp280\n")
          .file(BMP280 + "/in_temp_input", "25080\n")
          .link("/sys/bus/iio/devices/iio:device0", BMP280);

  private SysfsDriver driver(Map<String, Object> properties) {
    SysfsDevice device = SysfsDevice.of(properties);
    return new SysfsDriver(
        device,
        host,
        board,
        sysfs,
        new Gpio(
            device.id(),
            request -> {
              throw DeviceException.config("no lines in this test");
            },
            new PulseMemory(new InMemoryJournal().state(), device.id())));
  }

  /** As Configuration Admin gives them, with what it adds. */
  private static Map<String, Object> bmp280() {
    return Map.of(
        "type", "iio",
        "deviceId", "bmp280.roof",
        "name", "bmp280",
        "intervalSeconds", 30,
        "service.pid", "city.mycelium.driver.sysfs~roof",
        "component.id", 7L,
        ":configurator:feature-resource", "gateway.json");
  }

  @Test
  void aConfiguredDeviceGivesReadings() {
    SysfsDriver driver = driver(bmp280());
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(31));

    assertThat(board.lines(ROOF)).containsExactly("OK it gives results");
    assertThat(intake.readings()).hasSize(2);
    var reading = intake.readings().get(0);
    assertThat(reading.channel().datastreamId().value()).isEqualTo("bmp280.roof/temp");
    assertThat(reading.channel().property()).isEqualTo(Vocabulary.AIR_TEMPERATURE);
    assertThat(reading.result()).isEqualTo(new Result.Measurement(25.08));
  }

  @Test
  void whatIsSetDecidesOnTheProperty() {
    Map<String, Object> water = new HashMap<>(bmp280());
    water.put("temperatureOf", "water");
    SysfsDriver driver = driver(water);
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(1));

    assertThat(intake.readings().get(0).channel().property())
        .isEqualTo(Vocabulary.WATER_TEMPERATURE);
  }

  @Test
  void aTypeThatNobodyHasIsToldWithThoseThatThereAre() {
    SysfsDriver driver = driver(Map.of("type", "ioo", "deviceId", "bmp280.roof", "name", "bmp280"));
    driver.add(new Iio());
    driver.start();

    assertThat(board.lines(ROOF))
        .containsExactly(
            "CONFIG no device of the kernel's is of type ioo: choose one of iio, level, pulses");
  }

  // Bundles start in any order, and an integrator's may come much later.
  @Test
  void aKindThatComesLaterIsTaken() {
    SysfsDriver driver = driver(Map.of("type", "brick", "deviceId", "bmp280.roof"));
    driver.start();
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.CONFIG);

    SysfsSensor brick = new Brick();
    driver.add(brick);
    scheduler.pass(Duration.ofSeconds(1));
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.OK);

    driver.remove(brick);
    scheduler.pass(Duration.ofMinutes(5));
    assertThat(intake.readings()).hasSize(1);
  }

  @Test
  void aWrongSettingHangsWhereAllDevicesHang() {
    Map<String, Object> wrong = new HashMap<>(bmp280());
    wrong.put("intervall", 5);
    SysfsDriver driver = driver(wrong);
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(1));

    assertThat(board.lines(ROOF))
        .containsExactly("CONFIG a iio does not take intervall; it takes name, at, temperatureOf");
  }

  @Test
  void anIntervalThatIsNoNumberIsToldToo() {
    Map<String, Object> wrong = new HashMap<>(bmp280());
    wrong.put("intervalSeconds", "often");
    SysfsDriver driver = driver(wrong);
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(1));

    assertThat(board.lines(ROOF)).hasSize(1).first().asString().contains("intervalSeconds");
  }

  @Test
  void withoutADeviceIdThereIsNoPlaceToSayAnything() {
    assertThatThrownBy(() -> SysfsDevice.of(Map.of("type", "iio")))
        .hasMessageContaining("device id");
  }

  @Test
  void linesAreOfThisBusToo() {
    SysfsDriver driver =
        driver(Map.of("type", "pulses", "deviceId", "bmp280.roof", "line", "GPIO17"));
    driver.start();
    scheduler.pass(Duration.ofSeconds(11));

    assertThat(board.lines(ROOF)).containsExactly("CONFIG no lines in this test");
  }

  @Test
  void whatIsClosedIsReadNoMore() {
    SysfsDriver driver = driver(bmp280());
    driver.add(new Iio());
    driver.start();
    scheduler.pass(Duration.ofSeconds(1));
    driver.close();
    scheduler.pass(Duration.ofMinutes(5));

    assertThat(intake.readings()).hasSize(1);
    assertThat(board.isServed(ROOF)).isFalse();
  }

  /** An integrator's. */
  private static final class Brick implements SysfsSensor {

    @Override
    public DeviceDescription description() {
      return DeviceDescription.of("brick", "a brick")
          .gives("weight", Vocabulary.DISTANCE, Unit.METRE);
    }

    @Override
    public Poll connect(Sysfs sysfs, DeviceSettings settings) {
      return results -> results.number("weight", 1);
    }
  }
}

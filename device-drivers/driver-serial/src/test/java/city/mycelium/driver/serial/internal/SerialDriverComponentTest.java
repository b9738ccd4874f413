package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.serial.internal.gnss.Gnss;
import city.mycelium.driver.serial.internal.sds011.Sds011;
import city.mycelium.testkit.FakeSerialLine;
import city.mycelium.testkit.FakeSerialLines;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerialDriverComponentTest {

  private static final String PORT = "/dev/serial/by-id/usb-example";
  private static final DeviceId ROOF = new DeviceId("sds011.roof");

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeSerialLines lines = new FakeSerialLines();
  private final RecordingBoard board = new RecordingBoard();
  private final PortClaims claims = new PortClaims();

  @Test
  void itServesThePortForAsLongAsItIsConfigured() {
    FakeSerialLine line = lines.plugIn(PORT);
    SerialDriverComponent component = component(Map.of("type", "sds011", "baud", 19_200));
    assertThat(line.isOpen()).as("the constructor does nothing that can block").isFalse();
    scheduler.runDue();
    assertThat(line.isOpen()).isTrue();
    assertThat(line.settings()).isEqualTo(SerialSettings.of(19_200));
    assertThat(board.isServed(ROOF)).isTrue();

    component.deactivate();

    assertThat(line.isOpen()).isFalse();
    assertThat(board.isServed(ROOF)).isFalse();
  }

  // Smart meters before DSMR 4 speak 9600 7E1.
  @Test
  void aLineIsSetAsItIsConfigured() {
    FakeSerialLine line = lines.plugIn(PORT);
    component(Map.of("type", "gnss", "baud", 1200, "dataBits", 7, "parity", "even", "stopBits", 2));
    scheduler.runDue();

    assertThat(line.settings())
        .isEqualTo(new SerialSettings(1200, 7, SerialSettings.Parity.EVEN, 2));
  }

  // As they stand in configurations of the first version: numbers are numbers.
  @Test
  void whatIsNotOfTheBusIsOfTheDevice() {
    FakeSerialLine line = lines.plugIn(PORT);
    component(
        Map.of(
            "type",
            "sds011",
            "mode",
            "query",
            "warmUpSeconds",
            5L,
            "intervalSeconds",
            60,
            "service.pid",
            "city.mycelium.driver.serial~roof",
            "chipId",
            ""));
    scheduler.pass(Duration.ofSeconds(4));
    line.heard();

    scheduler.pass(Duration.ofSeconds(2));

    assertThat(line.heard()).as("the question").hasSize(19);
    assertThat(board.lines(ROOF)).isEmpty();
  }

  @Test
  void aKindThatNobodyKnowsIsSaidOnTheBoardWithThoseThatAreKnown() {
    lines.plugIn(PORT);
    component(Map.of("type", "toaster"));
    scheduler.runDue();
    assertThat(board.lines(ROOF)).as("it may still come").isEmpty();

    scheduler.pass(Duration.ofSeconds(6));

    assertThat(board.lines(ROOF))
        .containsExactly(
            "CONFIG no kind of serial device is called 'toaster': as type choose one of gnss,"
                + " sds011");
    assertThat(lines.attempts()).isZero();
  }

  // Its bundle was installed or updated meanwhile.
  @Test
  void aKindMayComeAndGo() {
    FakeSerialLine line = lines.plugIn(PORT);
    SerialDriverComponent component = component(Map.of("type", "toaster"));
    scheduler.pass(Duration.ofSeconds(6));
    Toaster toaster = new Toaster();

    component.addKind(toaster);
    scheduler.runDue();
    assertThat(line.isOpen()).isTrue();

    component.removeKind(toaster);
    scheduler.runDue();
    assertThat(line.isOpen()).isFalse();
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.CONFIG);

    component.addKind(toaster);
    scheduler.runDue();
    assertThat(line.isOpen()).isTrue();
  }

  @Test
  void aSettingThatMakesNoSenseIsSaidOnTheBoard() {
    assertThat(trouble(Map.of("type", "sds011", "mode", "fast")))
        .isEqualTo("CONFIG an sds011 has no mode 'fast': choose duty, active or query");
    assertThat(trouble(Map.of("type", "sds011", "speed", "fast")))
        .isEqualTo("CONFIG a sds011 does not take speed; it takes mode, warmUpSeconds, chipId");
    assertThat(trouble(Map.of("type", "gnss", "mode", "duty")))
        .startsWith("CONFIG a gnss does not take mode");
    assertThat(trouble(Map.of("type", "gnss", "baud", 1))).startsWith("CONFIG a serial line has");
    assertThat(trouble(Map.of("type", "gnss", "parity", "mark")))
        .isEqualTo("CONFIG parity is one of none, even, odd, not 'mark'");
    assertThat(trouble(Map.of("type", "gnss", "intervalSeconds", -1)))
        .startsWith("CONFIG intervalSeconds is 1 or more");
    assertThat(trouble(Map.of("type", "sds011", "intervalSeconds", 5)))
        .contains("every 34 s at most");
  }

  // A defect in somebody's driver ends as a sentence too.
  @Test
  void aKindThatThrowsIsReported() {
    assertThat(trouble(Map.of("type", "burnt-toaster"), new BurntToaster()))
        .startsWith("FAILED its driver failed");
  }

  @Test
  void twoDevicesOnOnePortAreToldOfEachOther() {
    FakeSerialLine line = lines.plugIn(PORT);
    SerialDriverComponent first = component(Map.of("type", "sds011"));
    scheduler.runDue();
    component(Map.of("type", "gnss", "deviceId", "gnss.boat"));
    scheduler.pass(Duration.ofMinutes(5));

    assertThat(board.lines(new DeviceId("gnss.boat")))
        .containsExactly(
            "CONFIG sds011.roof has the port /dev/serial/by-id/usb-example already: a port serves"
                + " one device, so change or remove one of the two configurations");

    first.deactivate();
    assertThat(claims.claim(PORT, new DeviceId("gnss.boat"))).isEmpty();
    assertThat(line.openings()).isPositive();
  }

  @Test
  void aDeviceIdThatIsNoneIsRefused() {
    assertThatThrownBy(() -> component(Map.of("type", "gnss", "deviceId", "?")))
        .hasMessageContaining("device id");
  }

  /** What is on the board of a gateway of its own. */
  private static String trouble(Map<String, Object> properties, SerialSensor... more) {
    SerialDriverComponentTest gateway = new SerialDriverComponentTest();
    gateway.component(properties, more);
    gateway.scheduler.runDue();
    assertThat(gateway.lines.attempts()).isZero();
    assertThat(gateway.board.lines(ROOF)).hasSize(1);
    return gateway.board.lines(ROOF).get(0);
  }

  private SerialDriverComponent component(Map<String, Object> properties, SerialSensor... more) {
    Map<String, Object> all = new HashMap<>(Map.of("port", PORT, "deviceId", ROOF.value()));
    all.putAll(properties);
    SerialDriverComponent component =
        new SerialDriverComponent(
            new Configured(all),
            all,
            lines,
            new RecordingIntake(),
            clock,
            scheduler,
            board,
            claims);
    component.addKind(new Sds011());
    component.addKind(new Gnss());
    for (SerialSensor kind : more) {
      component.addKind(kind);
    }
    return component;
  }

  private static class Toaster implements SerialSensor {

    @Override
    public DeviceDescription description() {
      return DeviceDescription.of("toaster", "a kitchen appliance");
    }

    @Override
    public SerialSettings line() {
      return SerialSettings.of(300);
    }

    @Override
    public FrameDevice<?> device(Duration interval, DeviceSettings settings) {
      return new Gnss().device(interval, settings);
    }
  }

  private static final class BurntToaster extends Toaster {

    @Override
    public DeviceDescription description() {
      return DeviceDescription.of("burnt-toaster", "a kitchen appliance");
    }

    @Override
    public FrameDevice<?> device(Duration interval, DeviceSettings settings) {
      throw new IllegalStateException("burnt");
    }
  }

  /** What OSGi makes of a configuration. */
  private record Configured(Map<String, Object> all) implements SerialDriverComponent.Config {

    @Override
    public String port() {
      return text("port");
    }

    @Override
    public String type() {
      return text("type");
    }

    @Override
    public String deviceId() {
      return text("deviceId");
    }

    @Override
    public int intervalSeconds() {
      return number("intervalSeconds");
    }

    @Override
    public int baud() {
      return number("baud");
    }

    @Override
    public int dataBits() {
      return number("dataBits");
    }

    @Override
    public String parity() {
      return text("parity");
    }

    @Override
    public int stopBits() {
      return number("stopBits");
    }

    private String text(String key) {
      return (String) all.getOrDefault(key, "");
    }

    private int number(String key) {
      return (Integer) all.getOrDefault(key, 0);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return SerialDriverComponent.Config.class;
    }
  }
}

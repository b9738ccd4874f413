package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.testkit.FakeSerialLine;
import city.mycelium.testkit.FakeSerialLines;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

class SerialDriverComponentTest {

  private static final String PORT = "/dev/serial/by-id/usb-example";

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeSerialLines lines = new FakeSerialLines();

  @Test
  void itServesThePortForAsLongAsItIsConfigured() {
    FakeSerialLine line = lines.plugIn(PORT);
    SerialDriverComponent component = component("sds011");
    assertThat(line.isOpen()).as("the constructor does nothing that can block").isFalse();
    scheduler.runDue();
    assertThat(line.isOpen()).isTrue();
    assertThat(line.baud()).isEqualTo(19_200);

    component.deactivate();

    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> component("toaster")).hasMessageContaining("sds011 or gnss");
  }

  private SerialDriverComponent component(String type) {
    return new SerialDriverComponent(
        new Configured(type), lines, new RecordingIntake(), clock, scheduler);
  }

  /** What OSGi makes of a configuration. */
  private record Configured(String type) implements SerialDriverComponent.Config {

    @Override
    public String port() {
      return PORT;
    }

    @Override
    public String deviceId() {
      return "sds011.roof";
    }

    @Override
    public int intervalSeconds() {
      return 0;
    }

    @Override
    public String mode() {
      return "";
    }

    @Override
    public int warmUpSeconds() {
      return 30;
    }

    @Override
    public String chipId() {
      return "FFFF";
    }

    @Override
    public int baud() {
      return 19_200;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return SerialDriverComponent.Config.class;
    }
  }
}

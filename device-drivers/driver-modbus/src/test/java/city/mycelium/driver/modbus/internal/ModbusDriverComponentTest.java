package city.mycelium.driver.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.testkit.LeapingClock;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusDriverComponentTest {

  private static final String PORT = "/dev/serial/by-id/usb-example";

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final List<HostedDevice> hosted = new ArrayList<>();
  private final List<String> opened = new ArrayList<>();
  private final ModbusBuses buses = new ModbusBuses(new Ports(), clock);
  private final DeviceHost host =
      device -> {
        if (hosted.stream().anyMatch(h -> h.id().equals(device.id()))) {
          throw new IllegalArgumentException(device.id() + " hangs there already");
        }
        hosted.add(device);
        return () -> hosted.remove(device);
      };

  @Test
  void aMeterIsReadAsItsProfileSays() throws Exception {
    component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT));
    HostedDevice meter = hosted.get(0);

    assertThat(opened).as("nothing is opened before it is read").isEmpty();
    assertThat(meter.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(meter.bus()).isEqualTo("modbus");
    assertThat(meter.settings()).containsExactly(Map.entry("unitId", "1"));
    assertThat(meter.where()).isEqualTo("unit 1 on " + PORT + " (2400 baud 8N1)");
    assertThat(read(meter)).containsEntry("voltage", new Result.Measurement(0));
    assertThat(opened).containsExactly(PORT + " 2400 NONE 1");
  }

  @Test
  void devicesOnOnePortShareIt() throws Exception {
    component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT, "baud", 9600));
    component(Map.of("deviceId", "meter.2", "type", "sdm630", "port", PORT, "unitId", 2));

    read(hosted.get(0));
    read(hosted.get(1));
    assertThat(opened).hasSize(1);
  }

  @Test
  void contradictoryLineSettingsAreSaidToTheSecond() throws Exception {
    ModbusDriverComponent first =
        component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT));
    component(Map.of("deviceId", "meter.2", "type", "sdm630", "port", PORT, "unitId", 2));
    HostedDevice second = hosted.get(1);

    read(hosted.get(0));
    config(
        second,
        PORT
            + " is set to 2400 baud 8N1 for meter.1, but to 9600 baud 8N1 for meter.2: devices on"
            + " one bus speak alike; change one of the two configurations, and the device");
    first.deactivate();
    read(second);
    assertThat(opened).containsExactly(PORT + " 2400 NONE 1", PORT + " 9600 NONE 1");
  }

  @Test
  void theLineIsClosedWithItsLastDevice() throws Exception {
    ModbusDriverComponent only =
        component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT));
    read(hosted.get(0));
    assertThat(closed).as("control").isZero();

    only.deactivate();

    assertThat(closed).isEqualTo(1);
    assertThat(hosted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type    | ''            | needs either type, which is one of aquaread-leveline-ctd, ",
        "type    | toaster       | no profile is called 'toaster'",
        "profile | /tmp/x.json   | needs either type",
        "port    | ''            | is either on a serial port",
        "host    | gateway.local | is either on a serial port",
        "unitId  | 0             | unitId is a whole number from 1 to 255, not 0",
        "unitId  | 256           | unitId is a whole number",
        "timeoutMillis | 10      | timeoutMillis is a whole number from 50 to 3000",
        "intervalSeconds | -1    | intervalSeconds is a whole number from 0",
        "parity  | mark          | parity is none, even or odd, not 'mark'",
        "stopBits | 3            | stopBits is a whole number from 1 to 2",
        "baud    | 7             | a serial line has 50 to 4000000 baud",
        "baudrate | 9600         | a sdm120 does not take baudrate",
      })
  void aMistakeIsSaidOnTheBoard(String member, String value, String says) {
    Map<String, Object> members = new HashMap<>();
    members.put("deviceId", "meter.1");
    members.put("type", "sdm120");
    members.put("port", PORT);
    members.put(member, value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value);
    component(members);

    config(hosted.get(0), says);
    assertThat(opened).isEmpty();
  }

  @Test
  void aDeviceThatIsThereTwiceIsNotReadTwice() {
    component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT));
    ModbusDriverComponent second =
        component(Map.of("deviceId", "meter.1", "type", "sdm630", "port", PORT));

    assertThat(hosted).hasSize(1);
    second.deactivate();
    assertThat(hosted).hasSize(1);
  }

  @Test
  void overTheNetworkUnitZeroIsAllowed() {
    component(Map.of("deviceId", "meter.1", "type", "sdm630", "host", "meter.local", "unitId", 0));

    assertThat(hosted.get(0).where()).isEqualTo("unit 0 on meter.local:502 (Modbus TCP)");
  }

  @Test
  void whatPassesIsShownAtTheTap() throws Exception {
    List<String> shown = new ArrayList<>();
    ModbusDriverComponent component =
        component(Map.of("deviceId", "meter.1", "type", "sdm120", "port", PORT));
    component.setTap(
        new FrameTap() {
          @Override
          public boolean isOpen(DeviceId device) {
            return true;
          }

          @Override
          public void kept(List<Reading> readings, long receivedAt) {}

          @Override
          public void pass(DeviceId device, Way way, byte[] bytes) {
            shown.add(
                way
                    + " "
                    + (way == Way.FAILED
                        ? new String(bytes, StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(bytes)));
          }
        });
    read(hosted.get(0));

    assertThat(shown)
        .containsExactly(
            "SAID 040000000e",
            "HEARD 041c" + "00".repeat(28),
            "SAID 0400480004",
            "HEARD 0408" + "00".repeat(8));
    shown.clear();
    silent = true;
    assertThatThrownBy(() -> read(hosted.get(0))).isInstanceOf(DeviceException.class);
    assertThat(shown.get(1)).startsWith("FAILED unit 1 on ");
  }

  private void config(HostedDevice device, String says) {
    assertThatThrownBy(() -> device.connection().open())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CONFIG))
        .hasMessageContaining(says);
  }

  private static Map<String, Result> read(HostedDevice device) throws DeviceException {
    Taken taken = new Taken();
    try (Poll poll = device.connection().open()) {
      poll.read(taken);
    }
    return taken.results;
  }

  /** What OSGi makes of a configuration: what is not said has its default. */
  private ModbusDriverComponent component(Map<String, Object> members) {
    ModbusDriverComponent.Config config =
        (ModbusDriverComponent.Config)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ModbusDriverComponent.Config.class, Annotation.class},
                (proxy, method, arguments) ->
                    members.getOrDefault(method.getName(), method.getDefaultValue()));
    Map<String, Object> all = new HashMap<>(members);
    all.put("service.pid", "city.mycelium.driver.modbus~x");
    return new ModbusDriverComponent(config, all, buses, host);
  }

  private int closed;
  private boolean silent;

  /** Ports with units behind them whose registers are all 0. */
  private final class Ports implements SerialLines {

    @Override
    public SerialLine open(String port, SerialSettings s) {
      opened.add(port + " " + s.baud() + " " + s.parity() + " " + s.stopBits());
      return new SerialLine() {
        private byte[] answer = new byte[0];

        @Override
        public int read(byte[] into, Duration atMost) {
          int count = Math.min(into.length, answer.length);
          System.arraycopy(answer, 0, into, 0, count);
          answer = java.util.Arrays.copyOfRange(answer, count, answer.length);
          return count;
        }

        @Override
        public void write(byte[] q) {
          int data = 2 * q[5];
          byte[] frame = new byte[3 + data + 2];
          frame[0] = q[0];
          frame[1] = q[1];
          frame[2] = (byte) data;
          int crc = 0xFFFF;
          for (int i = 0; i < 3 + data; i++) {
            crc ^= frame[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
              crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
            }
          }
          frame[3 + data] = (byte) crc;
          frame[4 + data] = (byte) (crc >> 8);
          answer = silent ? new byte[0] : frame;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}

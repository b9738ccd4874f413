package city.mycelium.driver.modbus.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.testkit.PseudoTerminal;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RTU over pseudo-terminals of the kernel, with the library that opens real ports. */
@Timeout(60)
class SerialBusTest {

  private static final byte[] QUESTION = new Question(4, 0, 2, "input register 0x0000").pdu();
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Answers of units 1 and 2; RtuFramingTest says where they come from. */
  private final Map<Integer, String> answers =
      new ConcurrentHashMap<>(Map.of(1, "010404436633341B38", 2, "020404436633342838"));

  @Test
  void twoUnitsAnswerOnOneLine() throws Exception {
    try (PseudoTerminal terminal = device();
        ModbusBus bus = bus(terminal)) {
      assertThat(ask(bus, 1, LONG)).isEqualTo("040443663334");
      assertThat(ask(bus, 2, LONG)).isEqualTo("040443663334");
    }
  }

  @Test
  void aSilentUnitCostsTheOthersNothingButItsTime() throws Exception {
    try (PseudoTerminal terminal = device();
        ModbusBus bus = bus(terminal)) {
      assertThatThrownBy(() -> ask(bus, 3, SHORT))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE))
          .hasMessageContaining("unit 3 on " + terminal.slavePath())
          .hasMessageContaining("within 200 ms")
          .hasMessageContaining("wires A and B");
      assertThat(ask(bus, 1, LONG)).isEqualTo("040443663334");
    }
  }

  @Test
  void halfAFrameAndAWrongChecksumAreCorrupt() throws Exception {
    try (PseudoTerminal terminal = device();
        ModbusBus bus = bus(terminal)) {
      for (String bad : new String[] {"01040443", "010404436633341B39", "FFFEFD"}) {
        answers.put(1, bad);
        assertThatThrownBy(() -> ask(bus, 1, SHORT))
            .as(bad)
            .isInstanceOfSatisfying(
                DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT));
      }
      answers.put(1, "010404436633341B38");
      assertThat(ask(bus, 1, SHORT)).isEqualTo("040443663334");
    }
  }

  @Test
  void anUnpluggedAdapterIsOpenedAgainWhenItIsBack() throws Exception {
    PseudoTerminal first = device();
    try (ModbusBus bus = bus(first)) {
      assertThat(ask(bus, 1, LONG)).as("control").isEqualTo("040443663334");
      first.close();

      assertThatThrownBy(() -> ask(bus, 1, SHORT))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE));
      port = "";
      try (PseudoTerminal again = device()) {
        port = again.slavePath().toString();
        assertThat(ask(bus, 1, LONG)).isEqualTo("040443663334");
      }
    }
  }

  /** Where the one port of this test is now: a stable name that leads to a new device. */
  private volatile String port = "";

  private ModbusBus bus(PseudoTerminal terminal) {
    port = terminal.slavePath().toString();
    JSerialCommPorts ports = new JSerialCommPorts();
    return new ModbusBus(
        new LineAddress.Serial(port, SerialSettings.of(9600)),
        (name, settings) -> ports.open(port, settings),
        new SystemClock());
  }

  /** Answers each question with what is there for its unit; a unit without is silent. */
  private PseudoTerminal device() throws IOException {
    PseudoTerminal terminal = PseudoTerminal.open();
    Thread thread =
        new Thread(
            () -> {
              try {
                byte[] question = terminal.input().readNBytes(8);
                while (question.length == 8) {
                  String answer = answers.get((int) question[0]);
                  if (answer != null) {
                    terminal.output().write(HexFormat.of().parseHex(answer));
                  }
                  question = terminal.input().readNBytes(8);
                }
              } catch (IOException e) {
                // The cable was pulled.
              }
            },
            "device");
    thread.setDaemon(true);
    thread.start();
    return terminal;
  }

  private static String ask(ModbusBus bus, int unit, Duration atMost) throws DeviceException {
    return HexFormat.of().formatHex(bus.ask(unit, QUESTION, atMost));
  }
}

package city.mycelium.driver.modbus.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Headers as in the Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3. */
class TcpFramingTest {

  private static final byte[] QUESTION = new Question(4, 0, 2, "input register 0x0000").pdu();
  private static final String ANSWER = "040443663334";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final ScriptedLine line = new ScriptedLine(clock);
  private final TcpFraming framing = new TcpFraming(clock);

  @Test
  void theHeaderSaysTransactionLengthAndUnit() throws Exception {
    line.answer("0001 0000 0007 11" + ANSWER);

    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(HexFormat.of().formatHex(line.heard.toByteArray()))
        .isEqualTo("000100000006110400000002");
  }

  @Test
  void anAnswerMayComeInPieces() throws Exception {
    line.answer("00", "01 0000 00", "07 11 0404", "43663334");

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void lateAndSecondAnswersArePassedOver() throws Exception {
    line.answer().then(Duration.ofMillis(1200), "0001 0000 0007 11" + ANSWER);
    assertThatThrownBy(this::ask).isInstanceOf(Framing.Silence.class);
    line.answer("0002 0000 0007 11 0404 42C80000", "0002 0000 0007 11 0404 42C80000");
    assertThat(ask()).isEqualTo("040442c80000");
    line.answer("0003 0000 0007 11" + ANSWER);

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void anotherUnitsAnswerIsNoAnswer() {
    line.answer("0001 0000 0007 12" + ANSWER);

    corrupt("unit 18 answered when unit 17 was asked");
  }

  @Test
  void whatSpeaksAnotherProtocolIsSaidSo() {
    line.answer("485454502F312E31203430300D0A"); // HTTP/1.1 400

    corrupt("does not speak Modbus TCP");
  }

  @Test
  void anAnswerOfAnotherLengthIsNoAnswer() {
    line.answer("0001 0000 0005 11 0402 4366");

    corrupt("another function or length");
  }

  @Test
  void halfAnAnswerIsSilence() {
    line.answer("0001 0000 0007 11 0404");

    assertThatThrownBy(this::ask).isInstanceOf(Framing.Silence.class);
  }

  @Test
  void transactionsBeginAgainAfterTheLast() throws Exception {
    for (int i = 1; i <= 0xFFFF; i++) {
      line.answer(String.format("%04X 0000 0003 11 8406", i));
      assertThat(ask()).isEqualTo("8406");
    }
    line.answer("0001 0000 0003 11 8406");

    assertThat(ask()).isEqualTo("8406");
  }

  private void corrupt(String says) {
    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT))
        .hasMessageContaining(says);
  }

  private String ask() throws Exception {
    return HexFormat.of().formatHex(framing.ask(line, 0x11, QUESTION, SECOND));
  }
}

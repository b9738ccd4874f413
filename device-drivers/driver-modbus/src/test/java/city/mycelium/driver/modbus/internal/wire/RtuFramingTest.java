package city.mycelium.driver.modbus.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Frames from Eastron's manual (SDM320Y User Manual V1.0, "Read input register"): question {@code
 * 01 04 00 00 00 02 71 CB}, answer {@code 01 04 04 43 66 33 34 1B 38}. Other checksums were worked
 * out with the bitwise form of MODBUS over Serial Line V1.02, 6.2.2, in another language (Python):
 * {@code c=0xFFFF; for b in f: c^=b; for _ in range(8): c=(c>>1)^0xA001 if c&1 else c>>1}.
 */
class RtuFramingTest {

  private static final String ASKED = "010400000002 71CB";
  private static final String GOOD = "01 04 04 43663334 1B38";
  private static final byte[] QUESTION = new Question(4, 0, 2, "input register 0x0000").pdu();
  private static final String ANSWER = "040443663334";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final ScriptedLine line = new ScriptedLine(clock);
  private final RtuFraming framing = new RtuFraming(clock, 9600);

  @Test
  void theQuestionIsThatOfTheManual() throws Exception {
    line.answer(GOOD);

    assertThat(ask()).isEqualTo(ANSWER);
    assertThat(HexFormat.of().withUpperCase().formatHex(line.heard.toByteArray()))
        .isEqualTo(ASKED.replace(" ", ""));
  }

  @Test
  void anAnswerMayComeInPieces() throws Exception {
    line.answer("01")
        .then(Duration.ofMillis(300), "040443")
        .then(Duration.ofMillis(300), "6633341B38");

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void garbageBeforeTheAnswerIsPassedOver() throws Exception {
    line.answer("00FF 0104 01", GOOD);

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void anAdapterThatHearsItselfIsPassedOver() throws Exception {
    line.answer(ASKED, GOOD);

    assertThat(ask()).isEqualTo(ANSWER);
    line.answer(ASKED); // and nothing else: nobody is there
    assertThatThrownBy(this::ask).isInstanceOf(Framing.Silence.class);
  }

  // Each of the 72 bits of the frame.
  @Test
  void anyFlippedBitIsNoticed() {
    byte[] frame = HexFormat.of().parseHex(GOOD.replace(" ", ""));
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] bad = frame.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      line.answer(HexFormat.of().formatHex(bad));

      assertThatThrownBy(this::ask)
          .as("bit " + bit)
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT));
    }
  }

  @Test
  void aWrongChecksumIsSaidInWords() {
    line.answer("01 04 04 43663334 1B39");

    assertThatThrownBy(this::ask)
        .hasMessageContaining("no whole answer with a correct CRC")
        .hasMessageContaining("120 ohm");
  }

  @Test
  void halfAFrameIsNoSilence() {
    line.answer("01 04 04 43");

    assertThatThrownBy(this::ask).isInstanceOf(DeviceException.class);
  }

  // A byte every 0.9 s would keep a time-out per byte busy for 8 s.
  @Test
  void aTrickleIsGivenUpWhenTheTimeIsOver() {
    line.answer("01");
    for (String b : GOOD.replace(" ", "").substring(2).split("(?<=\\G..)")) {
      line.then(Duration.ofMillis(900), b);
    }
    long before = clock.monotonicNanos();

    assertThatThrownBy(this::ask).isInstanceOf(DeviceException.class);
    assertThat(Duration.ofNanos(clock.monotonicNanos() - before))
        .isBetween(SECOND, SECOND.plusMillis(25));
  }

  // 250 bytes of data at 1200 baud: 263 characters of 11 bits take 2.4 s.
  @Test
  void aSlowLineHasTheTimeThatItsBytesTake() throws Exception {
    byte[] longQuestion = new Question(4, 0, 125, "input register 0x0000").pdu();
    byte[] pdu = new byte[252];
    pdu[0] = 4;
    pdu[1] = (byte) 250;
    byte[] frame = RtuFraming.frame(1, pdu);
    line.answer().then(Duration.ofMillis(3300), HexFormat.of().formatHex(frame));

    assertThat(new RtuFraming(clock, 1200).ask(line, 1, longQuestion, SECOND)).isEqualTo(pdu);
    line.answer().then(Duration.ofMillis(3300), HexFormat.of().formatHex(frame));
    assertThatThrownBy(() -> framing.ask(line, 1, longQuestion, SECOND))
        .as("at 9600")
        .isInstanceOf(Framing.Silence.class);
  }

  @Test
  void silenceIsSilence() {
    assertThatThrownBy(this::ask).isInstanceOf(Framing.Silence.class);
  }

  // Unit 2 with the same data; its CRC by the formula above.
  @Test
  void anotherUnitsAnswerIsNoAnswer() {
    line.answer("02 04 04 43663334 2838");

    assertThatThrownBy(this::ask)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("unit 2 spoke when unit 1 was asked");
  }

  @Test
  void anotherUnitsAnswerBeforeTheRightOneIsPassedOver() throws Exception {
    line.answer("02 04 04 43663334 2838", GOOD);

    assertThat(ask()).isEqualTo(ANSWER);
  }

  @Test
  void aRefusalIsAnAnswer() throws Exception {
    line.answer("01 84 02 C2C1");

    assertThat(ask()).isEqualTo("8402");
  }

  @Test
  void aSecondAnswerIsNotTakenForThatOfTheNextQuestion() throws Exception {
    line.answer(GOOD, GOOD);
    assertThat(ask()).isEqualTo(ANSWER);
    line.answer("01 04 04 42C80000 6E02"); // 100.0

    assertThat(ask()).isEqualTo("040442c80000");
  }

  // The first answer comes 1.5 s late, into the second question, and looks exactly like its answer.
  @Test
  void aLateAnswerIsNotTakenForThatOfTheNextQuestion() throws Exception {
    line.answer().then(Duration.ofMillis(1500), GOOD);
    assertThatThrownBy(this::ask).isInstanceOf(Framing.Silence.class);
    line.answer().then(Duration.ofMillis(300), "01 04 04 42C80000 6E02");

    assertThat(ask()).isEqualTo("040442c80000");
  }

  @Test
  void aLineThatNeverStopsIsGivenUp() {
    Random random = new Random(1);
    line.answer();
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[64];
      random.nextBytes(noise);
      line.then(Duration.ofMillis(5), HexFormat.of().formatHex(noise));
    }

    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CORRUPT));
  }

  @Test
  void aDeadLineIsAnError() {
    line.dead = true;

    assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
  }

  private String ask() throws Exception {
    return HexFormat.of().formatHex(framing.ask(line, 1, QUESTION, SECOND));
  }
}

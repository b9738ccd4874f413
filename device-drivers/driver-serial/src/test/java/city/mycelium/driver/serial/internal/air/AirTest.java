package city.mycelium.driver.serial.internal.air;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.Timetable;
import city.mycelium.driver.serial.internal.Hex;
import city.mycelium.driver.serial.internal.Told;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the three sensors do beside what every device does. */
class AirTest {

  /** Ten times 3F800000, 1.0: ten times BF are 776, with 03 + 28: 7A1; inverted: 5E. */
  private static final byte[] VALUES_OF_SPS30 =
      Hex.bytes(
          "7E 00 03 00 28 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F"
              + "80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 5E 7E");

  // SPS 4.4: bit 4 fan, bit 5 laser, bit 21 fan speed. D2 + 05 + the bits, inverted.
  @Test
  void anSps30ThatIsNotWellSaysWhy() throws DeviceException {
    assertThat(new Told(new Sps30(), Map.of()).by(VALUES_OF_SPS30)).as("control").hasSize(9);
    complaint("7E 00 D2 00 05 00 00 00 10 00 18 7E", DeviceState.CORRUPT, "fan is blocked");
    complaint("7E 00 D2 00 05 00 00 00 20 00 08 7E", DeviceState.CORRUPT, "laser");
    complaint("7E 00 D2 00 05 00 20 00 00 00 08 7E", DeviceState.CORRUPT, "too fast or too slow");
  }

  // SPS 5.2, table 7: 0x43 in the state: its supply dipped, and it is idle.
  @Test
  void anSps30ThatDoesNotMeasureIsStartedAgain() throws DeviceException {
    Told sensor = new Told(new Sps30(), Map.of());

    assertThatThrownBy(() -> sensor.by(Hex.bytes("7E 00 03 43 00 B9 7E")))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.STALE));
    assertThat(sensor.by(Hex.bytes("7E 00 03 00 00 FC 7E"))).as("nothing new yet").isEmpty();
  }

  // What a sensor was seen to answer to the command 11, which it did not take: the two octets that
  // stand for 11 are one of the checksum (raspberrypi.stackexchange.com, question 137657).
  @Test
  void anSps30sAnswerIsFoundAsItWasSeenOnALine() {
    byte[] seen = Hex.bytes("FE 7E 00 7D 31 43 00 AB 7E 7E 00 7D 31 43 00 AB 7E");
    Shdlc.Answer refused = new Shdlc.Answer(0x11, 0x43, List.of());

    assertThat(FrameSearch.scan(seen, Shdlc::answerAt).frames()).containsExactly(refused, refused);
  }

  // IEEE 754: 7FC00000 is no number. Nine times 3F + 80 are 6B7, with 03 + 28 + 7F + C0: 821.
  @Test
  void anSps30ThatSaysNoNumberSaysNothing() throws DeviceException {
    Told sensor = new Told(new Sps30(), Map.of());
    byte[] bytes =
        Hex.bytes(
            "7E 00 03 00 28 7F C0 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00"
                + "3F 80 00 00 3F 80 00 00 3F 80 00 00 3F 80 00 00 DE 7E");

    assertThatThrownBy(() -> sensor.by(bytes)).hasMessageContaining("NaN");
  }

  private static void complaint(String status, DeviceState state, String why)
      throws DeviceException {
    Told sensor = new Told(new Sps30(), Map.of());
    sensor.by(Hex.bytes(status));
    assertThatThrownBy(() -> sensor.by(VALUES_OF_SPS30))
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  // PMS7, appendix I, data 13: 9A 01 instead of 9A 00, so the sum is one more.
  @Test
  void aPmsThatReportsAnErrorGivesNothing() throws DeviceException {
    Told sensor = new Told(new Pms(), Map.of());
    byte[] bytes =
        Hex.bytes(
            "42 4D 00 1C 00 03 00 04 00 07 00 04 00 05 00 08 03 1B 00 F9 00 1B 00 06 00 03 00 03 9A"
                + "01 02 A3");

    assertThatThrownBy(() -> sensor.by(bytes)).hasMessageContaining("error 1");
  }

  // PMS7, appendix II: what it answers to a change of mode: 42 + 4D + 04 + E1 + 01 = 175.
  @Test
  void aPmssAnswerToACommandIsNoResult() throws DeviceException {
    assertThat(new Told(new Pms(), Map.of()).by(Hex.bytes("42 4D 00 04 E1 01 01 75"))).isEmpty();
    assertThat(
            new Told(new Pms(), Map.of())
                .device()
                .scan(Hex.bytes("42 4D 00 04 E1 01 01 75"))
                .frames())
        .hasSize(1);
  }

  // 42 + 4D + E1 + 00 = 170.
  @Test
  void aPmsThatAlwaysWorksWarmsUpOnce() throws DeviceException {
    Timetable passive = new Told(new Pms(), Map.of("mode", "passive")).device().timetable();
    assertThat(passive.cyclesFrom()).hasSeconds(30);
    assertThat(passive.opening().get(1).words()).isEqualTo(Hex.bytes("42 4D E1 00 00 01 70"));
    assertThat(passive.steps().get(0).words()).isEqualTo(Hex.bytes("42 4D E2 00 00 01 71"));

    Timetable active = new Told(new Pms(), Map.of("mode", "active")).device().timetable();
    assertThat(active.opening().get(1).words()).isEqualTo(Hex.bytes("42 4D E1 00 01 01 71"));
    assertThat(active.steps().get(0).words()).isEmpty();
  }

  @Test
  void anIntervalThatASensorCannotKeepIsRefused() {
    refused(new Pms(), Map.of(), 32, "every 33 s at most");
    refused(new Pms(), Map.of("mode", "sometimes"), 60, "duty, passive, active");
    refused(new MhZ19b(), Map.of("selfCalibration", "off"), 1, "longer interval");
    refused(new MhZ19b(), Map.of(), 60, "needs selfCalibration");
  }

  private static void refused(
      SerialSensor kind, Map<String, String> options, int seconds, String why) {
    assertThatThrownBy(
            () ->
                kind.device(
                    Duration.ofSeconds(seconds), DeviceSettings.of(kind.description(), options)))
        .hasMessageContaining(why);
  }

  // Manual, Technical parameters: before 3 minutes its values mean nothing.
  @Test
  void anMhZ19bIsNotBelievedForThreeMinutes() throws DeviceException {
    Timetable timetable =
        new Told(new MhZ19b(), Map.of("selfCalibration", "off")).device().timetable();

    assertThat(timetable.cyclesFrom()).hasMinutes(3);
    assertThat(timetable.opening().get(0).words())
        .isEqualTo(Hex.bytes("FF 01 79 00 00 00 00 00 86"));
  }
}

package city.mycelium.simulator.serial;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import city.mycelium.simulator.air.TownAir;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commands and replies in hexadecimal are the examples of the protocol's V1.3 document. */
class Sds011Test {

  private static final long NOW = 1_795_000_000_000L;
  private static final String QUERY = "aab404000000000000000000000000ffff02ab";
  private static final String SLEEP = "aab406010000000000000000000000ffff05ab";
  private static final String WORK = "aab406010100000000000000000000ffff06ab";
  private static final String ONLY_WHEN_ASKED = "aab402010100000000000000000000ffff02ab";
  private static final String FIRMWARE = "aab407000000000000000000000000ffff05ab";
  private static final String EVERY_MINUTE = "aab408010100000000000000000000ffff08ab";

  private final Sds011 chip = chip();

  private static Sds011 chip() {
    TownAir air = new TownAir(7);
    return new Sds011(
        new Probe(air, Quantity.PM2_5, NOW, 1), new Probe(air, Quantity.PM10, NOW, 1), 0xA160);
  }

  @Test
  void reportsEverySecondAfterPowerOn() {
    byte[] report = chip.eachSecond(NOW);

    assertThat(report).hasSize(10);
    assertThat(hex(report)).startsWith("aac0").endsWith("ab").contains("a160");
    assertThat(report[8]).isEqualTo(sum(report, 2, 8));
    assertThat(word(report, 2)).as("PM2.5 in tenths").isBetween(1, 600);
    assertThat(word(report, 4)).as("PM10 in tenths").isBetween(word(report, 2) / 2, 1_000);
  }

  @Test
  void goesToSleepOnCommandAndSaysSo() {
    assertThat(hear(SLEEP)).isEqualTo("aac506010000a16008ab");
    assertThat(chip.eachSecond(NOW)).isEmpty();
    assertThat(hear(QUERY)).isEmpty();
  }

  @Test
  void wakesUpOnCommandAndSaysSo() {
    hear(SLEEP);

    assertThat(hear(WORK)).isEqualTo("aac506010100a16009ab");
    assertThat(chip.eachSecond(NOW)).isNotEmpty();
  }

  @Test
  void speaksOnlyWhenAskedInQueryMode() {
    assertThat(hear(ONLY_WHEN_ASKED)).isEqualTo("aac502010100a16005ab");
    assertThat(chip.eachSecond(NOW)).isEmpty();
    assertThat(hear(QUERY)).startsWith("aac0").hasSize(20);
  }

  @Test
  void tellsTheDateOfItsFirmware() {
    assertThat(hear(FIRMWARE)).isEqualTo("aac5070f070aa16028ab");
  }

  @Test
  void withAWorkingPeriodReportsOncePerPeriod() {
    assertThat(hear(EVERY_MINUTE)).isEqualTo("aac508010100a1600bab");
    int reports = 0;
    for (int second = 1; second <= 180; second++) {
      reports += chip.eachSecond(NOW + second * 1000L).length / 10;
    }

    assertThat(reports).isEqualTo(3);
  }

  @Test
  void aCommandInPiecesAndBehindRubbishIsUnderstood() {
    assertThat(hear("00aab4")).isEmpty();
    assertThat(hear("aa" + SLEEP.substring(0, 10))).isEmpty();
    assertThat(hear(SLEEP.substring(10))).isEqualTo("aac506010000a16008ab");
  }

  @Test
  void aCommandForAnotherDeviceOrWithAWrongSumIsIgnored() {
    assertThat(hear("aab40601000000000000000000000012344dab")).isEmpty();
    assertThat(hear(SLEEP.replace("05ab", "06ab"))).isEmpty();
    assertThat(chip.eachSecond(NOW)).isNotEmpty();

    assertThat(hear("aab406010000000000000000000000a16008ab"))
        .as("control: the same, by its own id")
        .isNotEmpty();
  }

  @Test
  void tenThousandRandomInputsNeverStopIt() {
    Random random = new Random(5);
    byte[] query = HexFormat.of().parseHex(QUERY);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int cut = random.nextInt(query.length + 1);
      System.arraycopy(query, 0, bytes, 0, Math.min(cut, bytes.length));
      chip.hear(bytes, NOW);
    }
    chip.hear(new byte[40], NOW);
    hear(WORK);

    assertThat(hear(QUERY)).startsWith("aac0");
  }

  private String hear(String hex) {
    return hex(chip.hear(HexFormat.of().parseHex(hex), NOW));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static int word(byte[] frame, int at) {
    return (frame[at] & 0xff) | (frame[at + 1] & 0xff) << 8;
  }

  private static byte sum(byte[] frame, int from, int to) {
    int sum = 0;
    for (byte each : Arrays.copyOfRange(frame, from, to)) {
      sum += each;
    }
    return (byte) sum;
  }
}

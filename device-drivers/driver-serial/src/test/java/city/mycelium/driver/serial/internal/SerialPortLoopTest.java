package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Scan;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.serial.internal.sds011.Sds011;
import city.mycelium.testkit.FakeSerialLine;
import city.mycelium.testkit.FakeSerialLines;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loop with an SDS011 in the test's hand. Frames are examples of LDSCP V1.3. */
class SerialPortLoopTest {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String PORT = "/dev/serial/by-id/usb-example";
  private static final DeviceId ROOF = new DeviceId("sds011.roof");
  private static final byte[] FRAME = HEX.parseHex("AA C0 D4 04 3A 0A A1 60 1D AB");
  private static final byte[] WORK =
      HEX.parseHex("AA B4 06 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 06 AB");
  private static final byte[] SLEEP =
      HEX.parseHex("AA B4 06 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 05 AB");
  private static final byte[] QUERY =
      HEX.parseHex("AA B4 04 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB");
  private static final byte[] CONTINUOUS =
      HEX.parseHex("AA B4 08 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 07 AB");
  private static final byte[] WHEN_ASKED =
      HEX.parseHex("AA B4 02 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB");

  private static final Opening OPENING =
      new Opening("serial", "sds011", Duration.ofMinutes(1), Map.of("mode", "query"), false);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeSerialLines lines = new FakeSerialLines();
  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingBoard board = new RecordingBoard();
  private final RecordingTap tap = new RecordingTap();

  private final List<String> told = new ArrayList<>();

  private void told(String source, long epochMillis, long uncertaintyMillis, long nanos) {
    told.add(source + " " + epochMillis + " +-" + uncertaintyMillis + " at " + nanos / 1_000_000);
  }

  // --- a device that knows the time

  @Test
  void theTimeThatADeviceTellsIsPassedOnWithTheMomentItWasHeard() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(new Watch());
    scheduler.pass(Duration.ofMillis(150));
    line.say("5");
    scheduler.pass(Duration.ofMillis(100));

    assertThat(told).containsExactly("watch 5000 +-7 at 200");
  }

  // What lay in the port before it was opened is of nobody knows when.
  @Test
  void theTimeThatWaitedInThePortIsNotPassedOn() {
    FakeSerialLine line = lines.plugIn(PORT);
    line.say("4");
    start(new Watch());
    line.say("5");
    scheduler.runDue();
    clock.leap(Duration.ofSeconds(3)); // the whole gateway stood still
    line.say("6");
    scheduler.runDue();
    assertThat(told).isEmpty();
    line.say("7");
    scheduler.pass(Duration.ofMillis(100));
    assertThat(told).containsExactly("watch 7000 +-7 at 3100");
  }

  @Test
  void thePortIsOpenedAtTheDevicesSpeed() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(1));

    assertThat(line.isOpen()).isTrue();
    assertThat(line.baud()).isEqualTo(9600);
  }

  @Test
  void aConfiguredSpeedIsUsedInstead() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(1), 115_200);

    assertThat(line.baud()).isEqualTo(115_200);
  }

  @Test
  void theOpeningIsSaidStepByStep() {
    clock.leap(Duration.ofHours(1));
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(60));

    assertThat(line.heard()).isEqualTo(WORK);
    pass(1);
    assertThat(line.heard()).isEqualTo(CONTINUOUS);
    pass(1);
    assertThat(line.heard()).isEqualTo(WHEN_ASKED);
    pass(27);
    assertThat(line.heard()).isEmpty();
    pass(1);
    assertThat(line.heard()).isEqualTo(QUERY);
    pass(60);
    assertThat(line.heard()).isEqualTo(QUERY);
  }

  // A cold sensor counts too little: its first 30 s are not handed over.
  @Test
  void whatTheSensorSaysWhileItWarmsUpIsNotHandedOver() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(1));

    sayEachSecond(line, 29);
    assertThat(intake.readings()).isEmpty();

    pass(2);
    line.say(FRAME);
    pass(1);
    assertThat(intake.readings())
        .extracting(Reading::result)
        .containsExactly(new Result.Measurement(123.6), new Result.Measurement(261.8));
  }

  @Test
  void aDeviceThatSpeaksEachSecondIsHeardOnceEachInterval() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(60));

    sayEachSecond(line, 30 + 300);

    assertThat(intake.kept()).hasSize(5);
  }

  @Test
  void aDeviceThatIsHeardEachSecondLosesNothing() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(1));
    sayEachSecond(line, 30);
    int before = intake.kept().size();

    sayEachSecond(line, 1000);

    assertThat(intake.kept().size() - before).isEqualTo(1000);
  }

  // The laser lasts 8000 hours: it works 33 s of each five minutes here, and rests in the end.
  @Test
  void inDutyModeTheSensorWorksOnlyForItsResults() {
    FakeSerialLine line = lines.plugIn(PORT);
    ConfiguredLoop loop = start(duty(300));
    pass(2);
    line.heard();

    for (int cycle = 0; cycle < 3; cycle++) {
      pass(1);
      assertThat(line.heard()).as("cycle " + cycle).isEqualTo(WORK);
      pass(30);
      assertThat(line.heard()).as("cycle " + cycle).isEqualTo(QUERY);
      line.say(FRAME);
      pass(3);
      assertThat(line.heard()).as("cycle " + cycle).isEqualTo(SLEEP);
      pass(266);
      assertThat(line.heard()).as("cycle " + cycle).isEmpty();
    }

    assertThat(intake.kept()).hasSize(3);
    loop.close();
    assertThat(line.heard()).isEqualTo(SLEEP);
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void aFrameMayArriveInPiecesAndWithNoiseAround() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(60));
    pass(30);

    line.say(HEX.parseHex("AA C0 13 00"));
    line.say(Arrays.copyOf(FRAME, 7));
    pass(1);
    assertThat(intake.readings()).isEmpty();
    line.say(Arrays.copyOfRange(FRAME, 7, FRAME.length));
    line.say(HEX.parseHex("FF FF"));
    pass(1);

    assertThat(intake.readings()).hasSize(2);
  }

  // One WARN per change, one INFO when it is over; tried less and less often.
  @Test
  void aPortThatIsNotThereIsTriedUntilItIs() {
    start(active(1));
    pass(600);
    int attempts = lines.attempts();
    FakeSerialLine line = lines.plugIn(PORT);
    pass(30);
    sayEachSecond(line, 40);

    // Without chance at 0, 1, 3, 7, 15, 31 s, then every 30 s; a pause may be half as long.
    assertThat(attempts).isBetween(1 + 5 + 18, 2 * (1 + 5 + 18));
    assertThat(intake.readings()).isNotEmpty();
    assertThat(troubles()).hasSize(1);
    assertThat(troubles().get(0)).startsWith("UNREACHABLE").contains(PORT, "plug the device in");
    assertThat(recoveries()).hasSize(1);
  }

  @Test
  void unpluggedAndPluggedAgainItGoesOn() {
    FakeSerialLine before = lines.plugIn(PORT);
    start(active(1));
    sayEachSecond(before, 35);
    int first = intake.kept().size();
    lines.unplug(PORT);
    pass(3600);

    FakeSerialLine after = lines.plugIn(PORT);
    pass(30);
    assertThat(Arrays.copyOf(after.heard(), WORK.length)).as("set up again").isEqualTo(WORK);
    sayEachSecond(after, 40);

    assertThat(first).isPositive();
    assertThat(intake.kept().size()).isGreaterThan(first);
    assertThat(troubles()).hasSize(1).first().asString().contains("unplugged");
    assertThat(recoveries()).hasSize(2);
  }

  // A port that has worked is tried after a second, however long it was away the last time.
  @Test
  void eachTroubleBeginsWithAShortBackOff() {
    start(active(1));
    pass(600);
    FakeSerialLine line = lines.plugIn(PORT);
    pass(30);
    sayEachSecond(line, 40);
    lines.unplug(PORT);
    scheduler.pass(Duration.ofMillis(200));
    int before = lines.attempts();

    pass(1);

    assertThat(lines.attempts() - before).isEqualTo(1);
  }

  // Half a frame from before the plug was pulled must not meet half a frame from after.
  @Test
  void whatWasHalfSaidBeforeIsForgotten() {
    FakeSerialLine before = lines.plugIn(PORT);
    start(active(1));
    pass(31);
    before.say(Arrays.copyOf(FRAME, 5));
    pass(1);
    lines.unplug(PORT);
    pass(1);
    FakeSerialLine after = lines.plugIn(PORT);
    pass(40);

    after.say(Arrays.copyOfRange(FRAME, 5, FRAME.length));
    pass(1);

    assertThat(intake.readings()).isEmpty();
  }

  @Test
  void aDeviceThatSaysNothingIsSetUpAgain() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(5));
    pass(59);
    assertThat(line.openings()).isEqualTo(1);

    pass(600);

    assertThat(line.openings()).isGreaterThan(3);
    assertThat(troubles()).hasSize(1);
    assertThat(troubles().get(0)).startsWith("UNREACHABLE").contains("says nothing", "power");
  }

  // The wrong baud rate or the wrong device: bytes, but no frames.
  @Test
  void aDeviceThatMakesNoSenseIsSaidToMakeNone() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(active(1));
    IntStream.range(0, 70)
        .forEach(
            i -> {
              line.say("$GPTXT,hello\r\n");
              pass(1);
            });

    assertThat(troubles()).hasSize(1);
    assertThat(troubles().get(0)).startsWith("CORRUPT").contains("no sense", "baud rate");
  }

  @Test
  void aDeviceThatIsAnotherIsSaidToGiveNoResults() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(sensor("active", 1, "BEEF"));
    sayEachSecond(line, 70);

    assertThat(intake.readings()).isEmpty();
    assertThat(troubles()).hasSize(1);
    assertThat(troubles().get(0)).startsWith("STALE").contains("gives no results", "chip id");
  }

  // A device must not be told at once all that it missed.
  @Test
  void afterALongHaltOfTheGatewayTheDeviceIsToldOnce() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(60));
    pass(31);
    line.say(FRAME);
    pass(1);
    line.heard();

    clock.leap(Duration.ofSeconds(150));
    line.say(FRAME);
    scheduler.runDue();

    assertThat(line.heard()).isEqualTo(QUERY);
  }

  // The loop and the other ports go on.
  @Test
  void aDefectInADeviceClassCostsTheFrameAndNotTheLoop() {
    FakeSerialLine line = lines.plugIn(PORT);
    Defective device = new Defective();
    start(device);
    line.say("x");
    pass(1);
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.FAILED);
    assertThat(troubles()).hasSize(1).first().asString().contains("a bug in x", "report it");

    line.say("y");
    pass(1);
    assertThat(device.scans).as("it still listens").isEqualTo(2);
  }

  @Test
  void aDeviceThatComplainsIsOnTheBoardWithItsOwnWords() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(new Complaining());
    line.say("c");
    pass(1);
    assertThat(troubles()).containsExactly("CORRUPT its fan stands still");

    line.say("g");
    pass(1);
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.OK);
  }

  // It is set up again, but what is known of the trouble stays.
  @Test
  void aDeviceThatOnlyComplainsIsSetUpAgain() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(new Complaining());
    for (int i = 0; i < 300; i++) {
      line.say("c");
      pass(1);
    }

    assertThat(line.openings()).isGreaterThan(1);
    assertThat(troubles()).containsExactly("CORRUPT its fan stands still");
  }

  // Opening the line again would begin its warm-up again.
  @Test
  void aDeviceThatWarmsUpIsLeftInPeace() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(new Complaining());
    for (int i = 0; i < 600; i++) {
      line.say("w");
      pass(1);
    }

    assertThat(line.openings()).isEqualTo(1);
    assertThat(board.lines(ROOF)).containsExactly("WARMING_UP it is cold");
  }

  // A smart meter tells in each telegram what the gas meter said at the full hour.
  @Test
  void whatIsSaidAgainOfTheSameTimeIsHandedOverOnce() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(new Complaining());
    for (String said : List.of("1", "1", "2", "2", "2")) {
      pass(10);
      line.say(said);
    }
    pass(1);

    assertThat(intake.readings())
        .extracting(r -> r.phenomenonTime())
        .containsExactly(PhenomenonTime.at(1), PhenomenonTime.at(2));
  }

  @Test
  void whoeverRecordsSeesWhatPassesInItsOrder() {
    FakeSerialLine line = lines.plugIn(PORT);
    tap.open = true;
    start(query(60));
    line.say(FRAME);
    pass(1);

    assertThat(tap.passed)
        .containsExactly(
            "OPENED " + HEX.formatHex(OPENING.bytes()),
            "SAID " + HEX.formatHex(WORK),
            "HEARD " + HEX.formatHex(FRAME),
            "SAID " + HEX.formatHex(CONTINUOUS));
  }

  // Three minutes of a carbon dioxide sensor: whoever mounts it must not look for a fault.
  @Test
  void aDeviceThatHasToWarmUpIsSaidToUntilItsFirstTrouble() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(5));
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.WARMING_UP);

    pass(65);

    assertThat(line.openings()).isGreaterThan(1);
    assertThat(board.state(ROOF)).as("tried again").isEqualTo(DeviceState.UNREACHABLE);
  }

  // A set is wanted after the warm-up: from then on the next one counts, also when it is replayed.
  @Test
  void whoeverRecordsSeesWhenASetIsWanted() {
    FakeSerialLine line = lines.plugIn(PORT);
    tap.open = true;
    start(active(60));
    sayEachSecond(line, 32);

    assertThat(tap.passed).filteredOn(p -> p.startsWith("TURN")).hasSize(1);
  }

  // Half a conversation cannot be replayed: what the device was told before is missing.
  @Test
  void aRecordBeginsWithAnOpening() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(60));
    pass(40);
    assertThat(line.openings()).isEqualTo(1);
    tap.open = true;
    pass(10);

    assertThat(line.openings()).isEqualTo(2);
    assertThat(tap.passed.subList(0, 2))
        .containsExactly("OPENED " + HEX.formatHex(OPENING.bytes()), "SAID " + HEX.formatHex(WORK));
  }

  @Test
  void nothingIsCopiedForNobody() {
    FakeSerialLine line = lines.plugIn(PORT);
    start(query(60));
    line.say(FRAME);
    pass(1);

    assertThat(tap.passed).isEmpty();
  }

  @Test
  void aPermissionThatIsMissingIsAMatterOfConfiguration() {
    lines.plugIn(PORT);
    lines.forbid(PORT, "sudo usermod -aG dialout mycelium");
    start(active(1));

    assertThat(troubles())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("CONFIG")
        .contains("sudo usermod -aG dialout mycelium");
  }

  // A device class that never finds a frame, and a line that never stops talking.
  @Test
  void neitherMemoryNorThreadIsFilledByALineThatNeverStops() {
    FakeSerialLine line = lines.plugIn(PORT);
    NeverSatisfied device = new NeverSatisfied();
    start(device);

    line.say(new byte[100_000]);
    scheduler.pass(Duration.ofMillis(100));
    assertThat(device.scans).isBetween(10, 20);
    pass(10);

    assertThat(device.longest).isBetween(8_193, 8_192 + 1_024);
    assertThat(device.scans).isEqualTo(98);
  }

  @Test
  void whatCannotBeHandedOverWhenItStopsIsSaidToBeLost() {
    FakeSerialLine line = lines.plugIn(PORT);
    ConfiguredLoop loop = start(active(1));
    intake.full(true);
    sayEachSecond(line, 35);

    loop.close();

    assertThat(troubles().get(1)).contains("could not be handed over");
  }

  @Test
  void closedItNeitherListensNorTries() {
    FakeSerialLine line = lines.plugIn(PORT);
    ConfiguredLoop loop = start(active(1));
    sayEachSecond(line, 35);
    int before = intake.kept().size();

    loop.close();
    sayEachSecond(line, 35);

    assertThat(line.isOpen()).isFalse();
    assertThat(line.openings()).isEqualTo(1);
    assertThat(intake.kept()).hasSize(before);
  }

  private ConfiguredLoop start(FrameDevice<?> device) {
    return start(device, 9600);
  }

  private ConfiguredLoop start(FrameDevice<?> device, int baud) {
    DeviceDescription description =
        device instanceof Toy
            ? DeviceDescription.of("toy", "a toy")
                .gives("PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE)
            : new Sds011().description();
    SerialPortLoop<?> loop =
        new SerialPortLoop<>(
            new SerialPortLoop.Place(ROOF, PORT, SerialSettings.of(baud), OPENING),
            device,
            ResultSet.channels(ROOF, description, device.timetable().cycle()),
            new Surroundings(lines, intake, clock, this::told, tap, new PortClaims()),
            scheduler,
            board.enter(ROOF, PORT));
    loop.start();
    scheduler.runDue();
    return new ConfiguredLoop(loop, scheduler);
  }

  /** As its owner ends it. */
  private record ConfiguredLoop(SerialPortLoop<?> loop, HandScheduler scheduler) {

    void close() {
      scheduler.close();
      loop.end();
    }
  }

  private List<String> troubles() {
    return board.lines(ROOF).stream()
        .filter(l -> !l.startsWith("OK ") && !l.startsWith("WARMING_UP "))
        .toList();
  }

  private List<String> recoveries() {
    return board.lines(ROOF).stream().filter(l -> l.startsWith("OK ")).toList();
  }

  private void sayEachSecond(FakeSerialLine line, int seconds) {
    for (int i = 0; i < seconds; i++) {
      line.say(FRAME);
      pass(1);
    }
  }

  private void pass(int seconds) {
    scheduler.pass(Duration.ofSeconds(seconds));
  }

  private static FrameDevice<?> active(int intervalSeconds) {
    return sensor("active", intervalSeconds, "FFFF");
  }

  private static FrameDevice<?> query(int intervalSeconds) {
    return sensor("query", intervalSeconds, "FFFF");
  }

  private static FrameDevice<?> duty(int intervalSeconds) {
    return sensor("duty", intervalSeconds, "FFFF");
  }

  private static FrameDevice<?> sensor(String mode, int intervalSeconds, String chip) {
    Sds011 kind = new Sds011();
    try {
      return kind.device(
          Duration.ofSeconds(intervalSeconds),
          DeviceSettings.of(kind.description(), Map.of("mode", mode, "chipId", chip)));
    } catch (DeviceException e) {
      throw new AssertionError(e);
    }
  }

  /** Remembers what passes. */
  private static final class RecordingTap implements FrameTap {

    private final List<String> passed = new ArrayList<>();
    private boolean open;

    @Override
    public boolean isOpen(DeviceId device) {
      return open;
    }

    @Override
    public void pass(DeviceId device, Way way, byte[] bytes) {
      passed.add(way + " " + HEX.formatHex(bytes));
    }

    @Override
    public void kept(List<Reading> readings, long receivedAt) {
      throw new AssertionError("the pipeline says that");
    }
  }

  /** Waits for a frame that never ends. */
  private static final class NeverSatisfied extends Toy {

    private int scans;
    private int longest;

    @Override
    public Scan<String> scan(byte[] bytes) {
      scans++;
      longest = Math.max(longest, bytes.length);
      return new Scan<>(List.of(), 0, 0);
    }
  }

  /** Fails on every byte. */
  private static final class Defective extends Toy {

    private int scans;

    @Override
    public Scan<String> scan(byte[] bytes) {
      scans++;
      throw new IllegalStateException("a bug in " + (char) bytes[0]);
    }
  }

  /** Each letter is a frame. */
  private abstract static class Lettered extends Toy {

    @Override
    public Scan<String> scan(byte[] bytes) {
      List<String> letters =
          new String(bytes, StandardCharsets.US_ASCII)
              .chars()
              .mapToObj(Character::toString)
              .toList();
      return new Scan<>(letters, bytes.length, 0);
    }
  }

  /** Says the second of the day in one digit. */
  private static final class Watch extends Lettered {

    @Override
    public Optional<TimeTold> timeIn(String frame) {
      return Optional.of(new TimeTold("watch", 1_000 * Long.parseLong(frame), 7));
    }
  }

  /** Says how it is in a letter, or what was when. */
  private static final class Complaining extends Lettered {

    @Override
    public Timetable timetable() {
      return Timetable.listenOnly(Duration.ofSeconds(10));
    }

    @Override
    public FrameReader<String> reader() {
      return this::read;
    }

    private void read(String frame, Results results) throws DeviceException {
      switch (frame) {
        case "c" -> throw DeviceException.corrupt("its fan stands still");
        case "w" -> throw DeviceException.warmingUp("it is cold");
        case "g" -> results.number("PM10", 1);
        default ->
            results.put(
                "PM10", new Result.Measurement(1), PhenomenonTime.at(Long.parseLong(frame)));
      }
    }
  }

  private abstract static class Toy implements FrameDevice<String> {

    @Override
    public Timetable timetable() {
      return Timetable.listenOnly(Duration.ofMinutes(1));
    }

    @Override
    public FrameReader<String> reader() {
      return (frame, results) -> {};
    }
  }
}

package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every device does that talks in frames. The test of a device class implements this and says
 * what it is, what it hears and what that means; each test below then tries to make it lie. A
 * report is printed at the end.
 */
@ExtendWith(Report.class)
public interface FrameDeviceContract {

  /** Random bytes that a decoder takes, as the issue of the drivers asks for. */
  int RANDOM_BYTES = Integer.getInteger("mycelium.kit.randomBytes", 10_000_000);

  /** The device class. */
  SerialSensor kind();

  /**
   * What a healthy device says, in whole frames, with the source; enough for all golden results.
   */
  byte[] goldenStream();

  /** The sets of results that this means, in their order, with the source. */
  List<Golden> golden();

  /** What the device offers against damage on the way: full or none. */
  Integrity integrity();

  /**
   * What the class says to the device with {@link #interval()} and {@link #settings()}:
   * hexadecimal, the opening first, then the steps of a cycle, then the farewell, with the source.
   */
  default List<String> goldenSaid() {
    return List.of();
  }

  /** How often results are wanted. */
  default Duration interval() {
    return kind().description().interval();
  }

  /** What is set in the configuration; nothing, unless something has to be. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** Outputs in the description that this healthy device has no result for, with these settings. */
  default Set<String> outputsNotGiven() {
    return Set.of();
  }

  /** Options that take any text at all, such as a name; all others refuse nonsense. */
  default Set<String> optionsOfAnyText() {
    return Set.of();
  }

  /** Bytes of a golden frame that no checksum covers, and whose damage changes results: counted. */
  default boolean isUnprotected(int positionInGoldenStream) {
    return !integrity().isFull();
  }

  @Test
  default void describesItselfAndItsOptions(Findings findings) throws DeviceException {
    Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.DESCRIPTION)) {
      Sanity.description(kind().description(), settings(), line);
      Sanity.refusesNonsense(
          kind().description(),
          settings(),
          optionsOfAnyText(),
          wrong -> kind().device(interval(), DeviceSettings.of(kind().description(), wrong)),
          line);
      line.pass();
    }
  }

  @Test
  default void goldenBytesMeanGoldenResults(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.GOLDEN)) {
      List<Map<String, Result>> sets = hearing.baseline();
      assertThat(sets).as("sets of results").hasSameSizeAs(golden());
      for (int i = 0; i < sets.size(); i++) {
        golden().get(i).hold(sets.get(i));
        line.held(golden().get(i).size());
      }
      Timetable timetable = hearing.device().timetable();
      List<String> said = new ArrayList<>();
      for (List<Step> steps :
          List.of(timetable.opening(), timetable.steps(), timetable.farewell())) {
        steps.stream()
            .filter(step -> step.words().length > 0)
            .forEach(step -> said.add(HexFormat.of().formatHex(step.words())));
      }
      assertThat(said)
          .as("what is said to the device")
          .isEqualTo(
              goldenSaid().stream()
                  .map(hex -> hex.replace(" ", "").toLowerCase(Locale.ROOT))
                  .toList());
      line.held(said.size());
      line.remark(said.size() + " things said as given");
      line.pass();
    }
  }

  @Test
  default void unitsFitAndGoldenValuesArePlausible(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.UNITS)) {
      Map<String, Result> all = new LinkedHashMap<>();
      hearing.baseline().forEach(all::putAll);
      Sanity.units(kind().description(), outputsNotGiven(), all, line);
      line.pass();
    }
  }

  @Test
  default void oneFlippedBitIsNoticedOrHarmless(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.FLIP)) {
      for (int bit = 0; bit < 8 * goldenStream().length; bit++) {
        byte[] flipped = goldenStream();
        flipped[bit / 8] ^= (byte) (0x80 >> (bit % 8));
        hearing.judge(flipped, isUnprotected(bit / 8), "bit " + bit + " of the stream", line);
      }
      if (!integrity().isFull() && line.countOf(Outcome.UNSEEN) == 0) {
        line.fault(
            "the test declares that damage may go unseen ("
                + integrity()
                + "), but all of it is noticed or harmless: declare Integrity.full");
      }
      line.pass();
    }
  }

  @Test
  default void halfAFrameIsNoResultAndTheNextOneIs(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.HALF)) {
      byte[] stream = goldenStream();
      for (int length = 0; length < stream.length; length++) {
        byte[] half = Arrays.copyOf(stream, length);
        hearing.judge(half, false, length + " bytes of the stream", line);
        hearing.findsTheNextAfter(half, "after " + length + " bytes of the stream", line);
        byte[] tail = Arrays.copyOfRange(stream, length, stream.length);
        hearing.judge(tail, !integrity().isFull(), "the stream without its first " + length, line);
      }
      line.pass();
    }
  }

  @Test
  default void garbageNeverBreaksItAndTheNextFrameIsFound(Findings findings)
      throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.GARBAGE)) {
      Random random = new Random(5);
      Hearing.Listener<?> listener = hearing.listener();
      int bytes = 0;
      while (bytes < RANDOM_BYTES) {
        byte[] chunk = new byte[1 + random.nextInt(700)];
        random.nextBytes(chunk);
        bytes += chunk.length;
        listener.hear(chunk);
        line.count(listener.takeSets().isEmpty() ? Outcome.NOTICED : Outcome.TAKEN);
      }
      line.remark("%,d random bytes".formatted(bytes));
      for (int seed = 0; seed < 200; seed++) {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        hearing.findsTheNextAfter(noise, "after noise no. " + seed, line);
      }
      line.pass();
    }
  }

  @Test
  default void silenceAndStuckLinesGiveNothing(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.SILENCE)) {
      hearing.judge(new byte[0], false, "silence", line);
      for (int value : new int[] {0x00, 0xFF}) {
        byte[] stuck = new byte[20_000];
        Arrays.fill(stuck, (byte) value);
        hearing.judge(stuck, false, "a line stuck at %02X".formatted(value), line);
        hearing.findsTheNextAfter(stuck, "after a line stuck at %02X".formatted(value), line);
      }
      line.pass();
    }
  }

  @Test
  default void unpluggedInMidFrameAndOpenedAgainItGoesOn(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.UNPLUGGED)) {
      for (int length = 0; length < goldenStream().length; length++) {
        hearing.listener().hear(Arrays.copyOf(goldenStream(), length));
        Hearing.Listener<?> anew = hearing.listener();
        anew.hear(goldenStream());
        assertThat(anew.takeSets()).as("opened again").isEqualTo(hearing.baseline());
        line.count(Outcome.HELD);
      }
      line.pass();
    }
  }

  /** However late the bytes come, and in whatever pieces, the frames are the same. */
  @Test
  default void piecesMakeNoDifference(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.LATE)) {
      byte[] stream = goldenStream();
      for (int cut = 0; cut <= stream.length; cut++) {
        Hearing.Listener<?> listener = hearing.listener();
        listener.hear(Arrays.copyOf(stream, cut));
        listener.hear(new byte[0]);
        listener.hear(Arrays.copyOfRange(stream, cut, stream.length));
        assertThat(listener.takeSets()).as("cut at " + cut).isEqualTo(hearing.baseline());
        line.count(Outcome.HELD);
      }
      Hearing.Listener<?> listener = hearing.listener();
      for (byte b : stream) {
        listener.hear(new byte[] {b});
      }
      assertThat(listener.takeSets()).as("byte by byte").isEqualTo(hearing.baseline());
      line.count(Outcome.HELD);
      hearing.sameInAnyPieces(200, line);
      line.pass();
    }
  }

  @Test
  default void whatComesTwiceNeverBreaksIt(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.AGAIN)) {
      Hearing.Listener<?> listener = hearing.listener();
      listener.hear(goldenStream());
      listener.takeSets();
      listener.hear(goldenStream());
      for (Map<String, Result> set : listener.takeSets()) {
        assertThat(hearing.baseline()).as("the second time").contains(set);
      }
      line.count(Outcome.HELD);
      line.pass();
    }
  }

  /** A jump of the clock, a hanging file, another thread: it cannot suffer from what it lacks. */
  @Test
  default void hasNoClockThreadFileNetworkOrChance(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.CLOCK)) {
      Sanity.reach(List.of(kind().getClass(), hearing.device().getClass()), line);
      line.pass();
    }
  }

  @Test
  default void tenThousandReadsGiveTheSameAndKeepNothing(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.HEAP)) {
      Heap heap = new Heap();
      Hearing.Listener<?> listener = hearing.listener();
      for (int i = 0; i < Heap.READS; i++) {
        heap.before(i);
        listener.hear(goldenStream());
        assertThat(listener.takeSets()).as("time " + i).isNotEmpty();
        line.count(Outcome.HELD);
      }
      heap.requireBounded(line);
      line.pass();
    }
  }

  /** The gateway was killed: the device goes on with what it was saying, and hears the opening. */
  @Test
  default void openedInMidStreamItFindsItsPlace(Findings findings) throws DeviceException {
    Hearing hearing = Hearing.over(this, findings);
    try (Line line = findings.begin(Trial.RESTART)) {
      byte[] stream = goldenStream();
      for (int from = 1; from < stream.length; from++) {
        hearing.findsTheNextAfter(
            Arrays.copyOfRange(stream, from, stream.length), "begun at byte " + from, line);
      }
      line.pass();
    }
  }
}

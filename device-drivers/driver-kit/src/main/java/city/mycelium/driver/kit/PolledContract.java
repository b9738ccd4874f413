package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every device that is asked for its results does, whatever bus it is on. The test of a device
 * class implements this (on I²C {@link I2cChipContract}) and says what it is, what it answers and
 * what that means; each test below then tries to make it lie. A report is printed at the end.
 *
 * @param <B> how a device is reached on its bus
 */
@ExtendWith(Report.class)
public interface PolledContract<B> {

  /** The device class. */
  DeviceKind<B> kind();

  /** A bus with one healthy device; a new one each time, and each answers the same. */
  FakeBus<B> healthy();

  /** What its answers mean, with the source. */
  Golden golden();

  /** What the device offers against damage on the way. */
  Integrity integrity();

  /** What is set in the configuration; nothing, unless something has to be. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** How many reads may say WARMING_UP or STALE, or give nothing, before there are results. */
  default int warmUpReads() {
    return 0;
  }

  /** Outputs in the description that this healthy device has no result for, with these settings. */
  default Set<String> outputsNotGiven() {
    return Set.of();
  }

  /** Options that take any text at all, such as a name; all others refuse nonsense. */
  default Set<String> optionsOfAnyText() {
    return Set.of();
  }

  @Test
  default void describesItselfAndItsOptions(Findings findings) {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.DESCRIPTION)) {
      Sanity.description(kind().description(), settings(), line);
      assertThat(kind().description())
          .as("described the same each time")
          .isEqualTo(kind().description());
      Sanity.refusesNonsense(
          kind().description(),
          settings(),
          optionsOfAnyText(),
          wrong -> trying.results(healthy(), wrong),
          line);
      line.pass();
    }
  }

  @Test
  default void goldenBytesMeanGoldenResults(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.GOLDEN)) {
      FakeBus<B> bus = healthy();
      try (Poll poll = trying.connect(bus)) {
        golden().hold(trying.readUntilResults(poll));
        golden().hold(trying.readUntilResults(poll));
      }
      line.held(2 * golden().size());
      assertThat(bus.transfers()).as("transfers").isNotEmpty();
      assertThat(bus.unasked()).as("what the script has, but the class never says").isEmpty();
      line.remark(bus.transfers().size() + " transfers as scripted");
      line.pass();
    }
  }

  @Test
  default void unitsFitAndGoldenValuesArePlausible(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.UNITS)) {
      Sanity.units(kind().description(), outputsNotGiven(), trying.baseline(), line);
      line.pass();
    }
  }

  @Test
  default void oneFlippedBitIsNoticedOrHarmless(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.FLIP)) {
      for (Transfer transfer : trying.transfers()) {
        for (int bit = 0; bit < 8 * transfer.answer().length; bit++) {
          trying.judge(
              Fault.flip(transfer.number(), bit),
              integrity().protects(transfer) ? Outcome.NOTICED : Outcome.UNSEEN,
              "bit " + bit + " of " + transfer,
              line);
        }
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
  default void halfAnAnswerIsNoticedOrHarmless(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.HALF)) {
      for (Transfer transfer : trying.transfers()) {
        for (int bytes = 0; bytes < transfer.answer().length; bytes++) {
          trying.judge(
              Fault.cut(transfer.number(), bytes),
              integrity().protects(transfer) ? Outcome.NOTICED : Outcome.UNSEEN,
              bytes + " bytes of " + transfer,
              line);
        }
      }
      line.pass();
    }
  }

  @Test
  default void garbageNeverBreaksIt(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.GARBAGE)) {
      Outcome worst = integrity().isFull() ? Outcome.TAKEN : Outcome.UNSEEN;
      for (int from : trying.beginnings()) {
        for (int seed = 0; seed < 250; seed++) {
          trying.judge(Fault.garbage(from, seed), worst, "garbage of seed " + seed, line);
        }
      }
      if (line.countOf(Outcome.TAKEN) * 50 > line.cases()) {
        line.fault(
            line.countOf(Outcome.TAKEN)
                + " times garbage was taken for results: more than a checksum passes by chance");
      }
      line.pass();
    }
  }

  @Test
  default void silenceIsUnreachableAndAStuckLineIsNoResult(Findings findings)
      throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.SILENCE)) {
      FakeBus<B> silent = healthy();
      silent.disturb(Fault.deaf(0, Integer.MAX_VALUE));
      try {
        trying.results(silent, settings());
        line.fault("results out of a device that never acknowledges");
      } catch (DeviceException e) {
        assertThat(e.state()).as("state of a silent device").isEqualTo(DeviceState.UNREACHABLE);
        line.count(Outcome.NOTICED);
      }
      Outcome worst = integrity().isFull() ? Outcome.NOTICED : Outcome.UNSEEN;
      for (int from : trying.beginnings()) {
        for (int value : new int[] {0x00, 0xFF}) {
          trying.judge(
              Fault.stuck(from, value),
              worst,
              "all bytes %02X from transfer %d on".formatted(value, from),
              line);
        }
      }
      line.pass();
    }
  }

  @Test
  default void aRefusedTransferIsNoResultAndNothingLasting(Findings findings)
      throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.NACK)) {
      for (Transfer transfer : trying.transfers()) {
        Fault fault = Fault.deaf(transfer.number(), 1);
        trying.judge(fault, Outcome.NOTICED, "no acknowledge at " + transfer, line);
        trying.recovers(fault, "no acknowledge at " + transfer, line);
      }
      line.pass();
    }
  }

  @Test
  default void unpluggedInMidTransferIsNoResultAndPluggedInItGoesOn(Findings findings)
      throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.UNPLUGGED)) {
      for (Transfer transfer : trying.transfers()) {
        for (int bytes = 0; bytes < Math.max(1, transfer.answer().length); bytes++) {
          Fault fault = Fault.unplugged(transfer.number(), bytes);
          String what = "unplugged after " + bytes + " bytes of " + transfer;
          trying.judge(
              fault, integrity().protects(transfer) ? Outcome.NOTICED : Outcome.UNSEEN, what, line);
          trying.recovers(fault, what, line);
        }
      }
      line.pass();
    }
  }

  /** What it said before is not what it says now. */
  @Test
  default void aDeviceThatFailsAfterAGoodReadGivesNothing(Findings findings)
      throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.STALE)) {
      trying.failsAfterAGoodRead(
          Fault.deaf(0, Integer.MAX_VALUE), "nothing acknowledges any more", line);
      if (integrity().isFull()) {
        trying.failsAfterAGoodRead(Fault.flipAll(7), "the last bit of every byte flips", line);
        trying.failsAfterAGoodRead(Fault.stuck(0, 0x00), "every byte is 00", line);
        trying.failsAfterAGoodRead(Fault.stuck(0, 0xFF), "every byte is FF", line);
      }
      line.pass();
    }
  }

  @Test
  default void aDeviceThatAnswersLateGivesNoWrongResult(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.LATE)) {
      for (Transfer transfer : trying.transfers()) {
        for (int times = 2; times <= 4; times++) {
          trying.judge(
              Fault.deaf(transfer.number(), times),
              Outcome.NOTICED,
              "not ready for " + times + " transfers from " + transfer,
              line);
        }
      }
      for (long millis : new long[] {1, 10, 100, 1_000, 10_000}) {
        FakeBus<B> slow = healthy();
        if (slow.delay(Duration.ofMillis(millis))) {
          trying.judge(slow, Outcome.NOTICED, "conversions " + millis + " ms longer", line);
        }
      }
      line.pass();
    }
  }

  @Test
  default void anAnswerThatComesTwiceNeverBreaksIt(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.AGAIN)) {
      for (Transfer transfer : trying.transfers()) {
        if (transfer.answer().length > 0) {
          Fault fault = Fault.again(transfer.number());
          String what = "the answer before once more at " + transfer;
          trying.judge(fault, Outcome.TAKEN, what, line);
          trying.recovers(fault, what, line);
        }
      }
      line.pass();
    }
  }

  /** A jump of the clock, a hanging file, another thread: it cannot suffer from what it lacks. */
  @Test
  default void hasNoClockThreadFileNetworkOrChance(Findings findings) {
    new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.CLOCK)) {
      Sanity.reach(List.of(kind().getClass()), line);
      line.pass();
    }
  }

  @Test
  default void tenThousandReadsGiveTheSameAndKeepNothing(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    Map<String, Result> expected = trying.baseline();
    try (Line line = findings.begin(Trial.HEAP)) {
      FakeBus<B> bus = healthy();
      try (Poll poll = trying.connect(bus)) {
        Heap heap = new Heap();
        for (int i = 0; i < Heap.READS; i++) {
          heap.before(i);
          assertThat(trying.readUntilResults(poll)).as("read " + i).isEqualTo(expected);
          bus.forget();
          line.count(Outcome.HELD);
        }
        heap.requireBounded(line);
      }
      line.pass();
    }
  }

  @Test
  default void connectsAgainInWhateverStateItWasLeft(Findings findings) throws DeviceException {
    Trying<B> trying = new Trying<>(this, findings);
    try (Line line = findings.begin(Trial.RESTART)) {
      for (Transfer transfer : trying.transfers()) {
        trying.recovers(
            Fault.deaf(transfer.number(), Integer.MAX_VALUE), "left before " + transfer, line);
      }
      FakeBus<B> bus = healthy();
      trying.connect(bus); // and nobody closes it: the gateway was killed
      golden().hold(trying.results(bus, settings()));
      golden().hold(trying.results(bus, settings()));
      line.held(2);
      DeviceKind<B> one = kind();
      for (int device = 0; device < 2; device++) {
        FakeBus<B> another = healthy();
        trying.results(one, another, settings());
        assertThat(another.unasked()).as("not said to device " + device + " of one kind").isEmpty();
        line.count(Outcome.HELD);
      }
      line.pass();
    }
  }
}

package city.mycelium.driver.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class PollingHostTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final DeviceId ROOF = new DeviceId("chip.roof");
  private static final DeviceId STREET = new DeviceId("chip.street");
  private static final DeviceDescription CHIP =
      DeviceDescription.of("chip", "a chip of no maker")
          .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingBoard board = new RecordingBoard();

  /** What hangs: workers take a task and do nothing with it until the test lets them. */
  private final Deque<Runnable> hanging = new ArrayDeque<>();

  private boolean hang;
  private int connections;
  private int closings;
  private final PollingHost host = host(this::work);

  private PollingHost host(Executor workers) {
    return new PollingHost(intake, clock, scheduler, workers, board, FrameTap.NOBODY);
  }

  private void work(Runnable task) {
    if (hang) {
      hanging.add(task);
    } else {
      task.run();
    }
  }

  @Test
  void aDeviceIsReadOncePerInterval() {
    start(ROOF, MINUTE, results -> results.number("temperature", 20));

    scheduler.pass(Duration.ofMinutes(10).minusMillis(1));

    assertThat(intake.readings()).hasSize(10).allMatch(r -> r.channel().device().equals(ROOF));
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.OK);
    assertThat(connections).isEqualTo(1);
  }

  // Else two hundred chips would be asked in the same millisecond.
  @Test
  void devicesOfOneIntervalBeginApart() {
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      start(
          new DeviceId("chip." + i),
          Duration.ofSeconds(1),
          results -> starts.add(clock.monotonicNanos()));
    }
    scheduler.pass(Duration.ofMillis(999));

    assertThat(starts).hasSize(10);
    List<Long> gaps = new ArrayList<>();
    starts.sort(Long::compare);
    for (int i = 1; i < starts.size(); i++) {
      gaps.add((starts.get(i) - starts.get(i - 1)) / 1_000_000);
    }
    assertThat(gaps).allMatch(gap -> gap >= 50 && gap <= 150);
  }

  @Test
  void aDeviceReadOnceAnHourIsSeenAtWorkWithinSeconds() {
    start(STREET, MINUTE, results -> {});
    start(ROOF, Duration.ofHours(1), results -> results.number("temperature", 20));

    scheduler.pass(Duration.ofSeconds(10));

    assertThat(intake.readings()).hasSize(1);
  }

  // An SPS30 is stopped when it is let go, and started when it is connected: in this order.
  @Test
  void whatIsLetGoIsClosedBeforeItIsConnectedAgain() {
    List<String> said = new ArrayList<>();
    Deque<Boolean> fails = new ArrayDeque<>(List.of(true));
    host.host(
        new HostedDevice(
            ROOF,
            "test",
            "nowhere",
            CHIP,
            MINUTE,
            Map.of(),
            () -> {
              said.add("start");
              return new Poll() {
                @Override
                public void read(Results results) throws DeviceException {
                  if (!fails.isEmpty() && fails.remove()) {
                    hang = true; // whatever is left to a worker now comes too late
                    throw DeviceException.corrupt("the CRC is wrong");
                  }
                }

                @Override
                public void close() {
                  said.add("stop");
                }
              };
            }));
    scheduler.runDue();
    hang = false;
    scheduler.pass(Duration.ofSeconds(2));
    hanging.forEach(Runnable::run);

    assertThat(said).containsExactly("start", "stop", "start");
  }

  // A farewell that fails is a defect like another, and no reason to give the device up.
  @Test
  void aDeviceWhoseClosingFailsIsConnectedAgain() {
    Deque<Boolean> fails = new ArrayDeque<>(List.of(true));
    host.host(
        new HostedDevice(
            ROOF,
            "test",
            "nowhere",
            CHIP,
            MINUTE,
            Map.of(),
            () ->
                new Poll() {
                  @Override
                  public void read(Results results) throws DeviceException {
                    if (!fails.isEmpty() && fails.remove()) {
                      throw DeviceException.corrupt("the CRC is wrong");
                    }
                    results.number("temperature", 20);
                  }

                  @Override
                  public void close() {
                    throw new IllegalStateException("a defect");
                  }
                }));
    scheduler.pass(Duration.ofSeconds(2));

    assertThat(intake.readings()).hasSize(1);
  }

  // A bus that was disturbed once is no news; one that stays so is.
  @Test
  void oneFailureIsTriedAgainSoonAndNotSaid() {
    Deque<Boolean> fails = new ArrayDeque<>(List.of(true));
    start(
        ROOF,
        MINUTE,
        results -> {
          if (!fails.isEmpty() && fails.remove()) {
            throw DeviceException.corrupt("the CRC is wrong");
          }
          results.number("temperature", 20);
        });

    scheduler.pass(Duration.ofSeconds(2));

    assertThat(intake.readings()).hasSize(1);
    assertThat(board.lines(ROOF)).containsExactly("OK it gives results");
    assertThat(connections).as("connected anew after trouble").isEqualTo(2);
    assertThat(closings).isEqualTo(1);
  }

  @Test
  void aDeviceThatStaysAwayIsTriedLessAndLessOften() {
    int[] tries = {0};
    start(
        ROOF,
        MINUTE,
        results -> {
          tries[0]++;
          throw DeviceException.unreachable("nothing answers");
        });

    scheduler.pass(Duration.ofHours(1));

    assertThat(board.lines(ROOF)).containsExactly("UNREACHABLE nothing answers");
    // Half a second and twice that each time, up to five minutes; each pause may be half as long.
    assertThat(tries[0]).isBetween(15, 45);
  }

  @Test
  void afterTroubleItGoesOnInItsOwnRhythm() {
    boolean[] away = {true};
    start(
        ROOF,
        MINUTE,
        results -> {
          if (away[0]) {
            throw DeviceException.unreachable("nothing answers");
          }
          results.number("temperature", 20);
        });
    scheduler.pass(Duration.ofMinutes(30));
    away[0] = false;
    scheduler.pass(Duration.ofMinutes(5));
    int before = intake.readings().size();
    scheduler.pass(Duration.ofMinutes(10));

    assertThat(intake.readings().size() - before).isEqualTo(10);
    assertThat(board.lines(ROOF))
        .containsExactly("UNREACHABLE nothing answers", "OK it gives results");
  }

  @Test
  void aWrongConfigurationIsSaidAtOnce() {
    start(
        ROOF,
        MINUTE,
        results -> {
          throw DeviceException.config("this is another chip");
        });
    scheduler.runDue();

    assertThat(board.lines(ROOF)).containsExactly("CONFIG this is another chip");
  }

  @Test
  void aDeviceThatWarmsUpGivesNothingAndKeepsItsRhythm() {
    int[] tries = {0};
    start(
        ROOF,
        MINUTE,
        results -> {
          results.number("temperature", 20);
          if (tries[0]++ < 3) {
            throw DeviceException.warmingUp("it warms up for three minutes");
          }
        });

    scheduler.pass(Duration.ofMinutes(5).minusMillis(1));

    assertThat(tries[0]).isEqualTo(5);
    assertThat(intake.readings()).hasSize(2);
    assertThat(connections).isEqualTo(1);
    assertThat(board.lines(ROOF))
        .containsExactly("WARMING_UP it warms up for three minutes", "OK it gives results");
  }

  // What a failing call has put before it failed was not checked to the end.
  @Test
  void aCallThatThrowsGivesNothing() {
    start(
        ROOF,
        MINUTE,
        results -> {
          results.number("temperature", 20);
          throw DeviceException.corrupt("the second CRC is wrong");
        });

    scheduler.pass(Duration.ofMinutes(3));

    assertThat(intake.readings()).isEmpty();
  }

  @Test
  void aDefectCostsOnlyItsOwnDevice() {
    start(
        ROOF,
        MINUTE,
        results -> {
          throw new IllegalStateException("a defect");
        });
    start(STREET, MINUTE, results -> results.number("temperature", 20));

    scheduler.pass(Duration.ofMinutes(10));

    assertThat(board.state(ROOF)).isEqualTo(DeviceState.FAILED);
    assertThat(board.lines(ROOF).get(0)).contains("a defect").contains("report it");
    assertThat(intake.readings()).hasSize(10);
  }

  // A value that is none is a defect of its driver, and must not be taken for a result.
  @Test
  void aNumberThatIsNoneIsADefect() {
    start(ROOF, MINUTE, results -> results.number("temperature", Double.NaN));
    scheduler.pass(MINUTE);

    assertThat(intake.readings()).isEmpty();
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.FAILED);
  }

  @Test
  void anOutputThatNobodyDescribedIsADefect() {
    start(ROOF, MINUTE, results -> results.number("humidity", 50));
    scheduler.pass(MINUTE);

    assertThat(board.lines(ROOF).get(0)).contains("no output 'humidity'");
  }

  @Test
  void aDeviceThatHangsIsSaidAndDelaysNobody() {
    hang = true;
    start(ROOF, MINUTE, results -> results.number("temperature", 20));
    scheduler.runDue();
    hang = false;
    start(STREET, MINUTE, results -> results.number("temperature", 21));

    scheduler.pass(Duration.ofMinutes(10));

    assertThat(hanging).as("it is never called a second time").hasSize(1);
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.HANGING);
    assertThat(values()).hasSize(10).containsOnly(21.0);

    hanging.remove().run();
    scheduler.pass(Duration.ofMinutes(2));
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.OK);
    assertThat(values()).contains(20.0);
  }

  // Turns that were missed are not made up for: nobody wants the same temperature five times.
  @Test
  void turnsMissedAreNotMadeUpFor() {
    hang = true;
    start(ROOF, MINUTE, results -> results.number("temperature", 20));
    scheduler.runDue();
    hang = false;
    scheduler.pass(Duration.ofMinutes(5).plusSeconds(1));
    hanging.remove().run();
    scheduler.pass(MINUTE);

    assertThat(intake.readings()).hasSize(2);
  }

  @Test
  void whereNoThreadIsLeftThatIsSaidAndTriedAgain() {
    boolean[] full = {true};
    PollingHost crowded =
        host(
            task -> {
              if (full[0]) {
                throw new RejectedExecutionException();
              }
              task.run();
            });
    crowded.host(device(ROOF, MINUTE, results -> results.number("temperature", 20)));
    scheduler.pass(MINUTE);
    assertThat(board.lines(ROOF).get(0)).contains("too many other devices hang");

    full[0] = false;
    scheduler.pass(Duration.ofMinutes(2));
    assertThat(board.state(ROOF)).isEqualTo(DeviceState.OK);
  }

  @Test
  void aDeviceThatLeavesIsClosedAndReadNoMore() {
    DeviceHost.Stay stay = start(ROOF, MINUTE, results -> results.number("temperature", 20));
    scheduler.pass(MINUTE.minusMillis(1));
    stay.close();
    scheduler.pass(Duration.ofMinutes(10));

    assertThat(intake.readings()).hasSize(1);
    assertThat(closings).isEqualTo(1);
    assertThat(board.isServed(ROOF)).isFalse();
  }

  @Test
  void aDeviceThatLeavesWhileItHangsGivesNothingAfterwards() {
    hang = true;
    DeviceHost.Stay stay = start(ROOF, MINUTE, results -> results.number("temperature", 20));
    scheduler.runDue();
    stay.close();
    scheduler.runDue();
    hang = false;
    hanging.remove().run();
    scheduler.pass(MINUTE);

    assertThat(intake.readings()).isEmpty();
    assertThat(closings).isEqualTo(1);
  }

  @Test
  void aTimeThatTheDeviceKnowsIsHandedOver() {
    start(
        ROOF,
        MINUTE,
        results -> {
          results.at(PhenomenonTime.at(1_000));
          results.number("temperature", 20);
        });
    scheduler.runDue();

    assertThat(intake.readings())
        .extracting(Reading::phenomenonTime)
        .containsExactly(PhenomenonTime.at(1_000));
  }

  @Test
  void oneNameForTwoDevicesIsRefused() {
    start(ROOF, MINUTE, results -> {});

    assertThatThrownBy(() -> start(ROOF, MINUTE, results -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Double> values() {
    return intake.readings().stream().map(r -> ((Result.Measurement) r.result()).value()).toList();
  }

  // The component of a changed configuration comes before the scheduler's thread has run.
  @Test
  void whoIsConfiguredAnewIsTakenAtOnce() {
    DeviceHost.Stay before = start(ROOF, MINUTE, results -> results.number("temperature", 20));
    scheduler.pass(MINUTE);

    before.close();
    start(ROOF, MINUTE, results -> results.number("temperature", 21));
    scheduler.pass(MINUTE);

    assertThat(board.isServed(ROOF)).isTrue();
    assertThat(intake.readings())
        .last()
        .extracting(Reading::result)
        .isEqualTo(new Result.Measurement(21));
  }

  private DeviceHost.Stay start(DeviceId id, Duration interval, Poll poll) {
    return host.host(device(id, interval, poll));
  }

  private HostedDevice device(DeviceId id, Duration interval, Poll poll) {
    return new HostedDevice(
        id,
        "test",
        "nowhere",
        CHIP,
        interval,
        Map.of(),
        () -> {
          connections++;
          return new Poll() {
            @Override
            public void read(Results results) throws DeviceException {
              poll.read(results);
            }

            @Override
            public void close() {
              closings++;
            }
          };
        });
  }
}

package city.mycelium.driver.host;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hands Readings to the gateway, and keeps a few of them while it cannot take them. Everything
 * happens on the scheduler's thread.
 *
 * <p>What has to wait gets the time at which it came for its phenomenonTime: the gateway's own time
 * of receipt would be that of the last try. What is handed over at once does not, since the gateway
 * knows better than a driver what its clock is worth.
 */
public final class Outbox {

  /** Sets of Readings that wait at most: ten minutes of a device that speaks every second. */
  public static final int MOST_WAITING = 600;

  /** Sets that go in one submission, so that a long wait is not followed by one huge commit. */
  private static final int MOST_AT_ONCE = 100;

  private final Intake intake;
  private final Clock clock;
  private final Scheduler scheduler;
  private final DeviceBoard.Entry board;
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault());
  private final Deque<List<Reading>> waiting = new ArrayDeque<>();
  private boolean busy;
  private long dropped;
  private long droppedWhenWell;

  /** Empty, with nothing lost yet; {@code board} is told when the gateway does not take it. */
  public Outbox(Intake intake, Clock clock, Scheduler scheduler, DeviceBoard.Entry board) {
    this.intake = intake;
    this.clock = clock;
    this.scheduler = scheduler;
    this.board = board;
  }

  /** Hands one set of Readings over, or keeps it until that is possible. */
  public void offer(List<Reading> set) {
    if (busy) {
      keep(stamped(set, clock.epochMillis()));
    } else {
      submit(List.of(set));
    }
  }

  /** Sets that were given up, oldest first, because too many waited. */
  public long dropped() {
    return dropped;
  }

  /** Sets that wait now. */
  public int waiting() {
    return waiting.size();
  }

  /** The gateway stops: what still waits is lost, and that is said. */
  public void end() {
    if (!waiting.isEmpty()) {
      board.handedOver(
          DeviceState.LOSING,
          "stopped while "
              + waiting.size()
              + " sets of readings could not be handed over; they are lost");
    }
  }

  private void keep(List<Reading> set) {
    waiting.addLast(set);
    dropOldest();
  }

  private void dropOldest() {
    while (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
      dropped++;
      board.handedOver(
          DeviceState.LOSING,
          "more than "
              + MOST_WAITING
              + " sets of readings wait for the gateway: the oldest are lost");
    }
  }

  private void submit(List<List<Reading>> sets) {
    busy = true;
    long cameAt = clock.epochMillis();
    List<Reading> readings = sets.stream().flatMap(List::stream).toList();
    CompletableFuture<Acceptance> answer;
    try {
      answer = intake.submit(readings, Urgency.POLLED);
    } catch (RuntimeException e) { // somebody else's code, which may be stopping just now
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (acceptance, failure) ->
                scheduler.execute(() -> answered(sets, cameAt, acceptance, failure)));
  }

  private void answered(
      List<List<Reading>> sets,
      long cameAt,
      @Nullable Acceptance acceptance,
      @Nullable Throwable failure) {
    if (acceptance == null) {
      keepAgain(sets, cameAt, failure);
    } else {
      done(acceptance);
    }
  }

  private void keepAgain(List<List<Reading>> sets, long cameAt, @Nullable Throwable failure) {
    for (int i = sets.size() - 1; i >= 0; i--) {
      waiting.addFirst(stamped(sets.get(i), cameAt));
    }
    dropOldest();
    if (dropped == droppedWhenWell) {
      board.handedOver(
          DeviceState.STUCK,
          "the gateway cannot keep its readings now ("
              + (failure == null ? "no reason given" : failure.getMessage())
              + "); they are kept here and tried again");
    }
    scheduler.after(backoff.next(), this::submitWaiting);
  }

  private void done(Acceptance acceptance) {
    backoff.reset();
    long lost = dropped - droppedWhenWell;
    droppedWhenWell = dropped;
    if (acceptance.refusals().isEmpty()) {
      board.handedOver(
          DeviceState.OK, "the gateway takes its readings again; sets lost meanwhile: " + lost);
    } else {
      board.handedOver(
          DeviceState.REFUSED,
          "the gateway refuses readings: " + acceptance.refusals().get(0).why());
    }
    submitWaiting();
  }

  private void submitWaiting() {
    busy = false;
    List<List<Reading>> sets = new ArrayList<>();
    while (!waiting.isEmpty() && sets.size() < MOST_AT_ONCE) {
      sets.add(waiting.removeFirst());
    }
    if (!sets.isEmpty()) {
      submit(sets);
    }
  }

  private static List<Reading> stamped(List<Reading> set, long epochMillis) {
    return set.stream()
        .map(
            r ->
                r.phenomenonTime() != null
                    ? r
                    : new Reading(
                        r.channel(), PhenomenonTime.at(epochMillis), r.result(), r.sourceKey()))
        .toList();
  }
}

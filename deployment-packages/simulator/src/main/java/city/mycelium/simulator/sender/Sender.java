package city.mycelium.simulator.sender;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.simulator.kit.Kit;
import city.mycelium.simulator.kit.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * An honest kit with a memory: it posts what it measured, in order, keeps what was not answered and
 * sends it again, the same body, until it is. What does not fit into its memory it forgets, oldest
 * first; it was never told that this was kept.
 *
 * <p>All its work is done on its own Scheduler.
 */
public final class Sender {

  private static final int MEMORY_POSTS = 1_000;
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

  private final Kit kit;
  private final Patience patience;
  private final Carrier carrier;
  private final AnswerLog log;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private long bodies;
  private boolean willTryAgain;

  private record Numbered(long number, Post post) {}

  /** Whether the kit waits for an answer, this time. */
  @FunctionalInterface
  public interface Patience {

    boolean waits();

    /** Always. */
    Patience ENDLESS = () -> true;

    /** Hangs up on one post in so many, on average, and posts it again at once. */
    static Patience hangingUpOneIn(int posts, Random random) {
      return () -> random.nextInt(posts) > 0;
    }
  }

  public Sender(
      Kit kit,
      Patience patience,
      Carrier carrier,
      AnswerLog log,
      Clock clock,
      Scheduler scheduler) {
    this.kit = kit;
    this.patience = patience;
    this.carrier = carrier;
    this.log = log;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Measures for the first time after a while, and from then on every period of the kit. */
  public void start(Duration firstAfter) {
    scheduler.after(firstAfter, this::measure);
  }

  private void measure() {
    scheduler.after(kit.period(), this::measure);
    for (Post post : kit.measure(clock.epochMillis())) {
      waiting.addLast(new Numbered(++bodies, post));
      if (waiting.size() > MEMORY_POSTS) {
        waiting.removeFirst();
      }
    }
    deliver();
  }

  private void deliver() {
    while (!waiting.isEmpty()) {
      Numbered next = waiting.getFirst();
      if (!patience.waits()) {
        hangUpOn(next);
      }
      Answer answer = post(next);
      log.note(answer);
      if (answer.isToBeTriedAgain()) {
        tryAgainLater();
        return;
      }
      waiting.removeFirst();
    }
  }

  private Answer post(Numbered next) {
    try {
      return answer(next, carrier.post(next.post()));
    } catch (IOException e) {
      return answer(next, Answer.NONE); // the reason does not matter to a kit
    }
  }

  private void hangUpOn(Numbered next) {
    try {
      carrier.postAndHangUp(next.post());
    } catch (IOException e) {
      return; // nobody there: the real attempt that follows will say so
    }
    log.note(answer(next, Answer.NONE));
  }

  private Answer answer(Numbered next, int status) {
    return new Answer(
        kit.device(), next.number(), clock.epochMillis(), status, next.post().values());
  }

  private void tryAgainLater() {
    if (!willTryAgain) {
      willTryAgain = true;
      scheduler.after(
          TRY_AGAIN_AFTER,
          () -> {
            willTryAgain = false;
            deliver();
          });
    }
  }
}

package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The PULL_RESPs that wait for their TX_ACK, by token. Each is answered exactly once: by its
 * forwarder, or by the time. Safe for use by many threads.
 */
final class Questions {

  private static final int TOKENS = 1 << 16;

  private final Duration patience;
  private final Scheduler scheduler;
  private final Map<Integer, Question> open = new ConcurrentHashMap<>();
  private final AtomicInteger next;

  /**
   * What came back.
   *
   * @param taken whether the frame will be sent
   * @param word the forwarder's for why not; empty if nothing came back in time
   */
  record Answer(boolean taken, String word) {

    static final Answer TAKEN = new Answer(true, "");
    static final Answer SILENCE = new Answer(false, "");

    static Answer refused(String word) {
      return new Answer(false, word.isEmpty() ? "nothing" : word);
    }
  }

  private record Question(Eui eui, Consumer<Answer> then, Cancellable timeout) {}

  /**
   * Nothing is asked yet.
   *
   * @param first the first token
   */
  Questions(Duration patience, Scheduler scheduler, int first) {
    this.patience = patience;
    this.scheduler = scheduler;
    next = new AtomicInteger(first);
  }

  /**
   * A new question.
   *
   * @return its token; of the 65,536 there are one that waits for nothing else
   */
  int ask(Eui eui, Consumer<Answer> then) {
    while (true) {
      int token = Math.floorMod(next.getAndIncrement(), TOKENS);
      Cancellable timeout = scheduler.after(patience, () -> answer(eui, token, Answer.SILENCE));
      if (open.putIfAbsent(token, new Question(eui, then, timeout)) == null) {
        return token;
      }
      timeout.cancel();
    }
  }

  /** Answers a question; whether this forwarder was asked it. */
  boolean answer(Eui eui, int token, Answer answer) {
    Question question = open.get(token);
    if (question == null || !question.eui.equals(eui) || !open.remove(token, question)) {
      return false;
    }
    question.timeout.cancel();
    question.then.accept(answer);
    return true;
  }

  /** Answers all that is open: no answer will come any more. */
  void close() {
    List.copyOf(open.entrySet()).forEach(e -> answer(e.getValue().eui, e.getKey(), Answer.SILENCE));
  }
}

package city.mycelium.driver.push.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Acceptance.Refusal;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way in, in memory: keeps what it is given, knows the keys of what it has kept, and fails,
 * hesitates or contradicts when it is told to.
 */
final class FakeIntake implements Intake {

  private record Pending(List<Reading> readings, CompletableFuture<Acceptance> answer) {}

  private final List<Reading> kept = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> contradictions = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private @Nullable Exception failure;
  private boolean hesitating;
  private int repeated;
  private @Nullable Urgency urgency;

  @Override
  public synchronized CompletableFuture<Acceptance> submit(List<Reading> readings, Urgency asked) {
    urgency = asked;
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    CompletableFuture<Acceptance> answer = new CompletableFuture<>();
    if (hesitating) {
      pending.add(new Pending(readings, answer));
    } else {
      answer.complete(keep(readings));
    }
    return answer;
  }

  private Acceptance keep(List<Reading> readings) {
    Set<String> known = Set.copyOf(keys);
    List<Refusal> refusals = new ArrayList<>();
    int accepted = 0;
    int repeats = 0;
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      String why = contradictions.get(reading.channel().datastreamId().value());
      if (why != null) {
        refusals.add(new Refusal(i, why));
      } else if (known.contains(String.valueOf(reading.sourceKey()))) {
        repeats++;
      } else {
        keys.add(String.valueOf(reading.sourceKey()));
        kept.add(reading);
        accepted++;
      }
    }
    repeated += repeats;
    return new Acceptance(accepted, 0, repeats, refusals);
  }

  /** How long each kept Reading's key marks a repeat. */
  synchronized List<Optional<Duration>> repeatsWithin() {
    return kept.stream().map(reading -> Optional.ofNullable(reading.repeatsWithin())).toList();
  }

  /** Fails every submission, until it is told to keep them again. */
  synchronized void fail(IntakeException.Reason reason, String why) {
    failure = new IntakeException(reason, why);
  }

  synchronized void failWith(Exception defect) {
    failure = defect;
  }

  synchronized void work() {
    failure = null;
    hesitating = false;
    for (Pending waiting : pending) {
      waiting.answer().complete(keep(waiting.readings()));
    }
    pending.clear();
  }

  /** Answers nothing, until it is told to work. */
  synchronized void hesitate() {
    hesitating = true;
  }

  synchronized void contradict(String datastream, String why) {
    contradictions.put(datastream, why);
  }

  synchronized int waiting() {
    return pending.size();
  }

  synchronized int repeated() {
    return repeated;
  }

  synchronized @Nullable Urgency lastUrgency() {
    return urgency;
  }

  /** What is kept, as {@code datastream=value}, in order. */
  synchronized List<String> kept() {
    return kept.stream()
        .map(
            reading ->
                reading.channel().datastreamId()
                    + "="
                    + (reading.result() instanceof Result.Measurement number
                        ? Double.toString(number.value())
                        : reading.result().toString()))
        .toList();
  }
}

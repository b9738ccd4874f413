package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way in, in memory: keeps what it is given once per source key, or fails when told to. */
public final class FakeIntake implements Intake {

  private final List<Reading> kept = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final List<Urgency> urgencies = new ArrayList<>();
  private @Nullable IntakeException failure;

  @Override
  public synchronized CompletableFuture<Acceptance> submit(
      List<Reading> readings, Urgency urgency) {
    urgencies.add(urgency);
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    Set<String> known = Set.copyOf(keys);
    int accepted = 0;
    for (Reading reading : readings) {
      if (!known.contains(String.valueOf(reading.sourceKey()))) {
        keys.add(String.valueOf(reading.sourceKey()));
        kept.add(reading);
        accepted++;
      }
    }
    return CompletableFuture.completedFuture(
        new Acceptance(accepted, 0, readings.size() - accepted, List.of()));
  }

  synchronized void fail() {
    failure = new IntakeException(IntakeException.Reason.STORAGE, "the disk is full");
  }

  synchronized List<Urgency> urgencies() {
    return List.copyOf(urgencies);
  }

  public synchronized List<Reading> kept() {
    return List.copyOf(kept);
  }
}

package city.mycelium.receiver.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the receiver has done since it was started. Safe for use by many threads. */
public final class Tally {

  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong duplicatesDropped = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicReference<@Nullable String> databaseTrouble = new AtomicReference<>();
  private final AtomicReference<@Nullable String> brokerTrouble =
      new AtomicReference<>("not connected yet");

  public void committed(long newObservations, long duplicates) {
    commits.incrementAndGet();
    stored.addAndGet(newObservations);
    duplicatesDropped.addAndGet(duplicates);
  }

  /** A message could not be understood, or no database would hold it. */
  public void refused() {
    refused.incrementAndGet();
  }

  /** Why nothing can be stored; null if it can. */
  public void databaseTrouble(@Nullable String why) {
    databaseTrouble.set(why);
  }

  /** Why nothing comes in; null if it does. */
  public void brokerTrouble(@Nullable String why) {
    brokerTrouble.set(why);
  }

  public long commits() {
    return commits.get();
  }

  public long stored() {
    return stored.get();
  }

  public long duplicatesDropped() {
    return duplicatesDropped.get();
  }

  public long messagesRefused() {
    return refused.get();
  }

  public @Nullable String databaseTrouble() {
    return databaseTrouble.get();
  }

  public @Nullable String brokerTrouble() {
    return brokerTrouble.get();
  }
}

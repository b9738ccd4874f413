package city.mycelium.api.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the gateway, and all that a driver sees of it. Safe for use by many threads. */
public interface Intake {

  /**
   * Hands Readings over. They are one unit: what is acceptable in it becomes durable together or
   * not at all.
   *
   * <p>Returns at once. The future completes when the good Readings are as durable as the urgency
   * asks; it fails with {@link IntakeException} when they could not be kept, and then the sender
   * must be told to send again. Readings that are refused (see {@link Acceptance#refusals}) cost no
   * other.
   */
  CompletableFuture<Acceptance> submit(List<Reading> readings, Urgency urgency);
}

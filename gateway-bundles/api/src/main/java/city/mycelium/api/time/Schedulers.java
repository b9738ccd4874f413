package city.mycelium.api.time;

/** Makes Schedulers. Safe for use by many threads. */
public interface Schedulers {

  /**
   * A new serial Scheduler that shares its thread with nobody, so that a task that hangs delays
   * only its own owner.
   *
   * @param name what the thread is called in logs and dumps
   */
  Scheduler serial(String name);
}

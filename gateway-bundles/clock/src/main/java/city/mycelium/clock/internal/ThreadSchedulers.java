package city.mycelium.clock.internal;

import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedulers with one daemon thread each. Safe for use by many threads.
 *
 * <p>It supervises what they run: a task that throws is logged here, once, under the name of its
 * scheduler.
 */
@Component
public final class ThreadSchedulers implements Schedulers {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Logger log;
  private final Duration patience;

  @Activate
  public ThreadSchedulers() {
    this(LoggerFactory.getLogger(ThreadSchedulers.class), PATIENCE);
  }

  ThreadSchedulers(Logger log, Duration patience) {
    this.log = log;
    this.patience = patience;
  }

  @Override
  public Scheduler serial(String name) {
    return new ThreadScheduler(name, log, patience);
  }
}

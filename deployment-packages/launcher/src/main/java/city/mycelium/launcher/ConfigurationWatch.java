package city.mycelium.launcher;

import java.util.Optional;
import org.slf4j.Logger;

/**
 * Carries each change of the configuration folder to the running gateway. What is not a
 * configuration is reported, once, and changes nothing. One thread at a time may run it.
 */
final class ConfigurationWatch implements Runnable {

  /** Where a changed configuration takes effect. */
  @FunctionalInterface
  interface Target {
    void reconfigure(Layer layer) throws LaunchException;
  }

  private final ConfigurationFolder folder;
  private final Target target;
  private final Logger log;
  private String problem = "";

  ConfigurationWatch(ConfigurationFolder folder, Target target, Logger log) {
    this.folder = folder;
    this.target = target;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      Optional<Layer> changed = folder.poll();
      if (changed.isPresent()) {
        target.reconfigure(changed.get());
        log.info("The configuration has changed and is in force");
        problem = "";
      }
    } catch (LaunchException e) {
      report(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A bug, here or in the framework, must not end the watch: the next change may pass.
      log.error("The configuration could not be looked at", e);
    }
  }

  private void report(String what) {
    if (!what.equals(problem)) {
      log.error("{} The last good configuration stays in force.", what);
      problem = what;
    }
  }
}

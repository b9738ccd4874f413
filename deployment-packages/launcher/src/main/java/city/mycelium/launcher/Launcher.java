package city.mycelium.launcher;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinylog.jul.JulTinylogBridge;

/** The program: starts a gateway, keeps its configuration current, and stops it when asked to. */
public final class Launcher {

  private static final int STOPPED = 0;
  private static final int NOT_CLEANLY = 1;
  private static final int CANNOT_START = 2;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Told to stop while it starts, the launcher fails at something: a consequence and no cause. */
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private Launcher() {}

  /**
   * Runs until the process is told to stop.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(CommandLine.USAGE);
      return;
    }
    // Inside, time is UTC, in the log too. Civil time is configuration and never the host's.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      run(CommandLine.parse(List.of(arguments), System.getProperty(CommandLine.DATA_PROPERTY)));
    } catch (LaunchException e) {
      if (!STOPPING.get()) {
        System.err.println(e.getMessage());
        Runtime.getRuntime().halt(CANNOT_START);
      }
    } catch (RuntimeException e) {
      // A bug. Ended, it is started again by whoever watches over it; half alive, it is not.
      if (!STOPPING.get()) {
        LoggerFactory.getLogger(Launcher.class).error("The launcher has failed", e);
        Runtime.getRuntime().halt(NOT_CLEANLY);
      }
    }
    System.exit(STOPPED);
  }

  private static void run(CommandLine line) throws LaunchException, InterruptedException {
    BundleSet set = BundleSet.read(line.bundles());
    ConfigurationFolder folder = new ConfigurationFolder(line.config(), Gateway.ETC_RANKING);
    Layer etc = folder.read();

    JulTinylogBridge.activate();
    Logger log = LoggerFactory.getLogger(Launcher.class);
    Gateway gateway = Gateway.on(line.data(), Optional.of(line.config()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, log), "shutdown"));
    gateway.start(set, etc);
    log.info("Up: bundle set {}, {}", set.name(), gateway);
    ConfigurationWatch watch = new ConfigurationWatch(folder, gateway::reconfigure, log);
    while (!gateway.awaitStop(LOOK_EVERY)) {
      watch.run();
    }
  }

  /** Runs as the process goes down, and decides its exit code, which a signal would otherwise. */
  private static void stop(Gateway gateway, Logger log) {
    STOPPING.set(true);
    int code = NOT_CLEANLY;
    try {
      if (gateway.stop(STOP_PATIENCE)) {
        log.info("Stopped");
        code = STOPPED;
      } else {
        log.error(
            "Not everything has stopped within {} s; ending all the same",
            STOP_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      log.error("Interrupted while stopping", e);
    }
    Runtime.getRuntime().halt(code);
  }
}

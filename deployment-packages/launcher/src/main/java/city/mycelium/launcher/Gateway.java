package city.mycelium.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.Logger;

/**
 * A framework with one bundle set and two layers of configuration in it: the packaged defaults and,
 * above them, what the operator wrote. Both are there before the bundles that use them, so that
 * nothing starts with a configuration that is then changed under it. Thread-safe.
 */
final class Gateway {

  /** The layer of the defaults that come with the bundle set. */
  static final int DEFAULTS_RANKING = -1000;

  /** The layer of the operator's own files. */
  static final int ETC_RANKING = 1000;

  /** Where bundles find the operator's folder. */
  static final String CONFIG_PROPERTY = "mycelium.config";

  private static final Logger LOG = org.slf4j.LoggerFactory.getLogger(Gateway.class);

  /** Where the two layers are installed from, by name: they exist in memory only. */
  private static final String DEFAULTS = "mycelium:defaults";

  private static final String ETC = "mycelium:etc";

  private final Framework framework;
  private final DataLock lock;

  private Gateway(Framework framework, DataLock lock) {
    this.framework = framework;
    this.lock = lock;
  }

  /**
   * A gateway that is yet to be started.
   *
   * @param data the data directory; made if it is not there
   * @throws LaunchException if another gateway has it, or it cannot be written
   */
  static Gateway on(Path data) throws LaunchException {
    return on(data, Optional.empty());
  }

  /**
   * A gateway that is yet to be started.
   *
   * @param data the data directory; made if it is not there
   * @param config the operator's folder, which may hold more than configurations
   * @throws LaunchException if another gateway has it, or it cannot be written
   */
  static Gateway on(Path data, Optional<Path> config) throws LaunchException {
    DataLock lock = DataLock.take(data);
    Map<String, Object> properties = properties(data);
    config.ifPresent(folder -> properties.put(CONFIG_PROPERTY, folder.toAbsolutePath().toString()));
    Framework framework = new FrameworkFactory().newFramework(properties);
    try {
      framework.init();
    } catch (BundleException e) {
      throw new LaunchException(
          "The framework cannot use its folder in the data directory "
              + data
              + ", cache/framework: "
              + e.getMessage()
              + " The folder may be deleted.",
          e);
    }
    return new Gateway(framework, lock);
  }

  /**
   * Starts the bundles of a set. One that does not start is logged, and the others run without it.
   *
   * @throws LaunchException if the packaged defaults are no configuration or the framework takes no
   *     bundles
   */
  void start(BundleSet set, Layer etc) throws LaunchException {
    Layer defaults = Layer.read(DEFAULTS_RANKING, set.defaults());
    BundleContext context = framework.getBundleContext();
    try {
      context.registerService(
          new String[] {LogService.class.getName(), LoggerFactory.class.getName()},
          LogServiceBridge.service(org.slf4j.LoggerFactory::getLogger),
          null);
      framework.start();
      List<Bundle> bundles = new ArrayList<>();
      bundles.add(context.installBundle(DEFAULTS, LayerBundle.jar("mycelium.defaults", defaults)));
      bundles.add(context.installBundle(ETC, LayerBundle.jar("mycelium.etc", etc)));
      for (Path jar : set.bundles()) {
        // By reference: the cache need not hold a second copy of every jar.
        bundles.add(context.installBundle("reference:" + jar.toUri()));
      }
      bundles.forEach(Gateway::start);
    } catch (BundleException e) {
      throw new LaunchException("The framework does not take the bundle set: " + e, e);
    }
  }

  /** Puts the operator's configuration in force; only what differs reaches a component. */
  void reconfigure(Layer etc) throws LaunchException {
    Bundle bundle = framework.getBundleContext().getBundle(ETC);
    try (InputStream jar = LayerBundle.jar(bundle.getSymbolicName(), etc)) {
      bundle.update(jar);
    } catch (BundleException | IOException e) {
      throw new LaunchException("The framework does not take the configuration: " + e, e);
    }
  }

  /**
   * Waits for the gateway to stop, whoever stops it.
   *
   * @return whether it has
   */
  boolean awaitStop(Duration patience) throws InterruptedException {
    return framework.waitForStop(patience.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
  }

  /**
   * Stops the bundles in the reverse order of their start.
   *
   * @return whether all of them had stopped in time
   */
  boolean stop(Duration patience) throws InterruptedException {
    try {
      framework.stop();
    } catch (BundleException e) {
      LOG.error("The framework refuses to stop", e);
      return false;
    }
    boolean stopped = awaitStop(patience);
    if (stopped) {
      lock.close();
    }
    return stopped;
  }

  /** The framework, to look into. */
  Framework framework() {
    return framework;
  }

  /** How many of its bundles are active. */
  @Override
  public String toString() {
    Bundle[] bundles = framework.getBundleContext().getBundles();
    long active = List.of(bundles).stream().filter(b -> b.getState() == Bundle.ACTIVE).count();
    return active + " of " + bundles.length + " bundles active";
  }

  private static void start(Bundle bundle) {
    try {
      bundle.start(); // also one that would wait for a first look at its classes: all are counted
    } catch (BundleException e) {
      LOG.error("{} does not start, the gateway runs without it: {}", bundle, e.getMessage());
    }
  }

  private static Map<String, Object> properties(Path data) throws LaunchException {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommandLine.DATA_PROPERTY, data.toString());
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache/framework").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exports());
    properties.put("felix.log.logger", new FrameworkLog());
    properties.put("felix.log.level", "2"); // warnings
    properties.put("ds.loglevel", "2"); // warnings
    // Nobody opens bundle: addresses by their text, and the handlers would be the process's.
    properties.put("felix.service.urlhandlers", "false");
    // Configurations come from the layers at each start: no copy of them belongs on the medium.
    properties.put("felix.cm.pm", "memory");
    return properties;
  }

  private static String exports() throws LaunchException {
    Properties exports = new Properties();
    try (InputStream in = Gateway.class.getResourceAsStream("exports.properties")) {
      exports.load(in);
    } catch (IOException e) {
      throw new LaunchException("The launcher's own jar cannot be read: " + e, e);
    }
    return String.join(
        ",", exports.stringPropertyNames().stream().map(exports::getProperty).toList());
  }
}

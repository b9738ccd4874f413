package city.mycelium.launcher;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * A bundle that takes the configurations of the PIDs in its header and tells them to whoever has
 * registered a {@link Collection}, and every PID whose configuration changes to whoever has
 * registered a {@link Queue}: types that both sides of the framework share.
 */
public final class ListeningBundle implements BundleActivator {

  private static final String PIDS = "Test-Pids";

  @Override
  public void start(BundleContext context) {
    context.registerService(
        SynchronousConfigurationListener.class,
        change -> note(context, Queue.class, change.getPid()),
        null);
    for (String pid : context.getBundle().getHeaders().get(PIDS).split(",")) {
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(Constants.SERVICE_PID, pid);
      context.registerService(
          ManagedService.class,
          configuration -> {
            if (configuration != null) {
              tell(context, pid, configuration);
            }
          },
          properties);
    }
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes the services back
  }

  private static void tell(BundleContext context, String pid, Dictionary<String, ?> configuration) {
    Map<String, String> told = new TreeMap<>();
    for (String key : Collections.list(configuration.keys())) {
      Object value = configuration.get(key);
      told.put(
          key,
          value.getClass().getSimpleName()
              + " "
              + (value instanceof Object[] many ? Arrays.toString(many) : value));
    }
    told.remove(Constants.SERVICE_PID);
    note(context, Collection.class, pid + " " + told);
  }

  @SuppressWarnings({
    "rawtypes",
    "unchecked"
  }) // a service is looked up by a class, without type arguments
  private static <C extends Collection> void note(
      BundleContext context, Class<C> who, String line) {
    ServiceReference<C> listener = context.getServiceReference(who);
    if (listener != null) {
      context.getService(listener).add(line);
    }
  }

  /** Packs the bundle for some PIDs. */
  static void write(Path jar, String pids) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(Constants.BUNDLE_SYMBOLICNAME, "test.listening");
    headers.put(Constants.BUNDLE_ACTIVATOR, ListeningBundle.class.getName());
    headers.put(Constants.IMPORT_PACKAGE, "org.osgi.framework,org.osgi.service.cm");
    headers.put(PIDS, pids);
    write(jar, headers, ListeningBundle.class);
  }

  /** Packs a bundle of headers and classes. */
  static void write(Path jar, Map<String, String> headers, Class<?>... classes) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.forEach(manifest.getMainAttributes()::putValue);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        out.write(type.getClassLoader().getResourceAsStream(entry).readAllBytes());
        out.closeEntry();
      }
    }
  }
}

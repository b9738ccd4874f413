package city.mycelium.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Device classes, found without a framework: the bundles on the class path name their components in
 * their manifests, each in a file that bears the name of its class (OSGi Compendium 8, 112.4.1).
 */
final class Kinds {

  private static final Attributes.Name COMPONENTS = new Attributes.Name("Service-Component");
  private static final String FOLDER = "OSGI-INF/";
  private static final String END = ".xml";

  private Kinds() {}

  /**
   * One of each class that is of this type and needs nothing but a clock.
   *
   * @param clock for those that need one
   * @throws IOException if a manifest cannot be read
   */
  static <T> List<T> of(Class<T> type, RecordClock clock) throws IOException {
    List<T> kinds = new ArrayList<>();
    ClassLoader loader = Kinds.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      try (InputStream in = url.openStream()) {
        String components = new Manifest(in).getMainAttributes().getValue(COMPONENTS);
        if (components != null && components.contains("city.mycelium.driver")) {
          for (String file : components.split(",", -1)) {
            add(loader, file.strip(), type, clock, kinds);
          }
        }
      }
    }
    return kinds;
  }

  private static <T> void add(
      ClassLoader loader, String file, Class<T> type, RecordClock clock, List<T> kinds) {
    String name = file.substring(FOLDER.length(), file.length() - END.length());
    try {
      Class<?> component = Class.forName(name, false, loader);
      if (type.isAssignableFrom(component)) {
        kinds.add(type.cast(made(component, clock)));
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // It needs more than is here, so it is no device class.
    }
  }

  /** By its only public constructor, each of whose parameters a clock can be. */
  private static Object made(Class<?> component, RecordClock clock)
      throws ReflectiveOperationException {
    Constructor<?>[] constructors = component.getConstructors();
    if (constructors.length != 1) {
      throw new NoSuchMethodException(component.getName());
    }
    Object[] arguments = new Object[constructors[0].getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      if (!constructors[0].getParameterTypes()[i].isInstance(clock)) {
        throw new NoSuchMethodException(component.getName());
      }
      arguments[i] = clock;
    }
    return constructors[0].newInstance(arguments);
  }
}

package city.mycelium.cli;

import java.io.IOException;
import java.io.InputStream;
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
   * One of each class that is of this type and can be made without anything.
   *
   * @throws IOException if a manifest cannot be read
   */
  static <T> List<T> of(Class<T> type) throws IOException {
    List<T> kinds = new ArrayList<>();
    ClassLoader loader = Kinds.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      try (InputStream in = url.openStream()) {
        String components = new Manifest(in).getMainAttributes().getValue(COMPONENTS);
        if (components != null && components.contains("city.mycelium.driver")) {
          for (String file : components.split(",", -1)) {
            add(loader, file.strip(), type, kinds);
          }
        }
      }
    }
    return kinds;
  }

  private static <T> void add(ClassLoader loader, String file, Class<T> type, List<T> kinds) {
    String name = file.substring(FOLDER.length(), file.length() - END.length());
    try {
      Class<?> component = Class.forName(name, false, loader);
      if (type.isAssignableFrom(component)) {
        kinds.add(type.cast(component.getConstructor().newInstance()));
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // It needs more than is here, so it is no device class: those need nothing.
    }
  }
}

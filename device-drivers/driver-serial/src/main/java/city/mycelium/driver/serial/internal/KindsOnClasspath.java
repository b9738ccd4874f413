package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.SerialSensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds kinds of device where there is no OSGi, at a desk: by the same descriptions of components
 * that the framework finds them by (OSGi Compendium 7, 112.4.1, Service-Component).
 */
public final class KindsOnClasspath {

  private static final Pattern IMPLEMENTATION =
      Pattern.compile("<implementation class=\"([A-Za-z0-9_.$]+)\"");

  private KindsOnClasspath() {}

  /**
   * All that are there.
   *
   * @throws IOException if a jar cannot be read, or a kind cannot be made
   */
  public static List<SerialSensor> serial() throws IOException {
    ClassLoader loader = KindsOnClasspath.class.getClassLoader();
    List<SerialSensor> kinds = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      try (InputStream in = url.openStream()) {
        String components = new Manifest(in).getMainAttributes().getValue("Service-Component");
        if (components != null) {
          for (String path : components.split("\\s*,\\s*", -1)) {
            add(loader, path, kinds);
          }
        }
      }
    }
    return kinds;
  }

  private static void add(ClassLoader loader, String path, List<SerialSensor> kinds)
      throws IOException {
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in == null) {
        return;
      }
      String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher implementation = IMPLEMENTATION.matcher(xml);
      if (xml.contains("<provide interface=\"" + SerialSensor.class.getName() + "\"")
          && implementation.find()) {
        kinds.add(make(loader, implementation.group(1)));
      }
    }
  }

  private static SerialSensor make(ClassLoader loader, String name) throws IOException {
    try {
      return loader.loadClass(name).asSubclass(SerialSensor.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IOException(name + " cannot be made a kind of serial device", e);
    }
  }
}

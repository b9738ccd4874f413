package city.mycelium.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;

/**
 * A layer as a bundle without code, made in memory, from which the OSGi Configurator takes it (OSGi
 * Compendium 8, chapter 150).
 */
final class LayerBundle {

  private static final String RESOURCE = "OSGI-INF/configurator/layer.json";

  private LayerBundle() {}

  /** The jar of a bundle with that symbolic name, holding the layer. */
  static InputStream jar(String symbolicName, Layer layer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest(symbolicName))) {
      jar.putNextEntry(new ZipEntry(RESOURCE));
      jar.write(layer.text().getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static Manifest manifest(String symbolicName) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    headers.putValue(
        Constants.REQUIRE_CAPABILITY,
        "osgi.extender;filter:=\"(&(osgi.extender=osgi.configurator)"
            + "(version>=1.0)(!(version>=2.0)))\"");
    return manifest;
  }
}

package city.mycelium.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deployment packages, read as an agent does: as a stream (OSGi Compendium 8, chapter 114). */
class DeploymentPackageTest {

  static Stream<Path> packages() throws IOException {
    try (Stream<Path> files = Files.list(Gateway.PACKAGES)) {
      return files.sorted().toList().stream();
    }
  }

  /** What can be added to or left out of a gateway comes as a package of its own. */
  @Test
  void everyDriverConnectorAndDialectHasItsPackage() throws IOException {
    List<String> expected =
        Gateway.modules()
            .filter(
                module ->
                    module.startsWith("driver.")
                        || module.startsWith("connector.")
                        || module.startsWith("dialect."))
            .map(module -> "city.mycelium." + module)
            .toList();

    assertThat(expected).isNotEmpty();
    assertThat(packages().map(file -> file.getFileName().toString().replaceFirst("-.*\\.dp$", "")))
        .containsExactlyElementsOf(expected);
  }

  /** The manifest is the first file; what follows are the bundles that it names, and no others. */
  @ParameterizedTest
  @MethodSource("packages")
  void manifestComesFirstAndTheBundlesFollow(Path file) throws IOException {
    try (JarInputStream dp = new JarInputStream(Files.newInputStream(file))) {
      Manifest manifest = dp.getManifest();
      assertThat(manifest).as("a manifest that is first").isNotNull();
      List<String> entries = new ArrayList<>();
      for (JarEntry entry = dp.getNextJarEntry(); entry != null; entry = dp.getNextJarEntry()) {
        entries.add(entry.getName());
      }
      assertThat(entries).containsExactlyInAnyOrderElementsOf(manifest.getEntries().keySet());
    }
  }

  /** The names in the manifest are the names in the bundles. */
  @ParameterizedTest
  @MethodSource("packages")
  void namesAndVersionsAreThoseOfTheBundles(Path file) throws IOException {
    try (JarInputStream dp = new JarInputStream(Files.newInputStream(file))) {
      Manifest manifest = dp.getManifest();
      Attributes main = manifest.getMainAttributes();
      assertThat(main.getValue("DeploymentPackage-ManifestVersion")).isEqualTo("1");
      assertThat(main.getValue("DeploymentPackage-SymbolicName"))
          .startsWith("city.mycelium.package.");
      for (JarEntry entry = dp.getNextJarEntry(); entry != null; entry = dp.getNextJarEntry()) {
        Attributes section = manifest.getAttributes(entry.getName());
        Attributes bundle = new JarInputStream(dp).getManifest().getMainAttributes();
        assertThat(section.getValue("Bundle-SymbolicName"))
            .isEqualTo(bundle.getValue("Bundle-SymbolicName"));
        assertThat(section.getValue("Bundle-Version"))
            .isEqualTo(main.getValue("DeploymentPackage-Version"))
            .isEqualTo(bundle.getValue("Bundle-Version"));
      }
    }
  }

  /** A bundle belongs to one package at most, so no two may bring the same. */
  @Test
  void noBundleIsInTwoPackages() throws IOException {
    List<String> bundles = new ArrayList<>();
    for (Path file : packages().toList()) {
      try (JarInputStream dp = new JarInputStream(Files.newInputStream(file))) {
        bundles.addAll(dp.getManifest().getEntries().keySet());
      }
    }

    assertThat(bundles).doesNotHaveDuplicates().noneMatch(name -> name.contains("mycelium.api"));
  }
}

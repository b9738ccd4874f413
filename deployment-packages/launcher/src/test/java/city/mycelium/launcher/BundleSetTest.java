package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleSetTest {

  @TempDir Path folder;

  @BeforeEach
  void aSetOfTwoBundlesAndTheirDefaults() throws Exception {
    Folders.write(folder.resolve("a.jar"), "A");
    Folders.write(folder.resolve("b.jar"), "B");
    Folders.write(folder.resolve("defaults.json"), "{}");
    Folders.seal(folder, "b.jar", "defaults.json", "a.jar");
  }

  /** The order of the manifest is the order of the start. */
  @Test
  void bundlesComeInTheOrderOfTheManifest() throws Exception {
    BundleSet set = BundleSet.read(folder);

    assertThat(set.bundles()).containsExactly(folder.resolve("b.jar"), folder.resolve("a.jar"));
    assertThat(set.defaults()).containsExactly(folder.resolve("defaults.json"));
    assertThat(set.name()).isEqualTo(folder.getFileName().toString());
  }

  @Test
  void changedFileIsRefused() throws Exception {
    Folders.write(folder.resolve("a.jar"), "a");

    assertRefused("a.jar is not the file that was packaged");
  }

  @Test
  void missingFileIsRefused() throws Exception {
    Files.delete(folder.resolve("a.jar"));

    assertRefused("a.jar is missing");
  }

  /** Somebody who drops a jar into the folder must hear that it will not be started. */
  @Test
  void unlistedJarIsRefused() throws Exception {
    Folders.write(folder.resolve("c.jar"), "C");

    assertRefused("c.jar does not belong to it");
  }

  /** Control: what is neither a bundle nor configuration may lie there. */
  @Test
  void unlistedTextIsNoMatter() throws Exception {
    Folders.write(folder.resolve("README.txt"), "read me");

    assertThat(BundleSet.read(folder).bundles()).hasSize(2);
  }

  /** A manifest must not reach outside its folder. */
  @Test
  void pathInTheManifestIsRefused() throws Exception {
    Folders.write(folder.resolve("bundles.sha256"), "0".repeat(64) + "  ../a.jar\n");

    assertRefused("a line that is no hash");
  }

  @Test
  void folderWithoutManifestIsNoSet() throws Exception {
    Files.delete(folder.resolve("bundles.sha256"));

    assertThatThrownBy(() -> BundleSet.read(folder))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("bundles.sha256 is missing");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> BundleSet.read(folder))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(why);
  }
}

package city.mycelium.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelModulesTest {

  @TempDir private Path folder;

  @Test
  void whatAModuleNeedsComesBeforeIt() throws IOException {
    module("drivers/iio/bmp280-i2c", "bmp280,regmap-i2c");
    module("drivers/iio/bmp280", "industrialio");
    module("drivers/iio/industrialio", "");
    module("drivers/regmap-i2c", "");

    assertThat(order("bmp280-i2c"))
        .containsExactly("industrialio.ko", "bmp280.ko", "regmap-i2c.ko", "bmp280-i2c.ko");
  }

  @Test
  void whatTwoNeedIsLoadedOnce() throws IOException {
    module("usbserial", "usbcore");
    module("xhci-pci", "usbcore");
    module("usbcore", "");

    assertThat(order("xhci-pci", "usbserial"))
        .containsExactly("usbcore.ko", "xhci-pci.ko", "usbserial.ko");
  }

  @Test
  void hyphensAndUnderscoresAreTheSame() throws IOException {
    module("virtio_pci", "virtio-ring");
    module("virtio_ring", "");

    assertThat(order("virtio-pci")).containsExactly("virtio_ring.ko", "virtio_pci.ko");
  }

  @Test
  void aKernelWithoutAModuleIsToldApart() throws IOException {
    module("i2c-dev", "");

    assertThatThrownBy(() -> order("i2c-stub"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no module i2c-stub");
  }

  @Test
  void aFolderWithoutModulesIsNoKernels() {
    assertThatThrownBy(() -> KernelModules.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no kernel modules");
  }

  private List<String> order(String... names) throws IOException {
    return KernelModules.in(folder).inOrder(List.of(names)).stream()
        .map(file -> String.valueOf(file.getFileName()))
        .toList();
  }

  private void module(String path, String depends) throws IOException {
    Path file = folder.resolve(path + ".ko");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "\u007fELF\0\u00ff\0license=GPL\0depends=" + depends + "\0name=x\0",
        StandardCharsets.ISO_8859_1);
  }
}

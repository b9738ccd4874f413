package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.sysfs.internal.Tap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharacterDeviceTest {

  private static final Tap NOBODY = new Tap(new DeviceId("gpio.1"), () -> FrameTap.NOBODY);

  @TempDir Path dev;
  private Path header;
  private Path expander;
  private FakeKernel kernel;

  @BeforeEach
  void plugIn() throws IOException {
    header = Files.createFile(dev.resolve("gpiochip0"));
    expander = Files.createFile(dev.resolve("gpiochip1"));
    kernel =
        new FakeKernel()
            .chip(header, "pinctrl-bcm2711", "ID_SDA", "ID_SCL", "GPIO2", "GPIO3", "GPIO4")
            .chip(expander, "pca9555", "", "", "");
  }

  private GpioLine open(String chip, String line) throws DeviceException {
    return new CharacterDevice(dev, kernel, NOBODY).open(request(chip, line));
  }

  private static LineRequest request(String chip, String line) {
    return new LineRequest(
        chip, line, "mycelium:gpio.1", true, LineRequest.Bias.PULL_UP, true, 5000);
  }

  @Test
  void aLineIsFoundByItsNameOnWhicheverChip() throws DeviceException {
    try (GpioLine line = open("any", "GPIO4")) {
      kernel.active(true);

      assertThat(line.isActive()).isTrue();
      assertThat(kernel.consumers()).hasSize(1);
    }
    assertThat(kernel.descriptors()).as("all is given back").isZero();
  }

  @Test
  void aLineIsFoundByTheLabelOfItsChipAndItsNumber() throws DeviceException {
    try (GpioLine line = open("pca9555", "2")) {
      kernel.active(false);

      assertThat(line.isActive()).isFalse();
    }
  }

  @Test
  void edgesAreReadUntilThereAreNoMore() throws DeviceException {
    try (GpioLine line = open("any", "GPIO4")) {
      for (int i = 1; i <= 200; i++) {
        kernel.edge(1_000L * i, i);
      }

      assertThat(line.edges()).hasSize(200).endsWith(new Edge(200_000, 200));
      assertThat(line.edges()).isEmpty();
    }
  }

  @Test
  void aNumberOnSeveralChipsIsAmbiguous() {
    fails("any", "2", DeviceState.CONFIG, "several chips", "pinctrl-bcm2711 (gpiochip0, 5 lines)");
  }

  @Test
  void aLineThatIsNotThereIsToldWithTheChipsThatAre() {
    fails("any", "GPIO99", DeviceState.CONFIG, "no line GPIO99", "pca9555 (gpiochip1, 3 lines)");
    fails("pca9555", "16", DeviceState.CONFIG, "no line 16 on chip pca9555", "gpioinfo");
  }

  @Test
  void aLineInUseNamesWhoUsesIt() {
    kernel.uses(header, 4, "onewire@0");

    fails("any", "GPIO4", DeviceState.CONFIG, "in use by onewire@0", "take another line");
  }

  // The device was reconfigured a moment ago, and its old connection is not closed yet.
  @Test
  void aLineThatIsStillOursIsTriedAgain() {
    kernel.uses(header, 4, "mycelium:gpio.1");

    fails("any", "GPIO4", DeviceState.UNREACHABLE, "not been given back yet");
  }

  @Test
  void aMissingPermissionNamesTheCommand() {
    kernel.refusesToOpen(Errno.EACCES);

    fails(
        "any",
        "GPIO4",
        DeviceState.CONFIG,
        header + " may not be opened by user",
        "sudo usermod -aG gpio " + System.getProperty("user.name"));
  }

  @Test
  void aChipWithoutInterruptsOrResistorsSaysSo() {
    kernel.refusesLines(Errno.ENXIO);

    fails("any", "GPIO4", DeviceState.CONFIG, "that can interrupt", "as-is");
  }

  @Test
  void aChipThatGoesIsUnreachable() throws DeviceException {
    try (GpioLine line = open("any", "GPIO4")) {
      kernel.goes();

      assertThatThrownBy(line::edges).hasMessageContaining("its chip has gone");
      assertThatThrownBy(line::isActive).hasMessageContaining("its chip has gone");
    }
  }

  @Test
  void aMachineWithoutChipsSaysSo() throws IOException {
    Files.delete(header);
    Files.delete(expander);

    fails("any", "GPIO4", DeviceState.UNREACHABLE, "no GPIO lines");
  }

  // Through the C library into the real kernel, which knows no such request for a plain file.
  @Test
  void theRealKernelIsAskedThroughTheCLibrary() {
    assertThatThrownBy(
            () -> new CharacterDevice(dev, new Libc(), NOBODY).open(request("any", "GPIO4")))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.CONFIG))
        .hasMessageContaining("errno 25")
        .hasMessageContaining("Linux 5.10");
  }

  private void fails(String chip, String line, DeviceState state, String... words) {
    assertThatThrownBy(() -> open(chip, line))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.state()).isEqualTo(state))
        .message()
        .contains(words);
    assertThat(kernel.descriptors()).as("nothing stays open").isZero();
  }
}

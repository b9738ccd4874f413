package city.mycelium.driver.sysfs.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.sysfs.internal.Tap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysfsFilesTest {

  private static final String FILE = "/sys/bus/x/value";

  @TempDir Path root;
  private KernelTree tree;
  private Sysfs sysfs;

  @BeforeEach
  void plant() {
    tree = new KernelTree(root);
    sysfs = tree.sysfs();
  }

  @Test
  void aNumberOnALineOfItsOwnIsRead() throws DeviceException {
    assertThat(tree.file(FILE, "25080\n").sysfs().number(FILE)).isEqualTo(25080);
    assertThat(tree.file(FILE, "-0.500000000\n").sysfs().number(FILE)).isEqualTo(-0.5);
  }

  // Of "25" nobody can tell whether it was to become 25 or 25080: the end of the line tells.
  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "25", "25.\n", "0x19\n", "1e3\n", "NaN\n", "25 080\n", "1\n2\n"})
  void whatIsNoWholeNumberIsCorrupt(String content) {
    tree.file(FILE, content);

    assertState(() -> sysfs.number(FILE), DeviceState.CORRUPT, FILE);
  }

  @Test
  void aFileThatHasGoneIsUnreachable() {
    assertState(() -> sysfs.number(FILE), DeviceState.UNREACHABLE, "unplugged");
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws DeviceException {
    assertThat(sysfs.list("/sys/bus/iio/devices")).isEmpty();
  }

  @Test
  void namesAreSorted() throws DeviceException {
    tree.file("/sys/a/2", "").file("/sys/a/1", "");

    assertThat(sysfs.list("/sys/a")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "/sys/../etc/passwd", "sys/x", "/system", "/sys/\0", "/sys/a/./b"})
  void nothingOutsideOfSysIsRead(String path) {
    assertState(() -> sysfs.read(path), DeviceState.CONFIG, "below /sys");
  }

  @Test
  void linksAreFollowedWithinTheTree() throws DeviceException {
    tree.file(KernelTree.I2C + "1-0076/iio:device0/name", "bmp280\n")
        .link("/sys/bus/iio/devices/iio:device0", KernelTree.I2C + "1-0076/iio:device0");

    assertThat(sysfs.resolve("/sys/bus/iio/devices/iio:device0"))
        .isEqualTo(KernelTree.I2C + "1-0076/iio:device0");
  }

  // A real error of a real kernel: nothing is mapped at address 0 of this process.
  @Test
  void eioOfTheKernelIsSaidInWords() throws IOException {
    Path mem = Path.of("/proc/self/mem");
    Files.createDirectories(root.resolve("sys"));
    Files.createSymbolicLink(root.resolve("sys/value"), mem);

    assertState(() -> sysfs.read("/sys/value"), DeviceState.UNREACHABLE, "EIO", "check wiring");
    Files.delete(root.resolve("sys/value"));
  }

  // The words are those of the C library for the error number (errno(3)).
  @ParameterizedTest
  @CsvSource({
    "Input/output error, UNREACHABLE, EIO",
    "Remote I/O error, UNREACHABLE, EIO",
    "No such device, UNREACHABLE, ENODEV",
    "No such device or address, UNREACHABLE, ENODEV",
    "Connection timed out, UNREACHABLE, ETIMEDOUT",
    "Resource temporarily unavailable, STALE, EAGAIN",
    "No data available, STALE, EAGAIN",
    "Device or resource busy, UNREACHABLE, EBUSY",
    "Bad message, CORRUPT, EBADMSG",
    "Permission denied, CONFIG, chmod a+r",
    "Invoer-/uitvoerfout, UNREACHABLE, dmesg"
  })
  void errorsAreSaidInWords(String words, DeviceState state, String says) {
    DeviceException e = SysfsFiles.trouble(FILE, new IOException(words));

    assertThat(e.state()).isEqualTo(state);
    assertThat(e).hasMessageContaining(FILE).hasMessageContaining(says);
  }

  @Test
  void aMissingPermissionNamesTheUserAndTheCommand() {
    assertThat(SysfsFiles.trouble(FILE, new AccessDeniedException(FILE)))
        .hasMessageContaining("user " + System.getProperty("user.name"))
        .hasMessageContaining("sudo chmod a+r " + FILE);
  }

  @Test
  void whatWasReadFromWhereIsShownToWhoeverRecords() throws DeviceException {
    List<String> passed = new ArrayList<>();
    FrameTap tap =
        new FrameTap() {
          @Override
          public boolean isOpen(DeviceId device) {
            return device.equals(KernelTree.DEVICE);
          }

          @Override
          public void pass(DeviceId device, Way way, byte[] bytes) {
            passed.add(way + " " + new String(bytes, StandardCharsets.UTF_8));
          }

          @Override
          public void kept(List<Reading> readings, long receivedAt) {}
        };
    tree.file(FILE, "1\n");
    Sysfs shown = new SysfsFiles(root, new Tap(KernelTree.DEVICE, () -> tap));

    shown.read(FILE);
    assertThatThrownBy(() -> shown.read("/sys/gone")).isInstanceOf(DeviceException.class);

    assertThat(passed).hasSize(4).startsWith("SAID " + FILE, "HEARD 1\n", "SAID /sys/gone");
    assertThat(passed.get(3)).startsWith("FAILED /sys/gone is not there");
  }

  static void assertState(ThrowingCallable call, DeviceState state, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.state()).isEqualTo(state))
        .message()
        .isNotBlank()
        .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
  }
}

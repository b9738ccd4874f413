package city.mycelium.emulated.hardware;

import city.mycelium.simulator.guest.KernelModules;
import city.mycelium.simulator.guest.QemuPc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder with what guests are made of, as {@code fetch-guests} fills it: unpacked Debian
 * packages, nothing installed.
 *
 * @param folder may be missing
 */
record Guests(Path folder) {

  /** Why a guest cannot be made. */
  static final String NOT_FETCHED =
      "what the guest is made of is not there: run ./mycelium test --emulated-hardware once where"
          + " apt-get reaches Debian";

  /** The kernel of the PC, if it was fetched. */
  Optional<QemuPc.Kernel> kernel() throws IOException {
    Path image = folder.resolve("pc/boot");
    Path busybox = folder.resolve("pc/bin/busybox");
    if (!Files.isDirectory(image) || !Files.isExecutable(busybox)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(image)) {
      Optional<Path> kernel =
          files.filter(file -> file.getFileName().toString().startsWith("vmlinuz-")).findFirst();
      if (kernel.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new QemuPc.Kernel(
              kernel.get(), KernelModules.in(folder.resolve("pc/lib/modules")), busybox));
    }
  }

  /** A {@code JAVA_HOME} whose java is an aarch64 program, if it was fetched. */
  Optional<Path> aarch64Java() {
    Path home = folder.resolve("aarch64/java");
    return Files.isExecutable(home.resolve("bin/java")) ? Optional.of(home) : Optional.empty();
  }
}

package city.mycelium.simulator.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PC of QEMU (qemu-system-x86_64), with a kernel of a distribution and the host's files as a
 * read-only root (9p over virtio). The processor is emulated, not virtualised: a guest inside a
 * guest often cannot have it otherwise, and so it is equally slow everywhere.
 */
public final class QemuPc {

  /** What has to be in the PATH. */
  public static final String PROGRAM = "qemu-system-x86_64";

  private static final String MEMORY_MEGABYTES = "1024";
  private static final List<String> TO_SEE_THE_HOST = List.of("virtio_pci", "9pnet_virtio", "9p");

  private QemuPc() {}

  /**
   * What it boots.
   *
   * @param image a compressed kernel
   * @param modules of that kernel
   * @param busybox a program that needs no library: it serves until the host's files are there
   */
  public record Kernel(Path image, KernelModules modules, Path busybox) {}

  /**
   * Switches one on.
   *
   * @param folder of this guest, without spaces in its path
   * @param script what it runs as its first process once it sees the host's files, in the language
   *     of sh; {@code /proc}, {@code /sys} and {@code /dev} are there
   * @param modules that are loaded before
   * @param parameters of modules, by name
   * @param devices further options of QEMU
   */
  public static GuestMachine boot(
      Path folder,
      Kernel kernel,
      String script,
      List<String> modules,
      Map<String, String> parameters,
      List<String> devices)
      throws IOException {
    Path init = folder.resolve("pc.init");
    Files.writeString(init, script);
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path initramfs = folder.resolve("initramfs");
    Files.write(initramfs, initramfs(kernel, init, modules, parameters));
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM,
                "-machine",
                "q35,accel=tcg",
                "-cpu",
                "max",
                "-smp",
                "2",
                "-m",
                MEMORY_MEGABYTES,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-serial",
                "stdio",
                "-no-reboot",
                "-kernel",
                kernel.image().toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                "console=ttyS0 panic=-1 quiet",
                "-virtfs",
                "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap"));
    command.addAll(devices);
    return GuestMachine.start(new ProcessBuilder(command));
  }

  private static byte[] initramfs(
      Kernel kernel, Path init, List<String> modules, Map<String, String> parameters)
      throws IOException {
    List<String> all = new ArrayList<>(TO_SEE_THE_HOST);
    all.addAll(modules);
    Initramfs first = new Initramfs();
    for (String folder : List.of("bin", "proc", "dev", "host", "modules")) {
      first.folder(folder);
    }
    first.file("bin/busybox", Files.readAllBytes(kernel.busybox()));
    StringBuilder script =
        new StringBuilder(
            """
            #!/bin/busybox sh
            b=/bin/busybox
            $b mount -t proc proc /proc
            $b mount -t devtmpfs dev /dev
            """);
    for (Path module : kernel.modules().inOrder(all)) {
      String file = String.valueOf(module.getFileName());
      String name = file.substring(0, file.length() - ".ko".length());
      first.file("modules/" + file, Files.readAllBytes(module));
      script.append("$b insmod /modules/" + file);
      script.append(parameters.containsKey(name) ? " " + parameters.get(name) : "").append('\n');
    }
    // Nobody else writes to the host's files meanwhile that the guest reads: it may keep them.
    script.append(
        """
        $b mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=1048576,cache=loose host /host
        $b mount -t devtmpfs dev /host/dev
        $b mount -t proc proc /host/proc
        $b mount -t sysfs sysfs /host/sys
        exec $b switch_root /host\s""");
    script.append(init).append('\n');
    first.file("init", script.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return first.bytes();
  }
}

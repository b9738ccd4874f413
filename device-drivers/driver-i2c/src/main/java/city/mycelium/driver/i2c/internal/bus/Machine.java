package city.mycelium.driver.i2c.internal.bus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What decides which native library fits.
 *
 * @param javaArch what this Java is built for, as {@code os.arch} names it: {@code arm}, {@code
 *     aarch64}, {@code amd64}
 * @param kernelArch what the kernel is built for, such as {@code aarch64}; empty if it does not say
 * @param processor /proc/cpuinfo; empty if there is none
 */
record Machine(String javaArch, String kernelArch, String processor) {

  static Machine here() {
    return new Machine(
        System.getProperty("os.arch", ""),
        read("/proc/sys/kernel/arch").strip(), // since Linux 6.1
        read("/proc/cpuinfo"));
  }

  /** Whether the processor is that of a Pi 1 or the first Pi Zero, which knows no ARMv7 code. */
  boolean isArm6() {
    return processor.contains("ARMv6-compatible");
  }

  /** Whether a 32-bit Java runs on a 64-bit kernel, as Raspberry Pi OS (32-bit) has it. */
  boolean isMixed() {
    return javaArch.equals("arm") && kernelArch.equals("aarch64");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // an older kernel, or none of Linux's
    }
  }
}

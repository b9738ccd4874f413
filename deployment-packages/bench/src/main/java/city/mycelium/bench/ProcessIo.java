package city.mycelium.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about a process (proc(5), Linux). */
final class ProcessIo {

  private ProcessIo() {}

  /** Bytes that this process has caused to be sent to the storage layer (proc(5), write_bytes). */
  static long writtenBytes() throws IOException {
    return field(Path.of("/proc/self/io"), "write_bytes:");
  }

  /** Resident set size of a process in bytes (proc(5), VmRSS is in kB). */
  static long residentBytes(long pid) throws IOException {
    return field(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:") * 1_024;
  }

  private static long field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException(file + " has no " + name));
  }
}

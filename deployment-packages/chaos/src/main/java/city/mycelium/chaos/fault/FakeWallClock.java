package city.mycelium.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wall clock of the gateway's own that can be made to leap while it runs: libfaketime, put
 * between the process and the kernel. The monotonic clock stays the kernel's.
 */
public final class FakeWallClock {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/arm-linux-gnueabihf/faketime/libfaketime.so.1"));

  private final Path library;
  private final Path offset;

  private FakeWallClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /**
   * A clock that is right.
   *
   * @return nothing if libfaketime is not installed
   */
  public static Optional<FakeWallClock> in(Path folder) throws IOException {
    Optional<Path> library = PLACES.stream().filter(Files::exists).findFirst();
    if (library.isEmpty()) {
      return Optional.empty();
    }
    FakeWallClock clock = new FakeWallClock(library.get(), folder.resolve("wall-clock"));
    clock.set(Duration.ZERO);
    return Optional.of(clock);
  }

  /** What the gateway's process must be started with. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        // Read anew each second; at each call (FAKETIME_NO_CACHE) it hangs a Java machine.
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1");
  }

  /** From now on the wall clock is so much ahead of the true one; negative for behind. */
  public void set(Duration ahead) throws IOException {
    Path draft = offset.resolveSibling("wall-clock.new");
    Files.writeString(draft, (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "s\n");
    Files.move(draft, offset, StandardCopyOption.ATOMIC_MOVE);
  }
}

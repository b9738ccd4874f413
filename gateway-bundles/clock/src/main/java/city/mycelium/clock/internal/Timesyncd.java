package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * systemd-timesyncd, by the file that it touches on each successful synchronisation and that is
 * gone after a start of the machine.
 *
 * <p>Source: systemd-timesyncd.service(8), "Files": {@code /run/systemd/timesync/synchronized}.
 */
final class Timesyncd implements TimeSource {

  static final Path FILE = Path.of("/run/systemd/timesync/synchronized");

  /** It asks at least this often (timesyncd.conf(5), PollIntervalMaxSec, 2048 s), twice over. */
  static final long OLDEST_MILLIS = 2 * 2048 * 1000L;

  /**
   * It does not say how well it knows. It takes servers that are up to 5 s off (timesyncd.conf(5),
   * RootDistanceMaxSec), and smaller corrections than 0.4 s only by and by (timesyncd-manager.c,
   * NTP_MAX_ADJUST).
   */
  private static final long UNCERTAINTY_MILLIS = 5_400;

  private final Clock machine;
  private final Path file;
  private final Evidence evidence = new Evidence(OLDEST_MILLIS);

  Timesyncd(Clock machine, Path file) {
    this.machine = machine;
    this.file = file;
  }

  @Override
  public String name() {
    return "timesyncd";
  }

  @Override
  public Answer ask() {
    long touched;
    try {
      touched = Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException e) {
      return new Silent("it has not synchronised since the machine started, or does not run");
    } catch (IOException e) {
      return new Silent("its file cannot be looked at: " + e.getMessage());
    }
    Look look = Look.at(machine);
    return evidence.holds(touched, look)
        ? new Vouches(look, look.wallMillis(), UNCERTAINTY_MILLIS, "synchronised")
        : new Silent("its last synchronisation is too long ago, or the clock was set since");
  }
}

package city.mycelium.driver.i2c.internal.bus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * The buses of this machine, each once, however many are on it and by whatever name they know it.
 * Opens nothing by itself. Safe for use by many threads.
 */
public final class Buses {

  /** Longer than the kernel lets a transfer take: a second for each of a few tries. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Adapter.Opener opener;
  private final Duration patience;
  private final Map<Path, RootBus> buses = new HashMap<>();
  private final Seats seats = new Seats();

  /** The real ones. */
  public static Buses ofLinux(NativeChoice natives) {
    return new Buses(path -> LinuxAdapter.open(natives, path));
  }

  /** The real ones, for a program that is no gateway. */
  public static Buses ofLinux(Logger log) {
    return ofLinux(new NativeChoice(log));
  }

  public Buses(Adapter.Opener opener) {
    this(opener, PATIENCE);
  }

  Buses(Adapter.Opener opener, Duration patience) {
    this.opener = opener;
    this.patience = patience;
  }

  /** Who is configured where. */
  public Seats seats() {
    return seats;
  }

  /** Takes part in a bus; it is open while anybody does and has used it. */
  public Tenancy enter(BusPath where) {
    Path real = real(where.root());
    RootBus bus;
    synchronized (buses) {
      bus = buses.computeIfAbsent(real, path -> new RootBus(path.toString(), opener, patience));
    }
    bus.enter();
    return new Tenancy(bus, real);
  }

  /** The name that all other names of a bus lead to. */
  static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) { // not there now; its users will hear of it
      return root;
    }
  }

  /** Somebody's part in a bus. */
  public static final class Tenancy implements AutoCloseable {

    private final RootBus bus;
    private final Path root;
    private boolean left;

    private Tenancy(RootBus bus, Path root) {
      this.bus = bus;
      this.root = root;
    }

    public RootBus bus() {
      return bus;
    }

    /** The bus's own name. */
    public Path root() {
      return root;
    }

    /** Leaving twice does nothing. */
    @Override
    public synchronized void close() {
      if (!left) {
        left = true;
        bus.leave();
      }
    }
  }
}

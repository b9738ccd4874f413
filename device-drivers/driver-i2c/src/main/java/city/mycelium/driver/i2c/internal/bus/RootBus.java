package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import city.mycelium.driver.i2c.internal.bus.BusPath.Hop;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One bus of Linux for all who are on it: one transaction at a time, through exactly the
 * multiplexer channels that it needs, on a file that is opened when it is first needed and anew
 * after the bus itself has failed. Safe for use by many threads.
 *
 * <p>Other programs are not kept out; Linux lets each message through whole, but a program that
 * turns a multiplexer turns it for us too.
 */
public final class RootBus {

  private final String path;
  private final Adapter.Opener opener;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock(true);
  private volatile String holder = "";

  // Under the lock.
  private @Nullable Adapter adapter;
  private int tenants;

  /** Every multiplexer ever met, with the way that leads to it. */
  private final Set<Place> multiplexers = new LinkedHashSet<>();

  /** The channels that were last written to a multiplexer; none if that is not sure. */
  private final Map<Place, Integer> channels = new HashMap<>();

  private record Place(List<Hop> way, int address) {}

  RootBus(String path, Adapter.Opener opener, Duration patience) {
    this.path = path;
    this.opener = opener;
    this.patience = patience;
  }

  /** What is done in one turn. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Adapter adapter) throws BusFault;
  }

  /**
   * Does something with one address in one turn; nobody else's bytes come between.
   *
   * @param way the channels that are open meanwhile; all others are closed
   */
  public <T> T turn(List<Hop> way, int address, Work<T> work) throws BusFault {
    take();
    try {
      holder = BusPath.address(address);
      Adapter open = adapter == null ? opener.open(path) : adapter;
      adapter = open;
      route(open, way);
      open.claim(address);
      return work.with(open);
    } catch (BusFault e) {
      channels.clear(); // whatever happened, a multiplexer may have seen half of it
      if (e.isOfBus()) {
        drop();
      }
      throw e;
    } finally {
      holder = "";
      lock.unlock();
    }
  }

  /** What the bus can do; opens it if need be. */
  public Functions functions() throws BusFault {
    take();
    try {
      Adapter open = adapter == null ? opener.open(path) : adapter;
      adapter = open;
      return open.functions();
    } finally {
      lock.unlock();
    }
  }

  void enter() {
    lock.lock();
    try {
      tenants++;
    } finally {
      lock.unlock();
    }
  }

  /** When the last one has left, the file is closed. */
  void leave() {
    lock.lock();
    try {
      tenants--;
      if (tenants == 0) {
        channels.clear();
        drop();
      }
    } finally {
      lock.unlock();
    }
  }

  private void take() throws BusFault {
    String who = holder;
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw BusFault.of(
            Step.TURN,
            "for "
                + patience.toSeconds()
                + " s a transfer"
                + (who.isEmpty() ? "" : " with " + who)
                + " has not come to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BusFault.of(Step.TURN, "the gateway stops");
    }
  }

  private void drop() {
    if (adapter != null) {
      adapter.close();
      adapter = null;
    }
  }

  /**
   * Opens one way and closes all others. A chip behind a multiplexer may have the address of one
   * behind another, so that no channel may stay open that is not needed.
   */
  private void route(Adapter open, List<Hop> way) throws BusFault {
    for (int i = 0; i < way.size(); i++) {
      multiplexers.add(new Place(List.copyOf(way.subList(0, i)), way.get(i).address()));
    }
    for (int i = 0; i <= way.size(); i++) {
      List<Hop> before = way.subList(0, i);
      int next = i < way.size() ? way.get(i).address() : -1;
      for (Place place : multiplexers) {
        if (place.way().equals(before) && place.address() != next) {
          shut(open, place);
        }
      }
      if (i < way.size()) {
        set(open, new Place(List.copyOf(before), next), 1 << way.get(i).channel());
      }
    }
  }

  private void shut(Adapter open, Place place) throws BusFault {
    try {
      set(open, place, 0);
    } catch (BusFault e) {
      if (!e.isNotAcknowledged()) {
        throw e;
      }
      channels.put(
          place, 0); // gone; after power-on all channels are closed (SCPS207, "Power-on reset")
    }
  }

  /** SCPS207, "Control register": one byte, a bit for each channel, in effect after the STOP. */
  private void set(Adapter open, Place place, int bits) throws BusFault {
    Integer last = channels.get(place);
    if (last != null && last == bits) {
      return;
    }
    channels.remove(place);
    try {
      open.claim(place.address());
      if (open.functions().isPlain()) {
        open.transfer(place.address(), new int[] {bits}, 0);
      } else {
        open.smbus(Smbus.writeByte(bits));
      }
    } catch (BusFault e) {
      throw e.atMultiplexer(place.address());
    }
    channels.put(place, bits);
  }
}

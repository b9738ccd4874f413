package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusPath.Hop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which address of which bus belongs to which device. Safe for use by many threads. */
public final class Seats {

  private final List<Seat> taken = new ArrayList<>();

  /**
   * A place of a device.
   *
   * @param root the bus's own name
   * @param device who, for a person
   */
  public record Seat(Path root, List<Hop> way, int address, String device) {

    public Seat {
      way = List.copyOf(way);
    }

    /** Why the two cannot be at once; empty if they can. */
    private Optional<String> clash(Seat other) {
      if (!root.equals(other.root)) {
        return Optional.empty();
      }
      String at = BusPath.address(address);
      if (address == other.address && isOnWay(way, other.way)) {
        return Optional.of(
            way.equals(other.way)
                ? other.device + " is configured at " + at + " of the same bus: " + remedy()
                : other.device
                    + " has "
                    + at
                    + " too, on the same way through the multiplexers, where both would answer: "
                    + remedy());
      }
      if (isMultiplexer(other.way, way, address)) {
        return Optional.of(
            at + " is the multiplexer that " + other.device + " is behind: " + remedy());
      }
      for (int i = 0; i < way.size(); i++) {
        int multiplexer = way.get(i).address();
        if (multiplexer == other.address && isOnWay(way.subList(0, i), other.way)) {
          return Optional.of(
              other.device
                  + " is configured at "
                  + BusPath.address(multiplexer)
                  + ", where the multiplexer is: "
                  + remedy());
        }
      }
      return Optional.empty();
    }

    private static String remedy() {
      return "give one of them another address, bus or channel";
    }

    /** Whether whoever is at the end of one way is heard on the other as well. */
    private static boolean isOnWay(List<Hop> one, List<Hop> other) {
      int common = Math.min(one.size(), other.size());
      return one.subList(0, common).equals(other.subList(0, common));
    }

    private static boolean isMultiplexer(List<Hop> hops, List<Hop> way, int address) {
      for (int i = 0; i < hops.size(); i++) {
        if (hops.get(i).address() == address && isOnWay(hops.subList(0, i), way)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Takes a place.
   *
   * @return why it cannot be had; empty if it is taken now
   */
  public synchronized Optional<String> take(Seat seat) {
    for (Seat other : taken) {
      if (!other.device().equals(seat.device())) {
        Optional<String> clash = seat.clash(other);
        if (clash.isPresent()) {
          return clash;
        }
      }
    }
    taken.removeIf(other -> other.device().equals(seat.device()));
    taken.add(seat);
    return Optional.empty();
  }

  /** Gives the place of a device back, if it has one. */
  public synchronized void leave(String device) {
    taken.removeIf(seat -> seat.device().equals(device));
  }

  /** Who is configured on a bus, exactly there, by address. */
  public synchronized Map<Integer, String> at(Path root, List<Hop> way) {
    Map<Integer, String> devices = new TreeMap<>();
    taken.stream()
        .filter(seat -> seat.root().equals(root) && seat.way().equals(way))
        .forEach(seat -> devices.put(seat.address(), seat.device()));
    return devices;
  }
}

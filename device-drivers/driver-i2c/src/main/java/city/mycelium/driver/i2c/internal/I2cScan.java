package city.mycelium.driver.i2c.internal;

import city.mycelium.api.control.CommandException;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.i2c.internal.bus.BusFault;
import city.mycelium.driver.i2c.internal.bus.BusPath;
import city.mycelium.driver.i2c.internal.bus.Buses;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
import city.mycelium.driver.i2c.internal.bus.Functions;
import city.mycelium.driver.i2c.internal.bus.NativeChoice;
import city.mycelium.driver.i2c.internal.bus.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** Looks who is on a bus. Safe for use by many threads. */
public final class I2cScan {

  /** UM10204 3.1.12: what is below and above is reserved. */
  private static final int FIRST = 0x08;

  private static final int LAST = 0x77;
  private static final int FIRST_MUX = 0x70;

  /** A bus that hangs lets each address take a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Buses buses;
  private final Supplier<String> means;
  private final ChipCatalogue catalogue;
  private final FaultSentences sentences;
  private final Clock clock;

  I2cScan(
      Buses buses,
      Supplier<String> means,
      ChipCatalogue catalogue,
      FaultSentences sentences,
      Clock clock) {
    this.buses = buses;
    this.means = means;
    this.catalogue = catalogue;
    this.sentences = sentences;
    this.clock = clock;
  }

  /** A look without a gateway: no device is configured, and no kind of chip is known. */
  public static I2cScan withoutGateway(Clock clock, Logger log) {
    NativeChoice natives = new NativeChoice(log);
    return new I2cScan(
        Buses.ofLinux(natives), natives::means, new ChipCatalogue(), new FaultSentences(), clock);
  }

  /**
   * Asks each address whether anybody is there, except those whose device is configured here: a
   * chip that measures is not disturbed.
   *
   * @param bus as in a configuration
   * @return {@code bus}, what it can do, and {@code found} as rows
   * @throws CommandException if it cannot be opened, or hangs; the message says what to do
   */
  public Map<String, Object> run(String bus) throws CommandException {
    BusPath where;
    try {
      where = BusPath.parse(bus);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    try (Buses.Tenancy tenancy = buses.enter(where)) {
      Functions functions = tenancy.bus().functions();
      Map<Integer, String> configured = buses.seats().at(tenancy.root(), where.way());
      List<Map<String, Object>> found = new ArrayList<>();
      long begun = clock.monotonicNanos();
      for (int address = FIRST; address <= LAST; address++) {
        row(tenancy, where, address, configured, begun).ifPresent(found::add);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("bus", where.toString());
      answer.put("speaks", functions.toString());
      answer.put("through", means.get());
      answer.put("found", found);
      return answer;
    } catch (BusFault e) {
      throw new CommandException(String.valueOf(sentences.of(e, where, FIRST).getMessage()), e);
    }
  }

  private Optional<Map<String, Object>> row(
      Buses.Tenancy tenancy,
      BusPath where,
      int address,
      Map<Integer, String> configured,
      long begun)
      throws BusFault {
    String device = configured.get(address);
    if (device != null) {
      return Optional.of(row(address, "configured, not asked now", device));
    }
    if (where.way().stream().anyMatch(hop -> hop.address() == address)) {
      return Optional.of(row(address, "multiplexer on the way", ""));
    }
    return switch (Probe.ask(tenancy.bus(), where.way(), address)) {
      case THERE -> Optional.of(row(address, "answers", ""));
      case KERNEL -> Optional.of(row(address, "has a driver in the kernel", ""));
      case NOBODY -> Optional.empty();
      case HANGS -> {
        // Some USB adapters say "timed out" for nobody, and at once.
        if (clock.monotonicNanos() - begun > PATIENCE.toNanos()) {
          throw Probe.hanging();
        }
        yield Optional.empty();
      }
    };
  }

  private Map<String, Object> row(int address, String state, String device) {
    List<String> kinds = new ArrayList<>(catalogue.namesAt(address));
    if (address >= FIRST_MUX) {
      kinds.add("tca9548a (multiplexer)");
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("address", BusPath.address(address));
    row.put("state", state);
    row.put("device", device);
    row.put("mayBe", String.join(", ", kinds));
    return row;
  }
}

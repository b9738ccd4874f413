package city.mycelium.driver.i2c.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code i2c scan}: who is on a bus, what it may be, and what is configured there. */
@Component
public final class I2cScanCommand implements Command {

  private final I2cScan scan;

  @Activate
  public I2cScanCommand(
      @Reference ChipCatalogue catalogue, @Reference I2cBuses buses, @Reference Clock clock) {
    scan = new I2cScan(buses.buses(), buses::means, catalogue, new FaultSentences(), clock);
  }

  @Override
  public String name() {
    return "i2c scan";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    String bus = arguments.get("bus");
    if (bus == null) {
      throw new CommandException("say which bus: --bus /dev/i2c-1");
    }
    return scan.run(bus);
  }
}

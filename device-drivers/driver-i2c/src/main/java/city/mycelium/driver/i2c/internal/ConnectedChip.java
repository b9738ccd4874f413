package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.driver.i2c.internal.bus.Buses;

/** One chip that is read, and its part in the bus. As safe as a {@link Poll} has to be. */
final class ConnectedChip implements Poll {

  private final Poll poll;
  private final Buses.Tenancy tenancy;

  private ConnectedChip(Poll poll, Buses.Tenancy tenancy) {
    this.poll = poll;
    this.tenancy = tenancy;
  }

  /** Connects; the tenancy is given up if that fails, and by {@link #close}. */
  static ConnectedChip connect(
      I2cChip chip, I2c i2c, DeviceSettings settings, Buses.Tenancy tenancy)
      throws DeviceException {
    boolean connected = false;
    try {
      ConnectedChip one = new ConnectedChip(chip.connect(i2c, settings), tenancy);
      connected = true;
      return one;
    } finally {
      if (!connected) {
        tenancy.close();
      }
    }
  }

  @Override
  public void read(Results results) throws DeviceException {
    poll.read(results);
  }

  @Override
  public void close() {
    try {
      poll.close();
    } finally {
      tenancy.close();
    }
  }
}

package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.i2c.internal.bus.Buses;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One chip that is read, and its part in the bus. As safe as a {@link Poll} has to be. */
final class ConnectedChip implements Poll {

  private final DeviceId id;
  private final I2cChip chip;
  private final I2c i2c;
  private final DeviceSettings settings;
  private final Buses.Tenancy tenancy;
  private final Supplier<FrameTap> taps;
  private @Nullable Poll poll;
  private boolean shown;

  /** Connects; the tenancy is given up if that fails, and by {@link #close}. */
  ConnectedChip(
      DeviceId id,
      I2cChip chip,
      I2c i2c,
      DeviceSettings settings,
      Buses.Tenancy tenancy,
      Supplier<FrameTap> taps)
      throws DeviceException {
    this.id = id;
    this.chip = chip;
    this.i2c = i2c;
    this.settings = settings;
    this.tenancy = tenancy;
    this.taps = taps;
    boolean connected = false;
    try {
      poll = connect(taps.get());
      connected = true;
    } finally {
      if (!connected) {
        tenancy.close();
      }
    }
  }

  /** A record that begins now needs all that was said to the chip before: it is connected anew. */
  @Override
  public void read(Results results) throws DeviceException {
    FrameTap tap = taps.get();
    Poll connected = poll;
    if (connected == null || (tap.isOpen(id) && !shown)) {
      poll = null;
      if (connected != null) {
        connected.close();
      }
      connected = connect(tap);
      poll = connected;
    }
    shown = tap.isOpen(id);
    if (shown) {
      tap.pass(id, Way.TURN, new byte[0]);
    }
    connected.read(results);
  }

  @Override
  public void close() {
    try {
      if (poll != null) {
        poll.close();
      }
    } finally {
      tenancy.close();
    }
  }

  private Poll connect(FrameTap tap) throws DeviceException {
    shown = tap.isOpen(id);
    if (shown) {
      tap.pass(id, Way.OPENED, new byte[0]);
    }
    return chip.connect(i2c, settings);
  }
}

package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.modbus.internal.wire.ModbusBus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** A unit on a bus; what passes is shown at the tap, without what the transport adds. */
final class BusUnit implements ModbusUnit {

  private final DeviceId device;
  private final ModbusBus bus;
  private final int unit;
  private final Duration timeout;
  private final Supplier<FrameTap> tap;

  BusUnit(DeviceId device, ModbusBus bus, int unit, Duration timeout, Supplier<FrameTap> tap) {
    this.device = device;
    this.bus = bus;
    this.unit = unit;
    this.timeout = timeout;
    this.tap = tap;
  }

  @Override
  public byte[] ask(byte[] question) throws DeviceException {
    show(FrameTap.Way.SAID, question);
    try {
      byte[] answer = bus.ask(unit, question, timeout);
      show(FrameTap.Way.HEARD, answer);
      return answer;
    } catch (DeviceException e) {
      show(FrameTap.Way.FAILED, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      throw e;
    }
  }

  @Override
  public void together(Questions questions) throws DeviceException {
    bus.together(questions::ask);
  }

  private void show(FrameTap.Way way, byte[] bytes) {
    FrameTap open = tap.get();
    if (open.isOpen(device)) {
      open.pass(device, way, bytes.clone());
    }
  }
}

package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Devices that the test registers. Safe for use by many threads. */
final class FakeDevices implements Devices {

  private final NavigableMap<Eui, RegisteredDevice> all = new ConcurrentSkipListMap<>();

  void add(RegisteredDevice device) {
    all.put(device.devEui(), device);
  }

  void remove(Eui devEui) {
    all.remove(devEui);
  }

  @Override
  public Optional<RegisteredDevice> device(Eui devEui) {
    return Optional.ofNullable(all.get(devEui));
  }

  @Override
  public List<RegisteredDevice> personalized(int devAddr) {
    return all.values().stream()
        .filter(
            device -> device.activation() instanceof Activation.Abp abp && abp.devAddr() == devAddr)
        .toList();
  }

  @Override
  public List<RegisteredDevice> all() {
    return List.copyOf(all.values());
  }
}

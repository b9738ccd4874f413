package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.NewDevice;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What {@code device list} says of LoRaWAN devices: how they are registered, and how they are. */
final class LorawanAccounts implements DeviceAccounts {

  private final DeviceFile devices;
  private final Supplier<Map<Eui, DeviceAccount>> heard;
  private final Supplier<Map<Eui, Map<String, Object>>> network;
  private final Supplier<List<Map<String, Object>>> strangers;

  LorawanAccounts(
      DeviceFile devices,
      Supplier<Map<Eui, DeviceAccount>> heard,
      Supplier<Map<Eui, Map<String, Object>>> network,
      Supplier<List<Map<String, Object>>> strangers) {
    this.devices = devices;
    this.heard = heard;
    this.network = network;
    this.strangers = strangers;
  }

  @Override
  public Map<DeviceId, Map<String, Object>> devices() {
    Map<Eui, DeviceAccount> accounts = heard.get();
    Map<Eui, Map<String, Object>> sessions = network.get();
    Map<DeviceId, Map<String, Object>> rows = new LinkedHashMap<>();
    for (NewDevice device : devices.listed()) {
      Map<String, Object> row = new LinkedHashMap<>();
      if (!device.name().isEmpty()) {
        row.put("name", device.name());
      }
      row.put("profile", device.profile());
      DeviceAccount account = accounts.get(device.devEui());
      if (account == null) {
        row.put("uplinks", 0L);
      } else {
        row.putAll(account.columns());
      }
      row.putAll(sessions.getOrDefault(device.devEui(), Map.of()));
      rows.put(new DeviceId("lorawan." + device.devEui()), row);
    }
    return rows;
  }

  @Override
  public List<Map<String, Object>> strangers() {
    return strangers.get();
  }
}

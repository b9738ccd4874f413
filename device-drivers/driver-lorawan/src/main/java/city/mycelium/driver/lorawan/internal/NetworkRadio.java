package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.network.Network;
import city.mycelium.driver.lorawan.internal.network.NetworkSnapshot;
import city.mycelium.driver.lorawan.internal.network.Refusal;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Our own LoRaWAN network, as the driver's shell needs it. */
public final class NetworkRadio implements RadioSide {

  /** The network answers within milliseconds; a person need not wait longer than this. */
  private static final long PATIENCE_SECONDS = 2;

  private final Network network;
  private final Devices devices;
  private final Runnable end;

  /** Those that were registered at the last look; touched by the watch of the files only. */
  private Set<Eui> registered = new HashSet<>();

  /**
   * Around a network.
   *
   * @param end ends the network's Scheduler
   */
  public NetworkRadio(Network network, Devices devices, Runnable end) {
    this.network = network;
    this.devices = devices;
    this.end = end;
  }

  @Override
  public RadioListener listener() {
    return network;
  }

  /** Whoever is gone takes session and queue along. */
  @Override
  public void devicesChanged() {
    Set<Eui> now = new HashSet<>();
    for (RegisteredDevice device : devices.all()) {
      now.add(device.devEui());
    }
    for (Eui before : registered) {
      if (!now.contains(before)) {
        var unused = network.forget(before);
      }
    }
    registered = now;
  }

  @Override
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    Optional<NetworkSnapshot> answer = snapshot();
    if (answer.isEmpty()) {
      status.put("network", "does not answer: it is busy or stopping");
      return status;
    }
    NetworkSnapshot snapshot = answer.get();
    status.put("frames", snapshot.frames());
    status.put("copies", snapshot.copies());
    status.put("retransmissions", snapshot.retransmissions());
    status.put("joins", snapshot.joins());
    status.put("downlinks", snapshot.downlinks());
    status.put("acknowledged", snapshot.acknowledged());
    status.put("tooLate", snapshot.tooLate());
    status.put("noAirTime", snapshot.noAirTime());
    status.put("notSent", snapshot.notSent());
    List<Map<String, Object>> refused = new ArrayList<>();
    for (Map.Entry<Refusal, Long> refusal : new TreeMap<>(snapshot.refusals()).entrySet()) {
      if (refusal.getValue() > 0) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("refused", refusal.getValue());
        row.put("because", refusal.getKey().words());
        refused.add(row);
      }
    }
    status.put("refusals", refused);
    return status;
  }

  @Override
  public Map<Eui, Map<String, Object>> devices() {
    Map<Eui, Map<String, Object>> rows = new HashMap<>();
    snapshot()
        .ifPresent(
            snapshot -> {
              for (NetworkSnapshot.DeviceStatus device : snapshot.devices()) {
                rows.put(device.devEui(), columns(device));
              }
            });
    return rows;
  }

  private static Map<String, Object> columns(NetworkSnapshot.DeviceStatus device) {
    Map<String, Object> columns = new LinkedHashMap<>();
    if (device.lastSeenEpochMillis()
        >= 0) { // these outlive the gateway, unlike what it counts else
      columns.put("uplinks", device.frames());
      columns.put("lastHeard", Instant.ofEpochMilli(device.lastSeenEpochMillis()).toString());
      if (device.battery() >= 0) {
        columns.put("battery", rounded(device.battery()));
      }
      device.rssiDbm().ifPresent(dbm -> columns.put("rssi", rounded(dbm)));
      device.snrDb().ifPresent(db -> columns.put("snr", rounded(db)));
      columns.put("framesLost", device.lost());
    }
    columns.put("session", device.hasSession());
    if (device.fCnt() >= 0) {
      columns.put("fCnt", device.fCnt());
    }
    if (device.queued() > 0) {
      columns.put("queued", (long) device.queued());
    }
    Map<String, Object> refused = new TreeMap<>();
    device
        .refusals()
        .forEach((reason, count) -> refused.put(reason.name().toLowerCase(Locale.ROOT), count));
    if (!refused.isEmpty()) {
      columns.put("refusedFrames", refused);
    }
    return columns;
  }

  /** To tenths: no radio knows more. */
  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  @Override
  public List<Map<String, Object>> strangers() {
    List<Map<String, Object>> rows = new ArrayList<>();
    snapshot()
        .ifPresent(
            snapshot -> {
              for (NetworkSnapshot.Stranger stranger : snapshot.strangers()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("stranger", stranger.name());
                row.put("frames", stranger.frames());
                row.put(
                    "lastHeard", Instant.ofEpochMilli(stranger.lastSeenEpochMillis()).toString());
                row.put("why", stranger.why().words());
                rows.add(row);
              }
            });
    return rows;
  }

  private Optional<NetworkSnapshot> snapshot() {
    try {
      return Optional.of(network.snapshot().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty(); // said in words by whoever shows it
    }
  }

  @Override
  public void close() {
    end.run();
  }
}

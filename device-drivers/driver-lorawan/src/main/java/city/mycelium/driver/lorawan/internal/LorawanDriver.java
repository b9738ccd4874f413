package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.device.NewDevice;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.lorawan.internal.network.Delivery;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver put together: files, codecs, the way in, and the network over them. */
public final class LorawanDriver implements LorawanHub, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LorawanDriver.class);

  /** Where the driver keeps its files, and how many threads decode. */
  public record Settings(Path data, Optional<Path> profiles, int codecThreads) {

    public Settings {
      if (codecThreads < 1 || codecThreads > 64) {
        throw new IllegalArgumentException("1 to 64 threads can decode, not " + codecThreads);
      }
    }
  }

  private final DeviceFile devices;
  private final Profiles profiles;
  private final CodecThreads threads;
  private final CodecThreads unvouchedThread;
  private final Uplinks uplinks;
  private final Scheduler files;
  private final RadioSide radio;
  private final Clock clock;
  private final FeedStrangers strangers = new FeedStrangers();
  private final WatchedFiles watch;
  private final Map<String, Supplier<Map<String, Object>>> fronts = new ConcurrentSkipListMap<>();

  /**
   * Puts it together; nothing is read or heard before {@link #start}.
   *
   * @param network makes the network over the devices and the way in
   */
  public LorawanDriver(
      Settings settings,
      CodecEngine vouched,
      CodecEngine unvouched,
      Intake intake,
      Clock clock,
      Schedulers schedulers,
      BiFunction<Devices, Delivery, RadioSide> network) {
    this.clock = clock;
    devices = new DeviceFile(settings.data());
    profiles = new Profiles(vouched, unvouched, settings.profiles());
    threads = new CodecThreads("lorawan-codec", settings.codecThreads());
    unvouchedThread = new CodecThreads("lorawan-codec-unvouched", 1);
    uplinks = new Uplinks(profiles, intake, clock, threads, unvouchedThread);
    files = schedulers.serial("lorawan-files");
    radio = network.apply(devices, uplinks);
    watch = new WatchedFiles(devices, profiles, files, this::devicesChanged, LOG);
  }

  /** What the scripts need is loaded with the first device, and before its first payload. */
  private void devicesChanged() {
    radio.devicesChanged();
    List<String> kinds = devices.listed().stream().map(NewDevice::profile).distinct().toList();
    if (!kinds.isEmpty()) {
      threads.execute(() -> profiles.prepare(kinds));
    }
  }

  public void start() {
    watch.start();
  }

  @Override
  public RadioListener radio() {
    return radio.listener();
  }

  /** Those that our own radio hears. */
  Devices devices() {
    return devices;
  }

  @Override
  public Optional<String> profile(Eui devEui) {
    return devices.profile(devEui);
  }

  @Override
  public void stranger(Eui devEui, String where) {
    strangers.heard(devEui, where, clock.epochMillis());
  }

  @Override
  public CompletableFuture<Void> deliver(Said said) {
    return uplinks.deliver(said);
  }

  @Override
  public Cancellable tell(String name, Supplier<Map<String, Object>> status) {
    fronts.put(name, status);
    return () -> fronts.remove(name, status);
  }

  /** What people can ask of it. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>(LorawanCommands.ofDevices(devices, profiles));
    commands.add(LorawanCommands.status(this::status));
    return commands;
  }

  DeviceAccounts accounts() {
    return new LorawanAccounts(
        devices,
        uplinks::accounts,
        radio::devices,
        () -> Stream.concat(radio.strangers().stream(), strangers.rows().stream()).toList());
  }

  private Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("devices", (long) devices.listed().size());
    status.put("deviceFile", devices.path().toString());
    status.put("profiles", String.join(" ", profiles.names()));
    List<String> mistakes = new ArrayList<>(devices.mistakes());
    mistakes.addAll(profiles.mistakes());
    if (!mistakes.isEmpty()) {
      status.put("mistakes", String.join("; ", mistakes));
    }
    status.putAll(radio.status());
    List<Map<String, Object>> rows = new ArrayList<>();
    fronts.forEach(
        (name, front) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("front", name);
          row.putAll(front.get());
          rows.add(row);
        });
    status.put("fronts", rows);
    return status;
  }

  /** Front ends have to be closed before. */
  @Override
  public void close() {
    files.close();
    radio.close();
    threads.close();
    unvouchedThread.close();
  }
}

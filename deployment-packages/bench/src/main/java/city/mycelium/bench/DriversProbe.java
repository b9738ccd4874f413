package city.mycelium.bench;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import city.mycelium.driver.host.internal.DeviceHostComponent;
import city.mycelium.driver.host.internal.StateBoard;
import city.mycelium.driver.i2c.internal.chip.Sht4x;
import com.sun.management.OperatingSystemMXBean;
import jakarta.json.Json;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.helpers.NOPLogger;

/**
 * A process of its own with a gateway's options, in which the host reads emulated sensors once a
 * second; what that takes is said. Arguments: how many sensors, how many seconds, and {@code
 * trouble} if one of them is to hang for ever and one to throw each time.
 */
final class DriversProbe {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int WARM_UP_SECONDS = 10;

  private DriversProbe() {}

  public static void main(String[] arguments) throws Exception {
    int sensors = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    boolean trouble = arguments.length > 2;
    AtomicLong kept = new AtomicLong();
    Intake intake = (readings, urgency) -> keep(readings, kept);
    SystemClock clock = new SystemClock();
    StateBoard board = new StateBoard(clock, NOPLogger.NOP_LOGGER);
    DeviceHost host =
        new DeviceHostComponent(intake, clock, new ThreadSchedulers(), board, FrameTap.NOBODY);

    // One sensor for a while: what the JVM takes to get going is not the sensors' doing.
    List<Long> unused = Collections.synchronizedList(new ArrayList<>());
    DeviceHost.Stay first = host.host(sensor("warm", unused));
    Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS).toMillis());
    first.close();
    System.gc();
    long residentBefore = ProcessIo.residentBytes(ProcessHandle.current().pid());

    List<List<Long>> starts = new ArrayList<>();
    for (int i = 0; i < sensors; i++) {
      List<Long> mine = Collections.synchronizedList(new ArrayList<>());
      starts.add(mine);
      host.host(sensor("sensor-" + i, mine));
    }
    if (trouble) {
      host.host(hanging());
      host.host(throwing());
    }
    Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS).toMillis()); // all have been read
    starts.forEach(List::clear);
    long keptBefore = kept.get();
    long cpuBefore = cpuNanos();
    long begin = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
    double wall = System.nanoTime() - begin;
    double cpu = cpuNanos() - cpuBefore;
    long readings = kept.get() - keptBefore;
    System.out.println(
        Json.createObjectBuilder()
            .add("cpuPercent", 100 * cpu / wall)
            .add(
                "residentGrowthBytes",
                ProcessIo.residentBytes(ProcessHandle.current().pid()) - residentBefore)
            .add("jitterP99Millis", p99Millis(starts))
            .add("readingsPerSecond", readings / (wall / 1e9))
            .build());
    System.exit(0); // one of them hangs
  }

  private static CompletableFuture<Acceptance> keep(List<Reading> readings, AtomicLong kept) {
    kept.addAndGet(readings.size());
    return CompletableFuture.completedFuture(new Acceptance(readings.size(), 0, 0, List.of()));
  }

  private static HostedDevice sensor(String name, List<Long> starts) {
    Sht4x kind = new Sht4x();
    return new HostedDevice(
        new DeviceId("bench." + name),
        "i2c",
        "emulated",
        kind.description(),
        INTERVAL,
        Map.of(),
        () ->
            kind.connect(
                new EmulatedSht4x(starts::add), DeviceSettings.preset(kind.description())));
  }

  private static HostedDevice hanging() {
    return troublesome("hangs", () -> results -> forEver());
  }

  private static HostedDevice throwing() {
    return troublesome(
        "throws",
        () ->
            results -> {
              throw new IllegalStateException("it throws each time");
            });
  }

  private static HostedDevice troublesome(String name, HostedDevice.Connection connection) {
    return new HostedDevice(
        new DeviceId("bench." + name),
        "i2c",
        "emulated",
        new Sht4x().description(),
        INTERVAL,
        Map.of(),
        connection);
  }

  private static void forEver() throws DeviceException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw DeviceException.unreachable("nobody interrupts it");
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /**
   * How far a start is from where it should be: on the sensor's own grid of seconds, which lies
   * where most of its starts are.
   */
  private static double p99Millis(List<List<Long>> starts) {
    double[] all =
        starts.stream().flatMapToDouble(mine -> Arrays.stream(deviations(mine))).sorted().toArray();
    return all[(int) (all.length * 0.99)] / 1e6;
  }

  private static double[] deviations(List<Long> starts) {
    long first = starts.get(0);
    double[] onGrid =
        starts.stream()
            .mapToDouble(
                at -> {
                  long since = at - first;
                  return since
                      - INTERVAL.toNanos() * Math.round((double) since / INTERVAL.toNanos());
                })
            .sorted()
            .toArray();
    double grid = onGrid[onGrid.length / 2];
    return Arrays.stream(onGrid).map(at -> Math.abs(at - grid)).toArray();
  }
}

package city.mycelium.bench;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.LorawanDriver;
import city.mycelium.driver.lorawan.internal.NetworkRadio;
import city.mycelium.driver.lorawan.internal.RadioSide;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.Devices;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpFront;
import city.mycelium.driver.lorawan.internal.gwmp.GwmpSettings;
import city.mycelium.driver.lorawan.internal.network.Delivery;
import city.mycelium.driver.lorawan.internal.network.Network;
import city.mycelium.driver.lorawan.internal.network.NetworkSettings;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.pipeline.internal.Pipeline;
import city.mycelium.pipeline.internal.PipelineSettings;
import city.mycelium.testkit.Await;
import jakarta.json.Json;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.helpers.NOPLogger;

/**
 * A gateway's LoRaWAN side in a process of its own, with a gateway's options: UDP, network, codec,
 * pipeline and journal are the product's, put together as its components do. Writes down when the
 * receipt of each uplink came, and ends when all have come or nothing comes any more.
 */
final class LorawanProbe {

  /** After so long without a receipt what has not come is lost. */
  private static final long QUIET_NANOS = Duration.ofSeconds(20).toNanos();

  private LorawanProbe() {}

  /** Its arguments: a folder with the list of devices, a UDP port, how many uplinks will come. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int uplinks = Integer.parseInt(arguments[2]);
    Clock clock = new SystemClock();
    Schedulers schedulers = new ThreadSchedulers();
    TrustedTime time = new MachineTime(clock);
    try (SqliteJournal journal = SqliteJournal.open(folder, JournalOptions.DEFAULT);
        Scheduler pipelineScheduler = schedulers.serial("pipeline");
        Pipeline pipeline =
            new Pipeline(
                journal,
                new BenchHouse(0),
                clock,
                time,
                pipelineScheduler,
                PipelineSettings.DEFAULT)) {
      TimedIntake intake = new TimedIntake(pipeline, uplinks);
      CompletableFuture<Devices> known = new CompletableFuture<>();
      CodecEngine codecs = TrustedEngine.inGateway(clock, NOPLogger.NOP_LOGGER);
      try (LorawanDriver driver =
          new LorawanDriver(
              new LorawanDriver.Settings(folder, Optional.empty(), 2),
              codecs,
              codecs,
              intake,
              clock,
              schedulers,
              () -> FrameTap.NOBODY,
              (devices, delivery) -> {
                known.complete(devices);
                return network(devices, delivery, journal, clock, time, schedulers);
              })) {
        driver.start();
        Devices devices = known.get();
        Await.await(
            "the devices are known",
            () -> devices.all().size() == RadioLoad.DEVICES,
            Duration.ofSeconds(60));
        GwmpFront front =
            new GwmpFront(settings(port), driver.radio(), clock, schedulers, new SecureRandom());
        try (front) {
          front.start();
          intake.awaitAll();
        }
      }
      intake.write(folder.resolve("receipts"));
      System.out.println(
          Json.createObjectBuilder()
              .add("receipts", intake.received())
              .add("failures", intake.failures())
              .add("observations", journal.lastOffset())
              .add("residentBytes", ProcessIo.residentBytes(ProcessHandle.current().pid()))
              .add(
                  "processorNanos",
                  ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
              .build());
    }
  }

  private static GwmpSettings settings(int port) {
    GwmpSettings usual = GwmpSettings.usual();
    return new GwmpSettings(
        usual.bindAddress(),
        port,
        usual.allowed(),
        usual.maxDatagramBytes(),
        usual.datagramsPerSecond(),
        usual.receiveBufferBytes(),
        usual.txAckWithin());
  }

  /** As a gateway's after its first minute with one concentrator: nobody else is waited for. */
  private static RadioSide network(
      Devices devices,
      Delivery delivery,
      SqliteJournal journal,
      Clock clock,
      TrustedTime time,
      Schedulers schedulers) {
    Scheduler scheduler = schedulers.serial("lorawan-network");
    Network network =
        new Network(
            NetworkSettings.in(Region.named("EU868"))
                .withCopiesWithin(Duration.ZERO)
                .withAskStatusEvery(Duration.ZERO),
            devices,
            delivery,
            journal.state(),
            clock,
            time,
            scheduler,
            new SecureRandom());
    network.start();
    return new NetworkRadio(network, devices, scheduler::close);
  }

  /** The way in, with a note of when each receipt came. */
  private static final class TimedIntake implements Intake {

    private final Intake way;
    private final AtomicLongArray receivedNanos;
    private final AtomicInteger[] next = new AtomicInteger[RadioLoad.DEVICES];
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    TimedIntake(Intake way, int uplinks) {
      this.way = way;
      receivedNanos = new AtomicLongArray(uplinks);
      for (int i = 0; i < next.length; i++) {
        next[i] = new AtomicInteger();
      }
    }

    /** Each device's uplinks are submitted in order. */
    @Override
    public CompletableFuture<Acceptance> submit(List<Reading> readings, Urgency urgency) {
      int device = RadioLoad.device(readings.get(0).channel().device().value());
      int uplink = next[device].getAndIncrement() * RadioLoad.DEVICES + device;
      return way.submit(readings, urgency)
          .whenComplete(
              (acceptance, failure) -> {
                if (failure != null || acceptance.accepted() == 0) {
                  failures.incrementAndGet();
                  return;
                }
                long now = System.nanoTime();
                receivedNanos.set(uplink, now);
                lastNanos.set(now);
                received.incrementAndGet();
              });
    }

    void awaitAll() throws InterruptedException {
      while (received.get() < receivedNanos.length()
          && (lastNanos.get() == 0 || System.nanoTime() - lastNanos.get() < QUIET_NANOS)) {
        Thread.sleep(50);
      }
    }

    int received() {
      return received.get();
    }

    int failures() {
      return failures.get();
    }

    /** One long for each uplink; 0 where no receipt came. */
    void write(Path file) throws IOException {
      try (OutputStream raw = Files.newOutputStream(file);
          DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(raw))) {
        for (int i = 0; i < receivedNanos.length(); i++) {
          out.writeLong(receivedNanos.get(i));
        }
      }
    }
  }

  /** The clock of this machine, believed. */
  private record MachineTime(Clock clock) implements TrustedTime {

    @Override
    public Trust trust() {
      return new Trust(true, "system", "the benchmark says so");
    }

    @Override
    public Moment now() {
      return new Moment("bench", clock.monotonicNanos());
    }

    @Override
    public Dating date(Moment moment) {
      return new Dating.At(clock.epochMillis());
    }

    @Override
    public Cancellable onChange(Runnable listener) {
      return () -> {};
    }
  }
}

package city.mycelium.clock.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import city.mycelium.pipeline.internal.Pipeline;
import city.mycelium.pipeline.internal.PipelineSettings;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** A machine with a gateway, and the true time, which the gateway does not know. */
final class World implements AutoCloseable {

  static final long GNSS_UNCERTAINTY_MILLIS = 600;

  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Channel CHANNEL =
      new Channel(
          new DeviceId("kit.1"), "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);

  private final Path data;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final Map<Integer, Long> trueTimes = new HashMap<>();
  private final Set<Integer> undated = new LinkedHashSet<>();
  private final Set<Integer> dated = new LinkedHashSet<>();
  private long trueMillis = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
  private int boots;
  private int readings;
  private LeapingClock machine;
  private HandScheduler scheduler;
  private HandSource chrony;
  private HandSource gnss;
  private GatewayClock clock;
  private Pipeline pipeline;

  World() throws IOException {
    data = Files.createTempDirectory("world");
    switchOn("1970");
  }

  private void switchOn(String wall) {
    boots++;
    machine =
        LeapingClock.at(
            switch (wall) {
              case "1970" -> "1970-01-01T00:00:00Z";
              case "stale" -> Instant.ofEpochMilli(trueMillis - 3_600_000).toString();
              default -> Instant.ofEpochMilli(trueMillis).toString();
            });
    chrony = new HandSource("chrony", machine, 10);
    gnss = new HandSource("gnss", machine, GNSS_UNCERTAINTY_MILLIS);
    startGateway();
  }

  private void startGateway() {
    try {
      scheduler = new HandScheduler(machine);
      clock = new GatewayClock(machine, data, "boot-" + boots, scheduler, new RecordingLogger());
      clock.believe(List.of(chrony, gnss), POLL);
      pipeline =
          new Pipeline(journal, new Adopted(), clock, clock, scheduler, PipelineSettings.DEFAULT);
      scheduler.runDue();
    } catch (JournalException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- what happens

  /** A kit says its next number; its reading takes a while. */
  void say() {
    pass(Duration.ofMillis(137));
    int number = readings++;
    trueTimes.put(number, trueMillis);
    Reading reading = new Reading(CHANNEL, null, new Result.Measurement(number), "key." + number);
    try {
      Acceptance acceptance = pipeline.submit(List.of(reading), Urgency.ACKNOWLEDGED).get();
      (acceptance.accepted() == 1 ? dated : undated).add(number);
    } catch (ExecutionException e) {
      return; // it was told that nothing was kept
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    scheduler.runDue();
  }

  void pass(Duration time) {
    trueMillis += time.toMillis();
    scheduler.pass(time);
  }

  /** The gateway dies where it stands. */
  void kill() {
    startGateway();
  }

  void stopAndStart() {
    pipeline.close();
    clock.close();
    startGateway();
  }

  /** The power goes, and comes again. */
  void reboot(Duration off, String wall) {
    trueMillis += off.toMillis();
    switchOn(wall);
  }

  /** Somebody sets the wall clock wrong; chrony has yet to notice. */
  void jump(int seconds) {
    machine.setWall(Instant.ofEpochMilli(machine.epochMillis()).plusSeconds(seconds).toString());
    chrony.fallSilent();
  }

  void chronySynchronises() {
    machine.setWall(Instant.ofEpochMilli(trueMillis).toString());
    chrony.vouchForWall();
  }

  void gnssTells(int millisOff) {
    long then = trueMillis - machine.monotonicNanos() / 1_000_000;
    gnss.tell(nanos -> then + nanos / 1_000_000 + millisOff);
  }

  void gnssFallsSilent() {
    gnss.fallSilent();
  }

  void setFull(boolean full) {
    journal.setFull(full);
  }

  void allIsWell() {
    setFull(false);
    chronySynchronises();
    pass(Duration.ofMinutes(15));
  }

  // --- what came of it

  List<Observation> observations() {
    return journal.read(0, 1_000);
  }

  Map<Integer, Long> trueTimes() {
    return Map.copyOf(trueTimes);
  }

  /** Readings that were kept without a time, in their order. */
  Set<Integer> undated() {
    return undated;
  }

  /** Readings that became Observations at once, in their order. */
  Set<Integer> dated() {
    return dated;
  }

  Set<Integer> answeredWithSuccess() {
    Set<Integer> all = new LinkedHashSet<>(undated);
    all.addAll(dated);
    return all;
  }

  @Override
  public void close() throws IOException {
    for (File file : List.of(data.toFile().listFiles())) {
      Files.delete(file.toPath());
    }
    Files.delete(data);
  }

  /** Knows every device. */
  private static final class Adopted implements Registry {

    private static final ThingId FRONT = new ThingId("front");

    @Override
    public Resolution resolve(Channel channel) {
      return new Resolution.Adopted(
          new Datastream(
              channel.datastreamId(),
              FRONT,
              channel.device(),
              channel.property(),
              channel.unit(),
              channel.samplingPeriod(),
              null));
    }

    @Override
    public Optional<Datastream> datastream(DatastreamId id) {
      return Optional.empty();
    }

    @Override
    public List<Datastream> datastreams() {
      return List.of();
    }

    @Override
    public List<Thing> things() {
      return List.of(new Thing(FRONT, "House front", new PartyId("alice"), null));
    }

    @Override
    public Optional<Thing> thing(ThingId id) {
      return Optional.empty();
    }

    @Override
    public List<Device> devices() {
      return List.of(new Device(CHANNEL.device(), FRONT));
    }

    @Override
    public void adopt(DeviceId device, ThingId thing) {
      throw new UnsupportedOperationException("everybody is adopted already");
    }

    @Override
    public Cancellable onChange(Runnable listener) {
      return () -> {};
    }
  }
}

package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.RegistryException;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.api.time.Undated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in. Decides under one short lock what each Reading of a submission becomes, and hands the
 * journal one append for all of it; waits for nothing.
 */
public final class Pipeline implements Intake, Undated, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);
  private static final int RELEASE_AT_ONCE = 50;

  private final Journal journal;
  private final Registry registry;
  private final Clock clock;
  private final TrustedTime time;
  private final Scheduler scheduler;
  private final SourceKeys keys;
  private final WaitingRoom waiting;
  private final UndatedLine undated;
  private final Cancellable watchingRegistry;
  private final Cancellable watchingTime;
  private volatile FrameTap tap = FrameTap.NOBODY;

  /**
   * Opens the way in and releases what can be dated, and what was held for devices that are adopted
   * by now.
   *
   * @param time tells whether the clock can be believed, and when things were before it could
   * @param scheduler for releasing, for expiring and for submissions that wait for an equal one;
   *     closed by whoever made it
   * @throws JournalException if what is held cannot be read
   */
  public Pipeline(
      Journal journal,
      Registry registry,
      Clock clock,
      TrustedTime time,
      Scheduler scheduler,
      PipelineSettings settings)
      throws JournalException {
    this.journal = journal;
    this.registry = registry;
    this.clock = clock;
    this.time = time;
    this.scheduler = scheduler;
    keys = new SourceKeys(journal.state(), clock, time, settings.sourceKeysFor());
    waiting = WaitingRoom.open(journal.state(), settings);
    undated = UndatedLine.open(journal.state(), settings.undatedBytes());
    watchingRegistry = registry.onChange(() -> scheduler.execute(this::releaseAdopted));
    watchingTime = time.onChange(() -> scheduler.execute(this::releaseDated));
    scheduler.execute(this::releaseDated);
    scheduler.execute(this::releaseAdopted);
    scheduler.after(HOUSEKEEPING, this::keepHouse);
  }

  /** From now on what is kept of devices that are recorded is shown here too. */
  public void showTo(FrameTap recorder) {
    tap = recorder;
  }

  @Override
  public void close() {
    watchingRegistry.cancel();
    watchingTime.cancel();
  }

  @Override
  public CompletableFuture<Acceptance> submit(List<Reading> readings, Urgency urgency) {
    List<Addressed> addressed = new ArrayList<>();
    try {
      for (Reading reading : readings) {
        // Outside the lock: a new Datastream is written to the registry's own file.
        addressed.add(new Addressed(reading, registry.resolve(reading.channel())));
      }
    } catch (RegistryException e) {
      return CompletableFuture.failedFuture(
          new IntakeException(IntakeException.Reason.STORAGE, String.valueOf(e.getMessage()), e));
    }
    return accept(addressed, urgency);
  }

  /** A Reading, and where it belongs. */
  private record Addressed(Reading reading, Resolution resolution) {}

  private CompletableFuture<Acceptance> accept(List<Addressed> readings, Urgency urgency) {
    Map<String, Optional<Duration>> sourceKeys = new LinkedHashMap<>();
    for (Addressed addressed : readings) {
      String key = addressed.reading().sourceKey();
      if (key != null) {
        sourceKeys.put(key, Optional.ofNullable(addressed.reading().repeatsWithin()));
      }
    }
    synchronized (this) {
      List<CompletableFuture<?>> before = keys.beingWritten(sourceKeys.keySet());
      if (!before.isEmpty()) {
        // The same body twice at once: only the end of the first tells whether the second repeats
        // it.
        return CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
            .handle((done, failed) -> readings)
            .thenComposeAsync(again -> accept(again, urgency), scheduler::execute);
      }
      try {
        return write(sort(readings, sourceKeys), urgency);
      } catch (IntakeException e) {
        return CompletableFuture.failedFuture(e);
      } catch (JournalException e) {
        return CompletableFuture.failedFuture(refusal(e));
      }
    }
  }

  /** What a submission comes to, before anything is written. */
  private record Sorted(
      List<Draft> drafts,
      List<WaitingRoom.Holding> holdings,
      UndatedLine.@Nullable Arrival arrival,
      Set<String> newKeys,
      List<StateChange> changes,
      List<Reading> shown,
      long receivedAt,
      Acceptance acceptance) {}

  private Sorted sort(List<Addressed> readings, Map<String, Optional<Duration>> sourceKeys)
      throws IntakeException, JournalException {
    // In this order: if trust goes in between, the time goes on from what was trusted.
    Optional<Moment> undatedAt =
        time.trust().isTrusted() ? Optional.empty() : Optional.of(time.now());
    Received received = Received.at(clock.epochMillis());
    Set<String> known = keys.known(sourceKeys);
    List<Draft> drafts = new ArrayList<>();
    Map<DeviceId, List<Reading>> unadopted = new LinkedHashMap<>();
    List<Reading> withoutTime = new ArrayList<>();
    List<Reading> shown = new ArrayList<>();
    Set<String> newKeys = new HashSet<>();
    List<Acceptance.Refusal> refusals = new ArrayList<>();
    int held = 0;
    int repeated = 0;
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i).reading();
      Resolution resolution = readings.get(i).resolution();
      String key = reading.sourceKey();
      if (resolution instanceof Resolution.Contradiction contradiction) {
        refusals.add(new Acceptance.Refusal(i, contradiction.why()));
        continue;
      }
      if (key != null && known.contains(key)) {
        repeated++;
        continue;
      }
      if (key != null) {
        newKeys.add(key);
      }
      if (tap.isOpen(reading.channel().device())) {
        shown.add(reading);
      }
      if (resolution instanceof Resolution.WaitingForAdoption) {
        unadopted
            .computeIfAbsent(reading.channel().device(), device -> new ArrayList<>())
            .add(reading);
      }
      if (undatedAt.isPresent()) {
        held++;
        withoutTime.add(reading);
      } else if (resolution instanceof Resolution.Adopted adopted) {
        drafts.add(draft(adopted.datastream(), reading, received));
      } else {
        held++;
      }
    }
    List<WaitingRoom.Holding> holdings = List.of();
    UndatedLine.Arrival arrival = null;
    if (undatedAt.isEmpty()) {
      holdings = waiting.prepare(unadopted, received);
    } else if (!withoutTime.isEmpty()) {
      waiting.requireRoomFor(unadopted.keySet(), unadoptedInLine());
      arrival = undated.prepare(undatedAt.get(), withoutTime);
    }
    List<StateChange> changes = new ArrayList<>();
    holdings.forEach(holding -> changes.add(holding.change()));
    if (arrival != null) {
      changes.add(arrival.change());
    }
    newKeys.forEach(key -> changes.add(keys.remember(key, undatedAt)));
    return new Sorted(
        drafts,
        holdings,
        arrival,
        newKeys,
        changes,
        shown,
        received.receivedAt(),
        new Acceptance(drafts.size(), held, repeated, refusals));
  }

  /** Devices whose undated Readings will go on into the waiting room. */
  private Set<DeviceId> unadoptedInLine() {
    Set<DeviceId> devices = new HashSet<>(undated.devices());
    registry.devices().forEach(device -> devices.remove(device.id()));
    return devices;
  }

  private static Draft draft(Datastream datastream, Reading reading, Received received) {
    PhenomenonTime own = reading.phenomenonTime();
    return new Draft(
        datastream.id(),
        received.phenomenonTime(own),
        reading.result(),
        quality(datastream, reading.result(), received.leavesUndated(own)),
        received.receivedAt());
  }

  private static Quality quality(Datastream datastream, Result result, boolean undated) {
    if (result instanceof Result.Measurement measurement
        && !datastream.property().isPlausible(measurement.value(), datastream.unit())) {
      return Quality.SUSPECT;
    }
    return undated ? Quality.UNDATED : Quality.GOOD;
  }

  private CompletableFuture<Acceptance> write(Sorted sorted, Urgency urgency) {
    if (sorted.drafts().isEmpty() && sorted.changes().isEmpty()) {
      return CompletableFuture.completedFuture(sorted.acceptance());
    }
    Durability durability =
        urgency == Urgency.ACKNOWLEDGED ? Durability.SYNCED : Durability.WRITTEN;
    CompletableFuture<Acceptance> written =
        journal
            .append(sorted.drafts(), sorted.changes(), durability)
            .handle((receipt, failure) -> finish(sorted, failure));
    if (!written.isDone()) { // finish needs the lock that is held here, so it is still to come
      keys.begin(sorted.newKeys(), written);
    }
    return written;
  }

  private Acceptance finish(Sorted sorted, @Nullable Throwable failure) {
    boolean overflows = false;
    synchronized (this) {
      keys.end(sorted.newKeys());
      if (failure == null) {
        keys.remembered(sorted.newKeys());
      }
      for (WaitingRoom.Holding holding : sorted.holdings()) {
        if (failure == null) {
          waiting.held(holding);
          overflows |= waiting.overflows(holding.device());
        } else {
          waiting.failed(holding);
        }
      }
      if (sorted.arrival() != null) {
        if (failure == null) {
          undated.kept(sorted.arrival());
        } else {
          undated.failed(sorted.arrival());
        }
      }
    }
    if (failure != null) {
      throw new CompletionException(refusal(failure));
    }
    if (!sorted.shown().isEmpty()) {
      tap.kept(sorted.shown(), sorted.receivedAt());
    }
    if (sorted.arrival() != null
        && Received.of(time.date(sorted.arrival().undated().moment())).isPresent()) {
      // The time may have come while they were on their way into the line.
      scheduler.execute(this::releaseDated);
    }
    if (!sorted.holdings().isEmpty()) {
      // The device may have been adopted while its Readings were on their way into the waiting
      // room.
      scheduler.execute(this::releaseAdopted);
    }
    if (overflows) {
      scheduler.execute(this::expire);
    }
    return sorted.acceptance();
  }

  private static IntakeException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof JournalException journalFailure) {
      IntakeException.Reason reason =
          switch (journalFailure.reason()) {
            case CLOSED -> IntakeException.Reason.STOPPING;
            case FULL, STORAGE, CONFLICT, DAMAGED -> IntakeException.Reason.STORAGE;
          };
      return new IntakeException(
          reason,
          "nothing of this was kept, so send it again later: " + journalFailure.getMessage(),
          journalFailure);
    }
    return new IntakeException(
        IntakeException.Reason.STORAGE, "the journal failed: " + cause, failure);
  }

  /** What is known about devices that wait; for people. */
  synchronized List<WaitingRoom.Waiting> waitingDevices() throws JournalException {
    return waiting.list();
  }

  /** How many Readings of each device were held and given up, ever; for people. */
  synchronized Map<DeviceId, Long> lostReadings() throws JournalException {
    return waiting.lost();
  }

  /** How many Readings of each device wait for a trusted time; for people. */
  synchronized Map<DeviceId, Long> undatedReadings() {
    return undated.byDevice();
  }

  @Override
  public synchronized long readings() {
    return undated.count();
  }

  // What follows runs on the scheduler, one after another: so nothing is released and expired at
  // the same time.

  private void releaseDated() {
    try {
      long released = 0;
      for (List<Dated> page = dated(); !page.isEmpty(); page = dated()) {
        released += release(page);
      }
      if (released > 0) {
        LOG.info("{} readings that came without a trusted time are dated now", released);
        scheduler.execute(this::releaseAdopted); // of devices that were adopted in between
      }
    } catch (JournalException | RegistryException e) {
      LOG.error(
          "readings that came without a trusted time could not be released; they are kept, and"
              + " tried again within {}: {}",
          HOUSEKEEPING,
          e.getMessage());
    }
  }

  /** A submission out of the line, and when it came. */
  private record Dated(UndatedLine.Stay stay, Received received) {}

  /**
   * The next in the line, as far as they can be dated. Where one cannot be, none behind it can:
   * only a later start of the machine that was given the time tells about an earlier one.
   */
  private synchronized List<Dated> dated() throws JournalException {
    List<Dated> dated = new ArrayList<>();
    for (UndatedLine.Stay stay : undated.next(RELEASE_AT_ONCE)) {
      Optional<Received> received = Received.of(time.date(stay.undated().moment()));
      if (received.isEmpty()) {
        break;
      }
      dated.add(new Dated(stay, received.get()));
    }
    return dated;
  }

  /** Makes of them what they would have become if the time had been known, all or nothing. */
  private int release(List<Dated> page) throws JournalException, RegistryException {
    List<Draft> drafts = new ArrayList<>();
    List<StateChange> changes = new ArrayList<>();
    Map<DeviceId, Integer> contradictions = new LinkedHashMap<>();
    List<Stranger> strangers = new ArrayList<>();
    int released = 0;
    for (Dated dated : page) {
      changes.add(UndatedLine.remove(dated.stay()));
      Map<DeviceId, List<Reading>> unadopted = new LinkedHashMap<>();
      for (Reading reading : dated.stay().undated().readings()) {
        released++;
        DeviceId device = reading.channel().device();
        Resolution resolution = registry.resolve(reading.channel());
        if (resolution instanceof Resolution.Adopted adopted) {
          drafts.add(draft(adopted.datastream(), reading, dated.received()));
        } else if (resolution instanceof Resolution.Contradiction contradiction) {
          LOG.debug("an undated reading is given up: {}", contradiction.why());
          contradictions.merge(device, 1, Integer::sum);
        } else {
          unadopted.computeIfAbsent(device, d -> new ArrayList<>()).add(reading);
        }
      }
      strangers.add(new Stranger(unadopted, dated.received()));
    }
    for (Map.Entry<DeviceId, Integer> each : contradictions.entrySet()) {
      LOG.warn(
          "{} undated readings of {} are given up: they contradict what it said before",
          each.getValue(),
          each.getKey());
      changes.add(waiting.countLost(each.getKey(), each.getValue()));
    }
    List<WaitingRoom.Holding> holdings = new ArrayList<>();
    synchronized (this) {
      strangers.forEach(s -> holdings.addAll(waiting.admit(s.readings(), s.received())));
    }
    holdings.forEach(holding -> changes.add(holding.change()));
    try {
      appendAndWait(drafts, changes);
    } catch (JournalException e) {
      synchronized (this) {
        holdings.forEach(waiting::failed);
      }
      throw e;
    }
    synchronized (this) {
      undated.left(page.stream().map(Dated::stay).toList());
      holdings.forEach(waiting::held);
    }
    return released;
  }

  /** Of devices that nobody has adopted: they wait on, for that. */
  private record Stranger(Map<DeviceId, List<Reading>> readings, Received received) {}

  private void releaseAdopted() {
    Set<DeviceId> adopted = new HashSet<>();
    registry.devices().forEach(device -> adopted.add(device.id()));
    for (DeviceId device : waitingNow()) {
      if (adopted.contains(device)) {
        try {
          release(device);
        } catch (JournalException | RegistryException e) {
          LOG.error(
              "what is held for {} could not be released; it is kept, and tried again within {}: {}",
              device,
              HOUSEKEEPING,
              e.getMessage());
        }
      }
    }
  }

  private synchronized List<DeviceId> waitingNow() {
    return List.copyOf(waiting.devices());
  }

  private void release(DeviceId device) throws JournalException, RegistryException {
    int released = 0;
    List<WaitingRoom.Stay> stays = stays(device, "");
    while (!stays.isEmpty()) {
      List<Draft> drafts = new ArrayList<>();
      List<StateChange> changes = new ArrayList<>();
      int contradictions = 0;
      for (WaitingRoom.Stay stay : stays) {
        changes.add(WaitingRoom.remove(stay));
        for (Reading reading : stay.held().readings()) {
          Resolution resolution = registry.resolve(reading.channel());
          if (resolution instanceof Resolution.Adopted adopted) {
            drafts.add(draft(adopted.datastream(), reading, stay.held().received()));
          } else if (resolution instanceof Resolution.Contradiction contradiction) {
            LOG.debug("a held reading is given up: {}", contradiction.why());
            contradictions++;
          } else {
            return; // adopted no more: the configuration has changed under our hands
          }
        }
      }
      if (contradictions > 0) {
        LOG.warn(
            "{} held readings of {} are given up: they contradict what it said before",
            contradictions,
            device);
        changes.add(waiting.countLost(device, contradictions));
      }
      letGo(device, stays, drafts, changes);
      released += drafts.size();
      stays = stays(device, stays.get(stays.size() - 1).key());
    }
    LOG.info("{} held readings of {} are released", released, device);
  }

  private List<WaitingRoom.Stay> stays(DeviceId device, String after) throws JournalException {
    synchronized (this) {
      return waiting.stays(device, after, RELEASE_AT_ONCE);
    }
  }

  /** Lets Stays go, durably, together with what becomes of them. */
  private void letGo(
      DeviceId device, List<WaitingRoom.Stay> stays, List<Draft> drafts, List<StateChange> changes)
      throws JournalException {
    appendAndWait(drafts, changes);
    synchronized (this) {
      waiting.left(device, stays);
    }
  }

  private void expire() {
    for (DeviceId device : waitingNow()) {
      try {
        List<WaitingRoom.Stay> overdue = overdue(device);
        while (!overdue.isEmpty()) {
          List<StateChange> changes;
          synchronized (this) {
            changes = waiting.expire(device, overdue);
          }
          letGo(device, overdue, List.of(), changes);
          overdue = overdue(device);
        }
      } catch (JournalException e) {
        LOG.warn("expiry of what is held for {} is put off: {}", device, e.getMessage());
      }
    }
  }

  private synchronized List<WaitingRoom.Stay> overdue(DeviceId device) throws JournalException {
    return waiting.overdue(device, trustedNow());
  }

  /** What is forgotten by a wrong clock is forgotten for good. */
  private OptionalLong trustedNow() {
    return time.trust().isTrusted() ? OptionalLong.of(clock.epochMillis()) : OptionalLong.empty();
  }

  private void keepHouse() {
    scheduler.after(HOUSEKEEPING, this::keepHouse);
    releaseDated();
    releaseAdopted();
    expire();
    try {
      forgetOldKeys();
    } catch (JournalException e) {
      LOG.warn("forgetting old source keys is put off: {}", e.getMessage());
    }
  }

  private void forgetOldKeys() throws JournalException {
    OptionalLong trusted = trustedNow();
    if (trusted.isEmpty()) {
      return;
    }
    long now = trusted.getAsLong();
    List<String> old = keys.old(now);
    if (!old.isEmpty()) {
      CompletableFuture<?> forgotten;
      synchronized (this) { // in the queue before anybody can write one of them anew
        forgotten = journal.append(List.of(), keys.forget(old, now), Durability.SYNCED);
      }
      await(forgotten);
    }
  }

  private void appendAndWait(List<Draft> drafts, List<StateChange> changes)
      throws JournalException {
    await(journal.append(drafts, changes, Durability.SYNCED));
  }

  private static void await(CompletableFuture<?> write) throws JournalException {
    try {
      write.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(JournalException.Reason.CLOSED, "interrupted while waiting", e);
    }
  }
}

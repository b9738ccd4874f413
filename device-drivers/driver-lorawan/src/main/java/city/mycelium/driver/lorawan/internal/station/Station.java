package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One station, over all its connections. Safe for use by many threads. */
final class Station implements Concentrator {

  /** A station has room for so many itself (its TX queue). */
  private static final int MOST_OPEN = 64;

  /** More than any window's delay: an xtime so far off is of another radio or start. */
  private static final long FAR_OFF_MICROS = 20_000_000;

  private final Eui eui;
  private final Plan plan;
  private final Duration confirmedWithin;
  private final Clock clock;
  private final Scheduler scheduler;
  private final AtomicLong diids;
  private final Logger log;
  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private final LongAdder uplinks = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Peer peer;
  private volatile String version = "";
  private volatile long lastNanos;

  /**
   * A downlink that waits for its dntxed.
   *
   * @param windows that were asked for
   * @param skipped how many before them were not
   */
  private record Open(
      List<Window> windows,
      int skipped,
      RadioContext context,
      CompletableFuture<Sent> sent,
      Cancellable timeout) {}

  /**
   * One that is not connected yet.
   *
   * @param diids gives each downlink its number
   */
  Station(
      Eui eui,
      Plan plan,
      Duration confirmedWithin,
      Clock clock,
      Scheduler scheduler,
      AtomicLong diids,
      Logger log) {
    this.eui = eui;
    this.plan = plan;
    this.confirmedWithin = confirmedWithin;
    this.clock = clock;
    this.scheduler = scheduler;
    this.diids = diids;
    this.log = log;
    lastNanos = clock.monotonicNanos();
  }

  @Override
  public Eui eui() {
    return eui;
  }

  /** A new connection; one that is there already ends: the newest wins. */
  void connected(Peer now) {
    Peer before;
    synchronized (this) {
      before = peer;
      peer = now;
    }
    heard();
    if (before == null) {
      log.info("station {}: connected from {}", eui, now.address());
    } else {
      before.close("this station has connected anew");
      log.info("station {}: connected anew from {}", eui, now.address());
    }
  }

  void disconnected(Peer gone) {
    synchronized (this) {
      if (peer != gone) {
        return; // replaced already
      }
      peer = null;
    }
    log.warn("station {}: is no longer connected", eui);
    List.copyOf(open.keySet()).forEach(diid -> end(diid, "the station's connection was lost"));
  }

  boolean isConnectedBy(Peer which) {
    return peer == which;
  }

  void heard() {
    lastNanos = clock.monotonicNanos();
  }

  void brought() {
    uplinks.increment();
  }

  void said(String itsVersion) {
    if (!itsVersion.equals(version)) {
      version = itsVersion;
      log.info("station {}: {}", eui, itsVersion);
    }
  }

  Duration silentFor() {
    return Duration.ofNanos(Math.max(0, clock.monotonicNanos() - lastNanos));
  }

  StationStatus status() {
    return new StationStatus(
        eui, peer != null, version, silentFor(), uplinks.sum(), taken.sum(), failed.sum());
  }

  @Override
  public CompletableFuture<Sent> send(Downlink downlink, Reception to) {
    CompletableFuture<Sent> sent = new CompletableFuture<>();
    String whyNot = ask(downlink, to, sent);
    if (!whyNot.isEmpty()) {
      failed.increment();
      sent.complete(new Sent.NotSent(whyNot));
    }
    return sent;
  }

  /** Asks the station; why not, or empty. */
  private String ask(Downlink downlink, Reception to, CompletableFuture<Sent> sent) {
    if (!(to.context() instanceof RadioContext context) || !to.concentrator().equals(eui)) {
      return "the uplink was heard by another concentrator than " + eui;
    }
    Peer now = peer;
    if (now == null) {
      return "station " + eui + " is not connected";
    }
    if (open.size() >= MOST_OPEN) {
      return "station " + eui + " has too many downlinks to confirm";
    }
    int skip = 0;
    while (skip < downlink.windows().size() && isOver(downlink.windows().get(skip), to)) {
      skip++;
    }
    if (skip == downlink.windows().size()) {
      return "its windows are over";
    }
    List<Window> windows;
    try {
      windows = Answers.statable(downlink.windows().subList(skip, downlink.windows().size()), plan);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    long diid = diids.incrementAndGet();
    Duration patience = windows.get(windows.size() - 1).delay().plus(confirmedWithin);
    Cancellable timeout =
        scheduler.after(
            patience, () -> end(diid, "station " + eui + " did not confirm that it was sent"));
    open.put(diid, new Open(windows, skip, context, sent, timeout));
    now.send(
        Answers.dnmsg(
            diid,
            downlink.device(),
            downlink.phyPayload(),
            windows,
            context,
            plan,
            clock.epochMillis()));
    return "";
  }

  private boolean isOver(Window window, Reception to) {
    return clock.monotonicNanos() - to.heardAtNanos() >= window.delay().toNanos();
  }

  /** The station has sent one; whether it was asked to. */
  boolean transmitted(StationMessage.Transmitted confirmed) {
    Open asked = open.remove(confirmed.diid());
    if (asked == null) {
      return false;
    }
    asked.timeout.cancel();
    taken.increment();
    asked.sent.complete(new Sent.InWindow(asked.skipped + window(asked, confirmed)));
    return true;
  }

  /** Which window it was: by the station's clock, or by the frequency if that tells nothing. */
  private static int window(Open asked, StationMessage.Transmitted confirmed) {
    if (asked.windows.size() == 1) {
      return 0;
    }
    long after = confirmed.xtime() - asked.context.xtime();
    if (confirmed.xtime() != 0 && Math.abs(after) < FAR_OFF_MICROS) {
      long middle =
          asked.windows.get(0).delay().plus(asked.windows.get(1).delay()).toNanos() / 2_000;
      return after < middle ? 0 : 1;
    }
    return confirmed.frequencyHz() == asked.windows.get(1).frequencyHz()
            && confirmed.frequencyHz() != asked.windows.get(0).frequencyHz()
        ? 1
        : 0;
  }

  private void end(long diid, String why) {
    Open asked = open.remove(diid);
    if (asked != null) {
      asked.timeout.cancel();
      failed.increment();
      asked.sent.complete(new Sent.NotSent(why));
    }
  }

  /** Answers what is open and ends the connection. */
  void close() {
    Peer now = peer;
    if (now != null) {
      now.close("the gateway stops");
    }
    List.copyOf(open.keySet()).forEach(diid -> end(diid, "the gateway stops"));
  }
}

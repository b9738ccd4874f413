package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.api.time.Clock;
import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One concentrator behind a packet forwarder. Safe for use by many threads. */
final class Forwarder implements Concentrator {

  /** Forwarders send PULL_DATA every 5 to 30 s; what is silent for this long is gone. */
  private static final long SILENT_NANOS = Duration.ofSeconds(90).toNanos();

  /** An address that moves is worth a line, but not each time if two of one EUI take turns. */
  private static final long BETWEEN_MOVES_NANOS = Duration.ofMinutes(1).toNanos();

  private final Eui eui;
  private final Datagrams out;
  private final Questions questions;
  private final Clock clock;
  private final Logger log;
  private final LongAdder uplinks = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile int version;
  private volatile long lastNanos;
  private volatile @Nullable ForwarderStat stat;

  /** Where downlinks go: whence PULL_DATA comes, which is not whence PUSH_DATA comes. */
  private volatile @Nullable InetSocketAddress route;

  private long movedNanos;
  private boolean silent;

  Forwarder(Header first, Datagrams out, Questions questions, Clock clock, Logger log) {
    eui = first.eui();
    version = first.version();
    this.out = out;
    this.questions = questions;
    this.clock = clock;
    this.log = log;
    lastNanos = clock.monotonicNanos();
  }

  @Override
  public Eui eui() {
    return eui;
  }

  void heard(Header header) {
    version = header.version();
    lastNanos = clock.monotonicNanos();
    synchronized (this) {
      if (!silent) {
        return;
      }
      silent = false;
    }
    log.info("concentrator {}: is heard again", eui);
  }

  void pulled(InetSocketAddress from) {
    InetSocketAddress before = route;
    if (from.equals(before)) {
      return;
    }
    route = from;
    long now = clock.monotonicNanos();
    synchronized (this) {
      boolean sameHost = before != null && from.getAddress().equals(before.getAddress());
      if (before != null && (sameHost || now - movedNanos < BETWEEN_MOVES_NANOS)) {
        return; // a forwarder that was started again has another port
      }
      movedNanos = now;
    }
    log.info("concentrator {}: downlinks go to {}", eui, from.getAddress().getHostAddress());
  }

  void said(ForwarderStat itsStat) {
    stat = itsStat;
  }

  void brought() {
    uplinks.increment();
  }

  /** Says so once if nothing came for long. */
  void look() {
    synchronized (this) {
      if (silent || clock.monotonicNanos() - lastNanos < SILENT_NANOS) {
        return;
      }
      silent = true;
    }
    log.warn(
        "concentrator {}: nothing came from it for {} s: is it on, does its network work?",
        eui,
        SILENT_NANOS / 1_000_000_000L);
  }

  Duration silentFor() {
    return Duration.ofNanos(Math.max(0, clock.monotonicNanos() - lastNanos));
  }

  ForwarderStatus status() {
    return new ForwarderStatus(
        eui, version, silentFor(), route != null, uplinks.sum(), taken.sum(), failed.sum(), stat);
  }

  @Override
  public CompletableFuture<Sent> send(Downlink downlink, Reception to) {
    CompletableFuture<Sent> sent = new CompletableFuture<>();
    if (to.context() instanceof Heard heard && to.concentrator().equals(eui)) {
      attempt(new Task(downlink, to, heard.tmst(), sent), 0, "");
    } else {
      end(sent, "the uplink was heard by another concentrator than " + eui);
    }
    return sent;
  }

  private record Task(Downlink downlink, Reception to, long tmst, CompletableFuture<Sent> sent) {}

  /**
   * Asks for the first window from here on that can still be met.
   *
   * @param why the one before was not taken; empty for the first
   */
  private void attempt(Task task, int from, String why) {
    List<Window> windows = task.downlink.windows();
    int index = from;
    while (index < windows.size() && isOver(windows.get(index), task.to)) {
      index++;
    }
    InetSocketAddress address = route;
    if (index == windows.size()) {
      end(task.sent, why.isEmpty() ? "its windows are over" : why);
    } else if (address == null) {
      end(
          task.sent,
          "concentrator "
              + eui
              + " has sent no PULL_DATA: check the downstream port (serv_port_down) of its"
              + " forwarder");
    } else {
      ask(task, index, address);
    }
  }

  private void ask(Task task, int index, InetSocketAddress address) {
    int speaks = version;
    int token =
        questions.ask(
            eui,
            answer -> {
              if (answer.taken()) {
                taken.increment();
                task.sent.complete(new Sent.InWindow(index));
              } else if (answer.word().isEmpty()) {
                // Whether it is sent is not known: in the next window it might be sent twice.
                end(task.sent, "concentrator " + eui + " did not say whether it sends the frame");
              } else {
                attempt(task, index + 1, "concentrator " + eui + " says " + answer.word());
              }
            });
    try {
      out.send(
          Answers.pullResp(
              speaks,
              token,
              task.downlink.phyPayload(),
              task.downlink.windows().get(index),
              task.tmst),
          address);
    } catch (IOException e) {
      questions.answer(eui, token, Questions.Answer.refused(String.valueOf(e.getMessage())));
      return;
    }
    if (speaks == 1) { // PROTOCOL.TXT before 1.3 knows no TX_ACK
      questions.answer(eui, token, Questions.Answer.TAKEN);
    }
  }

  private boolean isOver(Window window, Reception to) {
    return clock.monotonicNanos() - to.heardAtNanos() >= window.delay().toNanos();
  }

  private void end(CompletableFuture<Sent> sent, String why) {
    failed.increment();
    sent.complete(new Sent.NotSent(why));
  }
}

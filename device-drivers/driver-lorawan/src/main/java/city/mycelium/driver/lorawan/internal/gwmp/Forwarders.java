package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.guard.RateLimit;
import city.mycelium.driver.lorawan.internal.guard.Refusals;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The server's side of the protocol, without a socket: datagrams come in through {@link #received},
 * on one thread, and answers go out through {@link Datagrams}. The rest is safe for use by many
 * threads.
 */
final class Forwarders {

  /** Of those that nobody listed; a neighbourhood has fewer. */
  private static final int MOST_UNLISTED = 64;

  /** Who was silent for this long gives its place to another. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private static final int MOST_ADDRESSES = 4_096;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final GwmpSettings settings;
  private final RadioListener listener;
  private final Datagrams out;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Logger log;
  private final Refusals<Refusal> refusals;
  private final RateLimit<InetAddress> limit;
  private final Questions questions;
  private final Map<Eui, Forwarder> forwarders = new ConcurrentHashMap<>();
  private final LongAdder datagrams = new LongAdder();

  /**
   * Nobody is heard yet.
   *
   * @param scheduler for what must happen if nothing comes
   * @param firstToken of the downlinks
   */
  Forwarders(
      GwmpSettings settings,
      RadioListener listener,
      Datagrams out,
      Clock clock,
      Scheduler scheduler,
      int firstToken,
      Logger log) {
    this.settings = settings;
    this.listener = listener;
    this.out = out;
    this.clock = clock;
    this.scheduler = scheduler;
    this.log = log;
    refusals = new Refusals<>(Refusal.class, "packet forwarders", clock, log);
    limit = new RateLimit<>(settings.datagramsPerSecond(), MOST_ADDRESSES, clock);
    questions = new Questions(settings.txAckWithin(), scheduler, firstToken);
  }

  /** Begins to look whether somebody fell silent. */
  void start() {
    scheduler.after(LOOK_EVERY, this::look);
  }

  private void look() {
    forwarders.values().forEach(Forwarder::look);
    scheduler.after(LOOK_EVERY, this::look);
  }

  /** Answers all that is asked; nothing more comes after that. */
  void close() {
    questions.close();
  }

  GwmpStatus status() {
    return new GwmpStatus(
        datagrams.sum(),
        refusals.counted(),
        forwarders.values().stream()
            .map(Forwarder::status)
            .sorted(Comparator.comparing(ForwarderStatus::eui))
            .toList());
  }

  /**
   * Takes a datagram; never throws for what is in it, and never blocks.
   *
   * @param datagram its bytes are not kept
   */
  void received(ByteBuffer datagram, InetSocketAddress from) {
    datagrams.increment();
    long now = clock.monotonicNanos();
    if (!limit.passes(from.getAddress())) {
      refusals.add(Refusal.TOO_OFTEN, "from " + from.getAddress().getHostAddress());
      return;
    }
    try {
      if (datagram.remaining() > settings.maxDatagramBytes()) {
        throw new BadDatagramException(
            Refusal.TOO_LONG, "more than " + settings.maxDatagramBytes() + " bytes");
      }
      take(Header.read(datagram), datagram, from, now);
    } catch (BadDatagramException e) {
      refusals.add(e.reason(), e.detail() + ", from " + from.getAddress().getHostAddress());
    } catch (RuntimeException e) { // a fault of ours must not end the listening
      if (refusals.add(Refusal.FAULT, String.valueOf(e))) {
        log.error("packet forwarders: a datagram met a fault", e);
      }
    }
  }

  private void take(Header header, ByteBuffer datagram, InetSocketAddress from, long now)
      throws BadDatagramException {
    Forwarder forwarder = forwarder(header);
    forwarder.heard(header);
    switch (header.kind()) {
      case PUSH_DATA -> {
        answer(Answers.pushAck(header), from); // before anything else: it measures the way
        pushed(forwarder, text(datagram), now);
      }
      case PULL_DATA -> {
        forwarder.pulled(from);
        answer(Answers.pullAck(header), from);
      }
      case TX_ACK -> acknowledged(header, text(datagram));
    }
  }

  private Forwarder forwarder(Header header) throws BadDatagramException {
    Eui eui = header.eui();
    Forwarder known = forwarders.get(eui);
    if (known != null) {
      return known;
    }
    if (!settings.allowed().isEmpty()) {
      if (!settings.allowed().contains(eui)) {
        throw new BadDatagramException(Refusal.NOT_LISTED, eui.toString());
      }
    } else if (forwarders.size() >= MOST_UNLISTED && !forgetOne()) {
      throw new BadDatagramException(Refusal.TOO_MANY, eui.toString());
    }
    Forwarder made = new Forwarder(header, out, questions, clock, log);
    forwarders.put(eui, made);
    log.info("concentrator {}: is heard, protocol version {}", eui, header.version());
    return made;
  }

  private boolean forgetOne() {
    @Nullable Forwarder oldest =
        forwarders.values().stream()
            .max(Comparator.comparing(Forwarder::silentFor))
            .filter(f -> f.silentFor().compareTo(FORGOTTEN_AFTER) > 0)
            .orElse(null);
    return oldest != null && forwarders.remove(oldest.eui(), oldest);
  }

  private void answer(byte[] datagram, InetSocketAddress to) {
    try {
      out.send(datagram, to);
    } catch (IOException e) {
      log.debug("an acknowledgement to {} could not be sent: {}", to, e.getMessage());
    }
  }

  private void pushed(Forwarder forwarder, String json, long now) throws BadDatagramException {
    PushBody body;
    try {
      body = PushBody.read(json);
    } catch (RefusedException e) {
      throw new BadDatagramException(Refusal.JSON, String.valueOf(e.getMessage()));
    }
    ForwarderStat stat = body.stat();
    if (stat != null) {
      forwarder.said(stat);
    }
    for (int i = 0; i < body.badCrc(); i++) {
      refusals.add(Refusal.CRC, "concentrator " + forwarder.eui());
    }
    for (String why : body.bad()) {
      refusals.add(Refusal.FRAME, why + ", of concentrator " + forwarder.eui());
    }
    for (Rxpk frame : body.frames()) {
      forwarder.brought();
      listener.heard(
          new Uplink(
              frame.phyPayload(),
              new Reception(
                  forwarder.eui(),
                  now,
                  frame.frequencyHz(),
                  frame.dataRate(),
                  frame.rssiDbm(),
                  frame.snrDb(),
                  new Heard(frame.tmst()))),
          forwarder);
    }
  }

  private void acknowledged(Header header, String json) throws BadDatagramException {
    String error;
    try {
      error = TxAckBody.error(json);
    } catch (RefusedException e) {
      throw new BadDatagramException(Refusal.JSON, String.valueOf(e.getMessage()));
    }
    Questions.Answer answer =
        error.isEmpty() ? Questions.Answer.TAKEN : Questions.Answer.refused(error);
    if (!questions.answer(header.eui(), header.token(), answer)) {
      throw new BadDatagramException(Refusal.TOKEN, "token " + header.token());
    }
  }

  private static String text(ByteBuffer datagram) {
    return StandardCharsets.UTF_8.decode(datagram).toString();
  }
}

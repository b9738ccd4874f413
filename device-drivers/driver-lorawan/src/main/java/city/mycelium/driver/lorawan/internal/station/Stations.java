package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RateLimit;
import city.mycelium.driver.lorawan.internal.guard.Refusals;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The server's side of the protocol, without a socket. Safe for use by many threads; the messages
 * of one connection come in their order.
 */
final class Stations {

  private static final String BEARER = "Bearer ";
  private static final int MOST_UNLISTED = 64;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
  private static final int MOST_ADDRESSES = 4_096;

  /** A station that cannot connect tries again after some seconds. */
  private static final int KNOCKS_PER_SECOND = 5;

  private final StationSettings settings;
  private final Plan plan;
  private final RadioListener listener;
  private final Clock clock;
  private final TrustedTime time;
  private final Scheduler scheduler;
  private final Logger log;
  private final Refusals<Refusal> refusals;
  private final RateLimit<String> knocks;
  private final RateLimit<Eui> messageLimit;
  private final AtomicLong diids;
  private final Map<Eui, Station> stations = new ConcurrentHashMap<>();
  private final LongAdder messages = new LongAdder();

  /**
   * Nobody is connected yet.
   *
   * @param scheduler for what must happen if nothing comes
   * @param firstDiid number of the first downlink
   */
  Stations(
      StationSettings settings,
      Plan plan,
      RadioListener listener,
      Clock clock,
      TrustedTime time,
      Scheduler scheduler,
      long firstDiid,
      Logger log) {
    this.settings = settings;
    this.plan = plan;
    this.listener = listener;
    this.clock = clock;
    this.time = time;
    this.scheduler = scheduler;
    this.log = log;
    refusals = new Refusals<>(Refusal.class, "stations", clock, log);
    knocks = new RateLimit<>(KNOCKS_PER_SECOND, MOST_ADDRESSES, clock);
    messageLimit = new RateLimit<>(settings.messagesPerSecond(), MOST_ADDRESSES, clock);
    diids = new AtomicLong(firstDiid);
  }

  StationsStatus status() {
    return new StationsStatus(
        messages.sum(),
        refusals.counted(),
        stations.values().stream()
            .map(Station::status)
            .sorted(Comparator.comparing(StationStatus::eui))
            .toList());
  }

  void refused(Refusal reason, String detail) {
    refusals.add(reason, detail);
  }

  /** Whether an address may open another connection now. */
  boolean mayKnock(String host) {
    boolean may = knocks.passes(host);
    if (!may) {
      refusals.add(Refusal.TOO_OFTEN, "from " + host);
    }
    return may;
  }

  /**
   * Looks at the request that opens a WebSocket.
   *
   * @param authorization the header of that name; empty if there is none
   * @throws RefusedException if it is refused, which is counted already
   */
  Request knocked(String path, String authorization, String host) throws RefusedException {
    if (!isRight(authorization)) {
      throw refuse(Refusal.TOKEN, "from " + host);
    }
    Request request;
    try {
      request = Request.read(path);
    } catch (RefusedException e) {
      throw refuse(Refusal.PATH, e.getMessage() + ", from " + host);
    }
    if (request instanceof Request.Data data) {
      station(data.station());
    }
    return request;
  }

  private RefusedException refuse(Refusal reason, String detail) {
    refusals.add(reason, detail);
    return new RefusedException(reason.words());
  }

  /** How long it takes does not tell how much of the token is right. */
  private boolean isRight(String authorization) {
    String token = settings.token();
    if (token == null) {
      return true;
    }
    String shown =
        authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : authorization;
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), shown.strip().getBytes(StandardCharsets.UTF_8));
  }

  /** The station of an EUI, new if need be. */
  private Station station(Eui eui) throws RefusedException {
    Station known = stations.get(eui);
    if (known != null) {
      return known;
    }
    if (!settings.allowed().isEmpty()) {
      if (!settings.allowed().contains(eui)) {
        throw refuse(Refusal.NOT_LISTED, eui.toString());
      }
    } else if (stations.size() >= MOST_UNLISTED && !forgetOne()) {
      throw refuse(Refusal.TOO_MANY, eui.toString());
    }
    return stations.computeIfAbsent(
        eui,
        made -> new Station(made, plan, settings.confirmedWithin(), clock, scheduler, diids, log));
  }

  private boolean forgetOne() {
    @Nullable Station oldest =
        stations.values().stream()
            .filter(station -> !station.status().isConnected())
            .max(Comparator.comparing(Station::silentFor))
            .filter(station -> station.silentFor().compareTo(FORGOTTEN_AFTER) > 0)
            .orElse(null);
    return oldest != null && stations.remove(oldest.eui(), oldest);
  }

  /** A WebSocket is open. */
  void opened(Peer peer, Request request) {
    if (request instanceof Request.Data data) {
      try {
        station(data.station()).connected(peer);
      } catch (RefusedException e) { // forgotten since it knocked, and no place is left
        peer.close(String.valueOf(e.getMessage()));
      }
    }
  }

  /** A WebSocket is over. */
  void closed(Peer peer, Request request) {
    if (request instanceof Request.Data data) {
      Station station = stations.get(data.station());
      if (station != null) {
        station.disconnected(peer);
      }
    }
  }

  /**
   * Something was said on a WebSocket; never throws for what it is.
   *
   * @param base where this server is for that peer, such as {@code wss://gateway:6038}
   */
  void said(Peer peer, Request request, String text, String base) {
    messages.increment();
    long now = clock.monotonicNanos();
    try {
      if (request instanceof Request.Data data) {
        Station station = stations.get(data.station());
        if (station == null || !station.isConnectedBy(peer)) {
          return; // a newer connection has taken its place; this one is being closed
        }
        if (!messageLimit.passes(data.station())) {
          refusals.add(Refusal.TOO_OFTEN, "station " + data.station());
          return;
        }
        station.heard();
        take(station, peer, StationMessage.read(text), now);
      } else {
        discover(peer, text, base);
      }
    } catch (RefusedException e) {
      refusals.add(Refusal.JSON, e.getMessage() + ", from " + peer.address());
    } catch (RuntimeException e) { // a fault of ours must not end the connection
      if (refusals.add(Refusal.FAULT, String.valueOf(e))) {
        log.error("stations: a message met a fault", e);
      }
    }
  }

  private void discover(Peer peer, String text, String base) throws RefusedException {
    JsonValue router = new Fields(BoundedJson.object(text)).value("router");
    Eui eui;
    if (router instanceof JsonNumber) {
      eui =
          new Eui(
              new Fields(BoundedJson.object(text))
                  .needWhole("router", Long.MIN_VALUE, Long.MAX_VALUE));
    } else {
      eui = Id6.read(new Fields(BoundedJson.object(text)).needText("router"));
    }
    try {
      station(eui);
      peer.send(Answers.routerInfo(eui, base + Request.DATA + eui));
    } catch (RefusedException e) {
      peer.send(Answers.routerInfoError(Id6.write(eui), String.valueOf(e.getMessage())));
    }
  }

  private void take(Station station, Peer peer, StationMessage message, long now) {
    if (message instanceof StationMessage.Frame frame) {
      heard(station, frame, now);
    } else if (message instanceof StationMessage.Version version) {
      station.said(version.words());
      peer.send(Answers.routerConfig(plan, clock.epochMillis()));
    } else if (message instanceof StationMessage.Transmitted transmitted) {
      if (!station.transmitted(transmitted)) {
        refusals.add(Refusal.CONFIRMATION, "diid " + transmitted.diid());
      }
    } else if (message instanceof StationMessage.Timesync timesync) {
      if (time.trust().isTrusted()) { // a wrong time is worse than none
        peer.send(Answers.timesync(timesync.txtime(), clock.epochMillis()));
      }
    } else if (message instanceof StationMessage.Broken broken) {
      refusals.add(
          Refusal.FRAME, broken.msgtype() + ": " + broken.why() + ", of station " + station.eui());
    } else if (message instanceof StationMessage.Other other) {
      refusals.add(Refusal.UNKNOWN, other.msgtype());
    }
  }

  private void heard(Station station, StationMessage.Frame frame, long now) {
    DataRate rate = plan.dataRate(frame.dataRate());
    if (rate == null) {
      refusals.add(Refusal.FRAME, "DR " + frame.dataRate() + " is not in the plan");
      return;
    }
    station.brought();
    listener.heard(
        new Uplink(
            frame.phyPayload(),
            new Reception(
                station.eui(),
                now,
                frame.frequencyHz(),
                rate,
                frame.rssiDbm(),
                frame.snrDb(),
                frame.context())),
        station);
  }

  void close() {
    stations.values().forEach(Station::close);
  }
}

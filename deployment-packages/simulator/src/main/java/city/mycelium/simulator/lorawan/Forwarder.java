package city.mycelium.simulator.lorawan;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.testkit.PacketForwarder;
import city.mycelium.testkit.PacketForwarder.FromServer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A concentrator and its packet forwarder: reports what it hears over UDP, shows the way for
 * downlinks every few seconds, and sends what it is told to at the microsecond that it is told, or
 * says that it is too late. All but the listening is done on one Scheduler, that of the air.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final int VERSION = 2;

  /** PROTOCOL.TXT, 5.2: every few seconds, so that the way through a NAT stays open. */
  private static final Duration PULL_EVERY = Duration.ofSeconds(5);

  private static final Duration LISTEN = Duration.ofMillis(500);
  private static final Pattern LORA = Pattern.compile("SF(\\d+)BW(\\d+)");
  private static final long COUNTER = 1L << 32;

  private final PacketForwarder socket;
  private final Clock clock;
  private final Scheduler scheduler;
  private final long counterStartedAt;
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean isClosed;

  /** Where a downlink goes that is on the air at last. */
  @FunctionalInterface
  public interface Emission {

    /**
     * A frame is on the air.
     *
     * @param tmst when, by the counter of this concentrator
     */
    void emitted(Forwarder by, Transmission frame, long tmst);
  }

  /**
   * A concentrator; deaf until {@link #start}.
   *
   * @param counterStart what its counter of microseconds shows now, 32 bits: it wraps every 71
   *     minutes, and a gateway must not mind
   */
  public Forwarder(
      Eui eui, InetSocketAddress gateway, long counterStart, Clock clock, Scheduler scheduler)
      throws IOException {
    socket = new PacketForwarder(eui.value(), VERSION, gateway);
    this.clock = clock;
    this.scheduler = scheduler;
    counterStartedAt = clock.monotonicNanos() / 1_000 - counterStart;
  }

  /**
   * Begins.
   *
   * @param up waits for what the gateway says to reports, and so is busy all the time
   * @param down waits for what the gateway wants sent, likewise
   */
  public void start(Scheduler up, Scheduler down, Emission whereTo) {
    up.execute(() -> listen(socket::receiveUp, datagram -> acknowledged.incrementAndGet()));
    down.execute(
        () -> listen(socket::receiveDown, told -> scheduler.execute(() -> told(told, whereTo))));
    pull();
  }

  /** What its counter shows: microseconds, 32 bits. */
  public long tmst() {
    return Math.floorMod(clock.monotonicNanos() / 1_000 - counterStartedAt, COUNTER);
  }

  /** How many reports the gateway has said to have got; says nothing of what it did with them. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Tells the gateway of a frame; whether that arrives, nobody knows. */
  public void report(Transmission heard, long tmst, double snrDb) {
    trying(
        () ->
            socket.pushJson(
                "{\"rxpk\":["
                    + PacketForwarder.rxpk(
                        heard.phyPayload(),
                        tmst,
                        heard.frequencyHz(),
                        heard.dataRate().toString(),
                        (int) Math.round(-100 + snrDb),
                        snrDb)
                    + "]}"));
  }

  private void pull() {
    scheduler.after(PULL_EVERY, this::pull);
    trying(socket::pull);
  }

  private interface Sending {
    int send() throws IOException;
  }

  private void trying(Sending sending) {
    try {
      sending.send();
    } catch (IOException e) {
      LOG.debug("a datagram was lost: {}", e.getMessage()); // the gateway is being restarted
    }
  }

  private interface Receiving {
    Optional<FromServer> receive(Duration patience) throws IOException;
  }

  private void listen(Receiving from, java.util.function.Consumer<FromServer> ear) {
    while (!isClosed) {
      try {
        from.receive(LISTEN).ifPresent(ear);
      } catch (SocketException e) {
        LOG.debug("no longer listening: {}", e.getMessage());
        return;
      } catch (IOException e) {
        LOG.warn("the gateway says something that is not understood: {}", e.getMessage());
      }
    }
  }

  private void told(FromServer datagram, Emission whereTo) {
    if (datagram.kind() != FromServer.PULL_RESP) {
      return;
    }
    try (JsonReader reader = Json.createReader(new StringReader(datagram.json()))) {
      JsonObject txpk = reader.readObject().getJsonObject("txpk");
      Transmission frame =
          new Transmission(
              Base64.getDecoder().decode(txpk.getString("data")),
              Math.round(txpk.getJsonNumber("freq").doubleValue() * 1e6),
              dataRate(txpk));
      long at = txpk.getJsonNumber("tmst").longValueExact();
      // More than half the counter ahead means behind.
      long ahead = Math.floorMod(at - tmst(), COUNTER);
      boolean late = ahead > COUNTER / 2;
      trying(
          () -> {
            socket.txAck(datagram.token(), late ? "TOO_LATE" : "NONE");
            return 0;
          });
      if (!late) {
        scheduler.after(Duration.ofNanos(ahead * 1_000), () -> whereTo.emitted(this, frame, at));
      }
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | IllegalArgumentException e) { // parsson's ways to say that something else stands there
      LOG.warn("a downlink that no forwarder understands: {}", datagram.json(), e);
    }
  }

  private static DataRate dataRate(JsonObject txpk) {
    if (txpk.get("datr") instanceof JsonNumber bits) {
      return new DataRate.Fsk(bits.intValueExact());
    }
    String text = txpk.getString("datr");
    Matcher lora = LORA.matcher(text);
    if (!lora.matches()) {
      throw new IllegalArgumentException("datr is " + text);
    }
    return new DataRate.Lora(Integer.parseInt(lora.group(1)), Integer.parseInt(lora.group(2)));
  }

  @Override
  public void close() {
    isClosed = true;
    socket.close();
  }
}

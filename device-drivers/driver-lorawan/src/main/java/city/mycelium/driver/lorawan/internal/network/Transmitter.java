package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import city.mycelium.driver.lorawan.internal.region.AirTime;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.driver.lorawan.internal.region.SubBand;
import city.mycelium.driver.lorawan.internal.region.TimeOnAir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in the windows of a device: where they are, whether they can still be met, and whether
 * our duty cycle leaves room. Touched by the network's tasks only.
 */
final class Transmitter {

  private static final Logger LOG = LoggerFactory.getLogger(Transmitter.class);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final NetworkSettings settings;
  private final Clock clock;
  private final Scheduler scheduler;

  private final AirTimes airTimes;

  /** What became of an answer. */
  enum Outcome {
    SENT,
    TOO_LATE,
    NO_AIR_TIME,
    NOT_SENT
  }

  /**
   * A frame and when it may go.
   *
   * @param rx1Seconds delay of RX1; RX2 is a second later (LoRaWAN 1.0.3, 3.3)
   * @param payloadBytes of FOpts and FRMPayload, which the data rate bounds; 0 for a join-accept
   */
  @SuppressWarnings("ArrayRecordComponent") // a frame travels once
  record Answer(Eui device, byte[] frame, int rx1Seconds, int rx2DataRate, int payloadBytes) {}

  /**
   * A window that can be met, and what it takes.
   *
   * @param opensNanos when it opens, by the monotonic clock
   */
  private record Slot(Downlink.Window window, SubBand subBand, Duration airTime, long opensNanos) {}

  /** A window whose air is taken. */
  private record Taken(Slot slot, AirTime.Reservation reservation) {}

  /** What is left of the windows, and what was in the way of the others. */
  private record Slots(List<Slot> open, Outcome otherwise) {}

  Transmitter(NetworkSettings settings, Clock clock, Scheduler scheduler, AirTimes airTimes) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    this.airTimes = airTimes;
  }

  /**
   * An answer of so many bytes will probably be sent soon: stores the air for it meanwhile, so that
   * it need not wait for that.
   */
  void prepare(List<Heard> heard, int rx2DataRate, int bytes) {
    Reception to = heard.get(0).reception();
    Region region = settings.region();
    rx1DataRate(to)
        .ifPresent(
            rate ->
                region
                    .rx1FrequencyHz(to.frequencyHz())
                    .ifPresent(hz -> prepare(to.concentrator(), hz, rate, bytes)));
    prepare(to.concentrator(), region.rx2FrequencyHz(), rx2DataRate, bytes);
  }

  private void prepare(Eui concentrator, long hz, int dataRate, int bytes) {
    Region region = settings.region();
    Duration airTime = TimeOnAir.of(region.dataRate(dataRate), bytes, false);
    region
        .subBand(hz)
        .filter(band -> airTimes.hasRoom(concentrator, band, airTime))
        .ifPresent(
            band -> {
              var unused = airTimes.keep(concentrator, band, airTime); // whoever sends asks again
            });
  }

  /** Most bytes of FOpts and FRMPayload that any window of this uplink could take. */
  int mostPayload(Reception to, int rx2DataRate) {
    Region region = settings.region();
    int rx1 = rx1DataRate(to).map(region::maxPayload).orElse(0);
    return Math.max(rx1, region.maxPayload(rx2DataRate));
  }

  /**
   * Sends an answer by the concentrator that heard best, else by the next.
   *
   * @param then told the outcome, in a task of the network
   */
  void send(Answer answer, List<Heard> heard, Consumer<Outcome> then) {
    attempt(answer, heard, 0, Outcome.NOT_SENT, then);
  }

  private void attempt(
      Answer answer, List<Heard> heard, int index, Outcome soFar, Consumer<Outcome> then) {
    if (index == heard.size()) {
      then.accept(soFar);
      return;
    }
    Heard best = heard.get(index);
    Eui by = best.reception().concentrator();
    Slots slots = slots(answer, best.reception());
    if (slots.open().isEmpty()) {
      attempt(answer, heard, index + 1, slots.otherwise(), then);
      return;
    }
    List<Taken> taken =
        slots.open().stream()
            .map(slot -> new Taken(slot, airTimes.reserve(by, slot.subBand(), slot.airTime())))
            .toList();
    CompletableFuture<Void> kept =
        CompletableFuture.allOf(
            taken.stream()
                .map(one -> airTimes.keep(by, one.slot().subBand(), Duration.ZERO))
                .toArray(CompletableFuture<?>[]::new));
    var unused =
        kept.whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                handOver(answer, heard, index, taken, then);
              } else {
                LOG.debug(
                    "a downlink for {} was not sent: {}", answer.device(), failure.toString());
                taken.forEach(one -> giveBack(by, one));
                then.accept(Outcome.NOT_SENT); // a restart would not know of it
              }
            });
  }

  private void giveBack(Eui by, Taken one) {
    airTimes.giveBack(by, one.slot().subBand(), one.reservation());
  }

  /** All that it may take is stored: it goes to the concentrator, if there is still time. */
  private void handOver(
      Answer answer, List<Heard> heard, int index, List<Taken> taken, Consumer<Outcome> then) {
    Heard best = heard.get(index);
    Eui by = best.reception().concentrator();
    List<Taken> open = new ArrayList<>();
    for (Taken one : taken) {
      if (canMeet(one.slot().opensNanos())) {
        open.add(one);
      } else {
        giveBack(by, one);
      }
    }
    if (open.isEmpty()) {
      attempt(answer, heard, index + 1, Outcome.TOO_LATE, then);
      return;
    }
    Downlink downlink =
        new Downlink(
            answer.device(),
            answer.frame(),
            open.stream().map(one -> one.slot().window()).toList());
    var unused =
        best.by()
            .send(downlink, best.reception())
            .thenAccept(
                sent ->
                    scheduler.execute(
                        () -> {
                          settle(by, open, sent);
                          if (sent instanceof Sent.NotSent not) {
                            LOG.debug(
                                "a downlink for {} was not sent: {}", answer.device(), not.why());
                            attempt(answer, heard, index + 1, Outcome.NOT_SENT, then);
                          } else {
                            then.accept(Outcome.SENT);
                          }
                        }));
  }

  private boolean canMeet(long opensNanos) {
    return opensNanos - clock.monotonicNanos() >= settings.lead().toNanos();
  }

  private void settle(Eui by, List<Taken> taken, Sent sent) {
    int used = sent instanceof Sent.InWindow in ? in.window() : -1;
    for (int i = 0; i < taken.size(); i++) {
      if (i != used) {
        giveBack(by, taken.get(i));
      }
    }
  }

  private Slots slots(Answer answer, Reception to) {
    Region region = settings.region();
    List<Slot> open = new ArrayList<>();
    Outcome[] otherwise = {Outcome.TOO_LATE};
    Optional<Integer> rx1 = rx1DataRate(to);
    Optional<Long> rx1Hz = region.rx1FrequencyHz(to.frequencyHz());
    if (rx1.isPresent() && rx1Hz.isPresent()) {
      slot(answer, to, rx1Hz.get(), rx1.get(), answer.rx1Seconds(), otherwise).ifPresent(open::add);
    }
    slot(
            answer,
            to,
            region.rx2FrequencyHz(),
            answer.rx2DataRate(),
            answer.rx1Seconds() + 1,
            otherwise)
        .ifPresent(open::add);
    return new Slots(open, otherwise[0]);
  }

  private Optional<Integer> rx1DataRate(Reception to) {
    Region region = settings.region();
    return region.uplinkDataRate(to.dataRate()).stream()
        .mapToObj(up -> region.rx1DataRate(up, 0))
        .findFirst();
  }

  private Optional<Slot> slot(
      Answer answer, Reception to, long hz, int dataRate, int delaySeconds, Outcome[] otherwise) {
    Region region = settings.region();
    long opens = to.heardAtNanos() + delaySeconds * NANOS_PER_SECOND;
    if (!canMeet(opens)) {
      return Optional.empty();
    }
    Optional<SubBand> band = region.subBand(hz);
    if (band.isEmpty() || answer.payloadBytes() > region.maxPayload(dataRate)) {
      otherwise[0] = Outcome.NOT_SENT;
      return Optional.empty();
    }
    Duration airTime = TimeOnAir.of(region.dataRate(dataRate), answer.frame().length, false);
    if (!airTimes.hasRoom(to.concentrator(), band.get(), airTime)) {
      otherwise[0] = Outcome.NO_AIR_TIME;
      return Optional.empty();
    }
    return Optional.of(
        new Slot(
            new Downlink.Window(
                Duration.ofSeconds(delaySeconds),
                hz,
                region.dataRate(dataRate),
                Math.min(band.get().maxEirpDbm(), settings.maxEirpDbm())),
            band.get(),
            airTime,
            opens));
  }
}

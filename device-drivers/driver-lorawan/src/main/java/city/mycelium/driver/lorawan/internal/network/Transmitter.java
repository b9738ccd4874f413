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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Each concentrator is a transmitter, with a duty cycle of its own. */
  private final Map<Eui, AirTime> airTimes = new HashMap<>();

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

  /** A window that can be met, and what it takes. */
  private record Slot(Downlink.Window window, SubBand subBand, Duration airTime) {}

  /** What is left of the windows, and what was in the way of the others. */
  private record Slots(List<Slot> open, Outcome otherwise) {}

  Transmitter(NetworkSettings settings, Clock clock, Scheduler scheduler) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
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
    AirTime air = airTimes.computeIfAbsent(best.reception().concentrator(), eui -> new AirTime());
    Slots slots = slots(answer, best.reception(), air);
    if (slots.open().isEmpty()) {
      attempt(answer, heard, index + 1, slots.otherwise(), then);
      return;
    }
    long now = clock.monotonicNanos();
    List<AirTime.Reservation> reservations =
        slots.open().stream()
            .map(slot -> air.reserve(slot.subBand(), slot.airTime(), now))
            .toList();
    Downlink downlink =
        new Downlink(
            answer.device(), answer.frame(), slots.open().stream().map(Slot::window).toList());
    var unused =
        best.by()
            .send(downlink, best.reception())
            .thenAccept(
                sent ->
                    scheduler.execute(
                        () -> {
                          settle(air, reservations, sent);
                          if (sent instanceof Sent.NotSent not) {
                            LOG.debug(
                                "a downlink for {} was not sent: {}", answer.device(), not.why());
                            attempt(answer, heard, index + 1, Outcome.NOT_SENT, then);
                          } else {
                            then.accept(Outcome.SENT);
                          }
                        }));
  }

  private static void settle(AirTime air, List<AirTime.Reservation> reservations, Sent sent) {
    int used = sent instanceof Sent.InWindow in ? in.window() : -1;
    for (int i = 0; i < reservations.size(); i++) {
      if (i != used) {
        air.giveBack(reservations.get(i));
      }
    }
  }

  private Slots slots(Answer answer, Reception to, AirTime air) {
    Region region = settings.region();
    List<Slot> open = new ArrayList<>();
    Outcome[] otherwise = {Outcome.TOO_LATE};
    Optional<Integer> rx1 = rx1DataRate(to);
    Optional<Long> rx1Hz = region.rx1FrequencyHz(to.frequencyHz());
    if (rx1.isPresent() && rx1Hz.isPresent()) {
      slot(answer, to, air, rx1Hz.get(), rx1.get(), answer.rx1Seconds(), otherwise)
          .ifPresent(open::add);
    }
    slot(
            answer,
            to,
            air,
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
      Answer answer,
      Reception to,
      AirTime air,
      long hz,
      int dataRate,
      int delaySeconds,
      Outcome[] otherwise) {
    Region region = settings.region();
    long now = clock.monotonicNanos();
    long opens = to.heardAtNanos() + delaySeconds * NANOS_PER_SECOND;
    if (opens - now < settings.lead().toNanos()) {
      return Optional.empty();
    }
    Optional<SubBand> band = region.subBand(hz);
    if (band.isEmpty() || answer.payloadBytes() > region.maxPayload(dataRate)) {
      otherwise[0] = Outcome.NOT_SENT;
      return Optional.empty();
    }
    Duration airTime = TimeOnAir.of(region.dataRate(dataRate), answer.frame().length, false);
    if (!air.hasRoom(band.get(), airTime, now)) {
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
            airTime));
  }
}

package city.mycelium.simulator.lorawan;

import city.mycelium.api.time.Scheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What lies between devices and concentrators: every concentrator hears a frame in its own way, and
 * a device hears an answer only if it comes in one of its windows, on the right frequency, at the
 * right data rate, at the right microsecond. All of it happens on one Scheduler.
 */
public final class Air {

  /** A device's window opens a little early and stays open for a preamble; this is less. */
  private static final long TOLERANCE_MICROS = 20;

  private static final long COUNTER = 1L << 32;

  private final List<Forwarder> forwarders;
  private final Weather weather;
  private final Scheduler scheduler;
  private final Map<VirtualDevice, Listening> listening = new HashMap<>();
  private long missed;

  /**
   * A device where it is.
   *
   * @param snrDb at which each concentrator hears it on average, in their order, dB
   * @param ear is told what the device understands
   */
  public record Speaker(VirtualDevice device, List<Double> snrDb, Consumer<Heard> ear) {
    public Speaker {
      snrDb = List.copyOf(snrDb);
    }
  }

  /** Who listens for an answer, and when each concentrator heard him. */
  private record Listening(Speaker who, List<Window> windows, Map<Forwarder, Long> heardAt) {}

  public Air(List<Forwarder> forwarders, Weather weather, Scheduler scheduler) {
    this.forwarders = List.copyOf(forwarders);
    this.weather = weather;
    this.scheduler = scheduler;
  }

  /** Carries what a device says, and from then on what is answered. */
  public void carry(Speaker speaker, Transmission said) {
    Map<Forwarder, Long> heardAt = new HashMap<>();
    listening.put(speaker.device(), new Listening(speaker, speaker.device().windows(), heardAt));
    for (int i = 0; i < forwarders.size(); i++) {
      if (weather.reaches()) {
        heardAt.put(forwarders.get(i), report(forwarders.get(i), said, speaker.snrDb().get(i)));
      }
    }
    mischief(speaker, said);
  }

  private long report(Forwarder by, Transmission heard, double averageDb) {
    long tmst = by.tmst();
    double snrDb = weather.snrDb(averageDb);
    scheduler.after(weather.reportTakes(), () -> by.report(heard, tmst, snrDb));
    return tmst;
  }

  private void mischief(Speaker speaker, Transmission said) {
    Forwarder first = forwarders.get(0);
    double averageDb = speaker.snrDb().get(0);
    weather
        .garbled(said.phyPayload())
        .ifPresent(
            copy ->
                report(
                    first, new Transmission(copy, said.frequencyHz(), said.dataRate()), averageDb));
    weather
        .replayedAfter()
        .ifPresent(
            delay -> scheduler.after(delay, () -> first.report(said, first.tmst(), averageDb)));
  }

  /** A concentrator is on the air with a frame. */
  public void emitted(Forwarder by, Transmission frame, long tmst) {
    for (Listening one : List.copyOf(listening.values())) {
      if (hears(one, by, frame, tmst)) {
        one.who().ear().accept(one.who().device().hear(frame.phyPayload()));
        return;
      }
    }
    missed++;
  }

  private static boolean hears(Listening one, Forwarder by, Transmission frame, long tmst) {
    Long heardAt = one.heardAt().get(by);
    return heardAt != null
        && one.windows().stream()
            .anyMatch(
                window ->
                    window.frequencyHz() == frame.frequencyHz()
                        && window.dataRate().equals(frame.dataRate())
                        && apart(heardAt + window.delay().toNanos() / 1_000, tmst)
                            <= TOLERANCE_MICROS);
  }

  private static long apart(long one, long other) {
    long ahead = Math.floorMod(one - other, COUNTER);
    return Math.min(ahead, COUNTER - ahead);
  }

  /** How many frames were sent into windows that nobody had open. */
  public long missed() {
    return missed;
  }
}

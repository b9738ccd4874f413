package city.mycelium.simulator.lorawan;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.simulator.lorawan.Sensor.Report;
import city.mycelium.simulator.sender.Answer;
import city.mycelium.simulator.sender.AnswerLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A LoRaWAN device in life: joins, reports one thing after another, says a confirmed report again
 * until it is acknowledged, and joins anew when nobody seems to know it any more or its battery was
 * changed. All its work is done on the Scheduler of the air.
 *
 * <p>What it saw succeed goes into the file of answers: a confirmed uplink whose acknowledgement
 * came in time. An unconfirmed uplink promises nothing, nor does the PUSH_ACK that its forwarder
 * gets: that says that the datagram has arrived, before anybody has looked into it (PROTOCOL.TXT,
 * 3). Such a report is in the file as unanswered.
 */
final class Mote {

  /** In the words of HTTP, which the file of answers has. */
  private static final int ACKNOWLEDGED = 204;

  /** LoRaWAN 1.0.3, 18.4: after eight transmissions an application may give a frame up. */
  private static final int TRANSMISSIONS = 8;

  private static final int MEMORY_REPORTS = 200;

  /** After its second window has opened, so long may an answer be on the air. */
  private static final Duration ANSWER_TAKES = Duration.ofMillis(1_500);

  private static final int PAUSE_MILLIS = 1_000;

  private final VirtualDevice device;
  private final Sensor sensor;
  private final Air air;
  private final Air.Speaker speaker;
  private final AnswerLog log;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Random random;
  private final int batteryChangedEvery;
  private final Deque<Numbered> waiting = new ArrayDeque<>();

  private long reports;
  private int transmissions;
  private boolean isBusy;
  private @Nullable Cancellable silence;
  private boolean isEnding;

  private record Numbered(long number, Report report) {}

  /**
   * A device in its place.
   *
   * @param snrDb at which each concentrator hears it, dB
   * @param batteryChangedEvery after so many reports it starts anew; 0 for never
   */
  Mote(
      VirtualDevice device,
      Sensor sensor,
      List<Double> snrDb,
      int batteryChangedEvery,
      Air air,
      AnswerLog log,
      Clock clock,
      Scheduler scheduler,
      Random random) {
    this.device = device;
    this.sensor = sensor;
    this.batteryChangedEvery = batteryChangedEvery;
    this.air = air;
    this.log = log;
    this.clock = clock;
    this.scheduler = scheduler;
    this.random = random;
    speaker = new Air.Speaker(device, snrDb, this::heard);
  }

  /** Reports for the first time after a while, and from then on every period of the sensor. */
  void start(Duration firstAfter) {
    scheduler.after(firstAfter, this::measure);
  }

  /** Says nothing new any more. */
  void fallSilent() {
    isEnding = true;
  }

  private void measure() {
    scheduler.after(sensor.period(), this::measure);
    if (batteryChangedEvery > 0 && reports % batteryChangedEvery == batteryChangedEvery - 1) {
      device.restart();
      transmissions = 0;
    }
    waiting.addLast(new Numbered(++reports, sensor.report()));
    if (waiting.size() > MEMORY_REPORTS) {
      waiting.remove(isBusy ? second() : waiting.getFirst());
    }
    if (!isBusy) {
      speak();
    }
  }

  /** The first is on the air just now. */
  private Numbered second() {
    return waiting.stream().skip(1).findFirst().orElseThrow();
  }

  private void speak() {
    if (waiting.isEmpty() || isEnding) {
      isBusy = false;
      return;
    }
    isBusy = true;
    if (!device.isJoined()) {
      carry(device.join());
      return;
    }
    Report report = waiting.getFirst().report();
    carry(
        transmissions++ > 0
            ? device.again()
            : device.say(report.fPort(), report.payload(), report.confirmed()));
  }

  private void carry(Transmission said) {
    List<Window> windows = device.windows();
    Duration last = windows.get(windows.size() - 1).delay();
    air.carry(speaker, said);
    silence = scheduler.after(last.plus(ANSWER_TAKES), this::silence);
  }

  private void heard(Heard what) {
    if (!isBusy || silence == null) {
      return;
    }
    boolean isAcknowledged =
        what instanceof Heard.Said said
            && said.acknowledged()
            && !waiting.isEmpty()
            && waiting.getFirst().report().confirmed();
    if (isAcknowledged) {
      done(ACKNOWLEDGED);
    } else if (!(what instanceof Heard.Joined)) {
      return; // commands, or nothing: it goes on waiting for its answer
    }
    silence.cancel();
    silence = null;
    scheduler.after(pause(), this::speak);
  }

  private void silence() {
    silence = null;
    if (device.isJoined() && !waiting.isEmpty()) {
      if (!waiting.getFirst().report().confirmed()) {
        done(Answer.NONE);
      } else {
        note(waiting.getFirst(), Answer.NONE);
        if (transmissions >= TRANSMISSIONS) {
          device.restart();
          transmissions = 0;
        }
      }
    }
    scheduler.after(pause(), this::speak);
  }

  private void done(int status) {
    note(waiting.removeFirst(), status);
    transmissions = 0;
  }

  private void note(Numbered said, int status) {
    log.note(
        new Answer(
            device.identity().device(),
            said.number(),
            clock.epochMillis(),
            status,
            said.report().values()));
  }

  private Duration pause() {
    return Duration.ofMillis(100 + random.nextInt(PAUSE_MILLIS));
  }
}

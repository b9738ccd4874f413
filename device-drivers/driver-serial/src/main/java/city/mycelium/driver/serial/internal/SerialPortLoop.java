package city.mycelium.driver.serial.internal;

import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TimeSignals;
import city.mycelium.driver.serial.internal.device.SerialDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One serial port and the device on it: opens the port, lets the device talk, hands its Readings
 * over, and begins again whenever the port dies or the device falls silent. It has a thread of its
 * own; {@link #start} and {@link #close} may be called from any.
 */
public final class SerialPortLoop<F> implements AutoCloseable {

  /**
   * Looking this often instead of waiting in a read: a time stamp is late by no more than this, and
   * nothing ever hangs in the port.
   */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final String port;
  private final int baud;
  private final SerialDevice<F> device;
  private final SerialLines lines;
  private final Clock clock;
  private final TimeSignals signals;
  private final Scheduler scheduler;
  private final StateLog state;
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault());
  private final Outbox outbox;
  private volatile @Nullable Conversation<F> conversation;

  /**
   * A loop that has not begun.
   *
   * @param port as {@link SerialLines#open} takes it
   * @param baud bits per second; 0 for what the device speaks from the factory
   * @param signals where the time goes that the device tells
   */
  public SerialPortLoop(
      String port,
      int baud,
      SerialDevice<F> device,
      SerialLines lines,
      Intake intake,
      Clock clock,
      TimeSignals signals,
      Schedulers schedulers) {
    this(
        port,
        baud,
        device,
        lines,
        intake,
        clock,
        signals,
        schedulers,
        LoggerFactory.getLogger(SerialPortLoop.class));
  }

  SerialPortLoop(
      String port,
      int baud,
      SerialDevice<F> device,
      SerialLines lines,
      Intake intake,
      Clock clock,
      TimeSignals signals,
      Schedulers schedulers,
      Logger log) {
    this.port = port;
    this.baud = baud == 0 ? device.baud() : baud;
    this.device = device;
    this.lines = lines;
    this.clock = clock;
    this.signals = signals;
    this.scheduler = schedulers.serial("serial " + port);
    String who = device.id() + " on " + port;
    this.state = StateLog.unknown(log, who);
    this.outbox = new Outbox(intake, clock, scheduler, log, who);
  }

  /** Begins; returns at once. */
  public void start() {
    scheduler.execute(this::connect);
  }

  /** Says goodbye to the device and closes the port; returns when that is done. */
  @Override
  public void close() {
    scheduler.close();
    Conversation<F> last = conversation;
    if (last != null) {
      last.end();
    }
    outbox.end();
  }

  private void connect() {
    try {
      conversation =
          new Conversation<>(lines.open(port, baud), device, clock, this::passOn, signals);
      scheduler.execute(this::look);
    } catch (IOException e) {
      state.trouble(Trouble.UNREACHABLE, e.getMessage() + "; it is tried again from time to time");
      scheduler.after(backoff.next(), this::connect);
    }
  }

  /** Looks again and again until the conversation ends; back-off outlasts the last look by far. */
  private void look() {
    Conversation<F> now = conversation;
    if (now == null) {
      return;
    }
    // First of all, so that a defect in a device class does not end the loop.
    scheduler.after(LOOK_EVERY, this::look);
    try {
      now.turn();
      if (now.isSilent()) {
        startAgain(now, Trouble.SILENT, now.silence());
      }
    } catch (IOException e) {
      startAgain(now, Trouble.UNREACHABLE, e.getMessage() + "; plugged in again, it goes on");
    }
  }

  private void startAgain(Conversation<F> ended, Trouble trouble, String message) {
    conversation = null;
    ended.abandon();
    state.trouble(trouble, message);
    scheduler.after(backoff.next(), this::connect);
  }

  private void passOn(List<Reading> set) {
    backoff.reset();
    state.well("it gives results");
    outbox.offer(set);
  }
}

package city.mycelium.simulator.serial;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chip plugged in: its bytes leave through a pseudo-terminal that can be found under a name of
 * its own, for as long as the device lives and however often the gateway comes and goes.
 */
public final class SerialDevice implements AutoCloseable {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(SerialDevice.class);

  private final SerialChip chip;
  private final LineNoise noise;
  private final Clock clock;
  private final Scheduler turns;
  private final Scheduler ear;
  private final PseudoTerminal terminal;
  private final Path link;

  private SerialDevice(
      SerialChip chip,
      LineNoise noise,
      Clock clock,
      Scheduler turns,
      Scheduler ear,
      PseudoTerminal terminal,
      Path link) {
    this.chip = chip;
    this.noise = noise;
    this.clock = clock;
    this.turns = turns;
    this.ear = ear;
    this.terminal = terminal;
    this.link = link;
  }

  /**
   * Plugs the chip in.
   *
   * @param link where its port is to be found; what lies there is replaced
   * @param turns where the chip's work is done
   * @param ear waits for what the gateway says, and so is busy all the time
   */
  public static SerialDevice plugIn(
      Path link, SerialChip chip, LineNoise noise, Clock clock, Scheduler turns, Scheduler ear)
      throws IOException {
    PseudoTerminal terminal = PseudoTerminal.open();
    Path beside = link.resolveSibling(link.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createSymbolicLink(beside, terminal.slavePath());
    Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE);
    SerialDevice device = new SerialDevice(chip, noise, clock, turns, ear, terminal, link);
    ear.execute(device::listen);
    turns.after(SECOND, device::second);
    return device;
  }

  private void second() {
    turns.after(SECOND, this::second);
    say(chip.eachSecond(clock.epochMillis()));
  }

  private void listen() {
    byte[] buffer = new byte[256];
    try {
      InputStream input = terminal.input();
      for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
        byte[] heard = Arrays.copyOf(buffer, n);
        turns.execute(() -> say(chip.hear(heard, clock.epochMillis())));
      }
    } catch (IOException e) {
      LOG.warn("{} is deaf from now on: {}", link.getFileName(), e.getMessage());
    }
  }

  private void say(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try {
      terminal.output().write(noise.disturb(bytes));
    } catch (IOException e) {
      LOG.debug("{} could not speak: {}", link.getFileName(), e.getMessage());
    }
  }

  /** Pulls the plug; the name goes with it. */
  @Override
  public void close() {
    terminal.close();
    turns.close();
    ear.close();
    try {
      Files.deleteIfExists(link);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", link, e.getMessage());
    }
  }
}

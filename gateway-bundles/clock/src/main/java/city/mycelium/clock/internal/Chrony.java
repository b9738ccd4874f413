package city.mycelium.clock.internal;

import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * chrony, by what {@code chronyc -c tracking} says of it.
 *
 * <p>Source: chronyc(1) of chrony 4.3, "tracking" and option {@code -c}.
 */
final class Chrony implements TimeSource {

  /** Of this machine, and without asking a name server. */
  static final List<String> COMMAND = List.of("chronyc", "-n", "-c", "tracking");

  private static final int FIELDS = 14;
  private static final int REFERENCE = 0;
  private static final int STRATUM = 2;
  private static final int SYNCHRONISED_AT = 3;
  private static final int SYSTEM_OFFSET = 4;
  private static final int ROOT_DELAY = 10;
  private static final int ROOT_DISPERSION = 11;
  private static final int LEAP_STATUS = 13;

  /** 127.127.1.1: no server at all, but this machine's own clock (directive {@code local}). */
  private static final String OWN_CLOCK = "7F7F0101";

  private static final String NOT_SYNCHRONISED = "Not synchronised";

  /** RFC 5905, 7.3: 0 is unspecified, 16 unsynchronised. */
  private static final int WORST_STRATUM = 15;

  /** Farther off it may be synchronised, but not to what a sensor's time should be. */
  private static final double WORST_SECONDS = 1;

  /** chrony asks at least this often (chrony.conf(5): maxpoll 10, 1024 s), three times over. */
  private static final long OLDEST_MILLIS = 3 * 1024 * 1000L;

  /** A healthy chronyc answers in milliseconds; it gives up by itself after a few seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Clock machine;
  private final List<String> command;
  private final Duration patience;
  private final Evidence evidence = new Evidence(OLDEST_MILLIS);

  Chrony(Clock machine) {
    this(machine, COMMAND, PATIENCE);
  }

  Chrony(Clock machine, List<String> command, Duration patience) {
    this.machine = machine;
    this.command = List.copyOf(command);
    this.patience = patience;
  }

  @Override
  public String name() {
    return "chrony";
  }

  @Override
  public Answer ask() {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Silent("it is not installed");
    }
    try {
      process.getOutputStream().close();
      // One line is far less than a pipe holds, so it ends without being read.
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Silent("chronyc did not answer within " + patience.toSeconds() + " s");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0
          ? read(said, Look.at(machine))
          : new Silent("it does not run (chronyc: " + said + ")");
    } catch (IOException e) {
      return new Silent("chronyc could not be heard: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Silent("the gateway is stopping");
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a line of tracking data means. */
  Answer read(String line, Look look) {
    String[] fields = line.split(",", -1);
    if (fields.length < FIELDS) {
      return new Silent("chronyc says what this version cannot read: " + line);
    }
    try {
      int stratum = Integer.parseInt(fields[STRATUM]);
      if (fields[LEAP_STATUS].equals(NOT_SYNCHRONISED) || stratum < 1 || stratum > WORST_STRATUM) {
        return new Silent(
            "it is not synchronised yet: is a time server reachable (chronyc sources)?");
      }
      if (fields[REFERENCE].equals(OWN_CLOCK)) {
        return new Silent("it has no server and follows this machine's own clock");
      }
      double seconds =
          Double.parseDouble(fields[ROOT_DELAY]) / 2
              + Double.parseDouble(fields[ROOT_DISPERSION])
              + Math.abs(Double.parseDouble(fields[SYSTEM_OFFSET]));
      if (!(seconds <= WORST_SECONDS)) {
        return new Silent("it may be " + seconds + " s off, which is too much");
      }
      long synchronisedAt = Math.round(Double.parseDouble(fields[SYNCHRONISED_AT]) * 1000);
      if (!evidence.holds(synchronisedAt, look)) {
        return new Silent("its last synchronisation is too long ago, or the clock was set since");
      }
      long uncertainty = (long) Math.ceil(seconds * 1000) + 1;
      return new Vouches(look, look.wallMillis(), uncertainty, "stratum " + stratum);
    } catch (NumberFormatException e) {
      return new Silent("chronyc says what this version cannot read: " + line);
    }
  }
}
